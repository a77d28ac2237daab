"""A cohort begins with a version of everything, whichever way it is made, and opens only with them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.dashboard.cloning import clone_cohort
from closedloop.dashboard.pins import newest_pins, pins_of
from closedloop.dashboard.planning import code_from, plan_cohort, usual
from participants import actions
from participants.models import Cohort, UnpinnedError
from tests.factories.accounts import UserFactory
from tests.factories.assessments import ClassSchemeFactory, CohortRubricFactory, RubricFactory
from tests.factories.baseline import CohortIndicatorsFactory
from tests.factories.cohorts import pinned_cohort
from tests.factories.participants import CohortFactory
from tests.factories.trainings import CohortCurriculumFactory, CurriculumFactory

pytestmark = pytest.mark.django_db
ADD = "dashboard:add_cohort"
ALL_MISSING = "kurikulum, indikator, rubrik dan syarat kelas"


@pytest.fixture
def staff():
    return UserFactory(role=Role.STAFF)


def whole(cohort) -> bool:
    return None not in vars(pins_of(cohort)).values()


def offered(client, **more) -> dict:
    """The form as it is offered, with some fields written over."""
    form = client.get(reverse(ADD)).context["form"]
    return {name: form[name].value() or "" for name in form.fields if name != "is_practice"} | more


def move(client, cohort, status="running") -> str:
    url = reverse("participants:move_cohort", args=[cohort.code])
    return client.post(url, {"status": status}, follow=True).content.decode()


class TestBeginning:
    def test_the_form_proposes_everything_pins_the_newest_and_makes_one(self, client, login):
        login(Role.STAFF)
        CohortFactory(code="angkatan-2")
        data = offered(client)
        assert data["code"] == "angkatan-3"  # the second number is taken
        for _press in range(2):
            assert client.post(reverse(ADD), data).status_code == 302
        cohort = Cohort.objects.get(code="angkatan-3")
        assert pins_of(cohort) == newest_pins() and whole(cohort)
        assert Cohort.objects.count() == 2

    def test_a_later_version_is_the_one_that_is_taken(self, staff):
        actions.load_reference()
        newer = CurriculumFactory(version=2), RubricFactory(), ClassSchemeFactory()
        cohort = plan_cohort(by=staff, **usual(timezone.localdate()))
        pins = pins_of(cohort)
        assert (pins.curriculum, pins.rubric, pins.scheme) == newer and pins.indicators

    def test_an_empty_code_is_made_from_the_name(self, client, login):
        login(Role.STAFF)
        client.post(reverse(ADD), offered(client, name="Logam Tegal", code=""))
        assert Cohort.objects.get().code == "logam-tegal"
        assert code_from("Logam Tegal") == "logam-tegal-2"
        assert len(code_from("Angkatan Komponen Kendaraan Tegal Raya")) <= 20

    def test_a_name_without_a_letter_asks_for_a_code(self, client, login):
        login(Role.STAFF)
        page = client.post(reverse(ADD), offered(client, name="***", code="")).content.decode()
        assert "Isi kode angkatan." in page and not Cohort.objects.exists()

    def test_a_copy_has_them_too(self, staff):
        made = clone_cohort(
            pinned_cohort(),
            by=staff,
            code="salinan",
            name="Salinan",
            starts_on=date(2027, 1, 4),
            keep_weekdays=True,
            pins=newest_pins(),
        )
        actions.move_cohort(made, "open", by=staff)
        assert made.status == "open"


class TestOpening:
    @pytest.mark.parametrize("status", ["open", "running"])
    def test_without_versions_it_stays_planned_by_every_way(self, staff, status):
        cohort = CohortFactory(status="planned")
        with pytest.raises(UnpinnedError, match=ALL_MISSING):
            actions.move_cohort(cohort, status, by=staff)
        with pytest.raises(UnpinnedError):
            cohort.move_to(Cohort.Status(status), by=staff)
        cohort.refresh_from_db()
        assert cohort.status == "planned"

    @pytest.mark.parametrize(
        "missing, pins",
        [
            ("kurikulum", [CohortRubricFactory, CohortIndicatorsFactory]),
            ("indikator", [CohortRubricFactory, CohortCurriculumFactory]),
            ("rubrik dan syarat kelas", [CohortIndicatorsFactory, CohortCurriculumFactory]),
        ],
    )
    def test_the_page_names_what_is_missing_and_leads_there(self, client, login, missing, pins):
        cohort = CohortFactory(status="planned")
        for pin in pins:
            pin(cohort=cohort)
        login(Role.STAFF)
        page = move(client, cohort)
        assert f"belum dapat dibuka atau dimulai: {missing} belum ditetapkan." in page
        assert f"Belum ditetapkan: {missing}." in page  # and it stands there before anybody presses
        assert page.count(f'href="{reverse("dashboard:cohort_pins", args=[cohort.code])}"') >= 2
        cohort.refresh_from_db()
        assert cohort.status == "planned"

    def test_one_that_opened_before_the_rule_starts_only_with_them(self, staff):
        with pytest.raises(UnpinnedError):
            actions.move_cohort(CohortFactory(status="open"), "running", by=staff)

    def test_closing_asks_for_nothing(self, staff):
        actions.move_cohort(cohort := CohortFactory(), "closed", by=staff)
        assert cohort.status == "closed"

    @pytest.mark.parametrize(
        "days, is_far", [(0, False), (21, False), (-21, False), (22, True), (-200, True)]
    )
    def test_a_start_far_from_its_day_is_warned_of_and_done(self, client, login, days, is_far):
        starts_on = timezone.localdate() + timedelta(days=days)
        cohort = pinned_cohort(starts_on=starts_on, ends_on=starts_on + timedelta(days=300))
        login(Role.STAFF)
        page = move(client, cohort)
        cohort.refresh_from_db()
        assert cohort.status == "running"
        assert ("jauh dari hari ini" in page) == is_far

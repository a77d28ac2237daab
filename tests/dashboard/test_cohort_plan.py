"""A cohort copied to other days, and a running cohort that keeps its versions."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from assessments.actions import pin_rubric
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.dashboard.cloning import clone_cohort
from closedloop.dashboard.pin_effects import effects_of
from closedloop.dashboard.pinning import set_pins
from closedloop.dashboard.pins import Pins, newest_pins, pins_of
from closedloop.regions.models import Regency
from participants.actions import load_indicators
from participants.models import Cohort, Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, ClassSchemeFactory, RubricFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory
from tests.factories.trainings import (
    CurriculumFactory,
    ModuleFactory,
    SessionFactory,
    pass_module,
)
from trainings.actions import pin_curriculum
from trainings.models import Attendance, TrainingSession
from trainings.progress import passed_modules

pytestmark = pytest.mark.django_db
JAYAPURA = ZoneInfo("Asia/Jayapura")


@pytest.fixture
def staff():
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def cohort(staff):
    """A running cohort that pins version 1 of everything, with one module."""
    cohort = CohortFactory(starts_on=date(2026, 1, 12), ends_on=date(2026, 12, 18))
    curriculum = CurriculumFactory(code="vokasi", version=1)
    ModuleFactory(curriculum=curriculum, code="5R", pass_mark=70)
    pin_curriculum(cohort, curriculum, by=staff)
    pin_rubric(cohort, RubricFactory(), ClassSchemeFactory(), by=staff)
    return cohort


def at(day: int, hour: int, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=JAYAPURA)


class TestClone:
    @pytest.fixture
    def session(self, cohort):
        """Tuesday 09.00 in the east, held, with somebody there."""
        session = SessionFactory(
            cohort=cohort,
            module=cohort.curriculum_pin.curriculum.modules.get(),
            regency=Regency.objects.filter(province__time_zone="Asia/Jayapura").first(),
            held=True,
            starts_at=at(3, 9),
            ends_at=at(3, 12),
        )
        Attendance.objects.create(
            session=session,
            enrolment=EnrolmentFactory(cohort=cohort),
            status="present",
            method="staff",
            marked_by=session.trainer,
        )
        return session

    def test_every_date_moves_and_nobody_comes_along(self, cohort, session, staff):
        SessionFactory(cohort=cohort, module=session.module, status="cancelled", starts_at=at(4, 9))
        make_up = SessionFactory(
            cohort=cohort, module=session.module, kind="make_up", starts_at=at(10, 13), ends_at=at(10, 16)
        )
        made = clone_cohort(
            cohort,
            by=staff,
            code="angkatan-8",
            name="Angkatan 8",
            starts_on=date(2027, 1, 14),
            keep_weekdays=True,
            pins=pins_of(cohort),
        )
        assert (made.starts_on, made.ends_on) == (date(2027, 1, 14), date(2027, 12, 24))
        assert (made.status, made.quota) == (Cohort.Status.PLANNED, cohort.quota)
        assert pins_of(made) == pins_of(cohort)
        first, second = made.sessions.order_by("starts_at")
        local = [one.astimezone(JAYAPURA) for one in (first.starts_at, first.ends_at)]
        assert [f"{one:%a %d-%m-%Y %H.%M}" for one in local] == [
            "Tue 09-03-2027 09.00",
            "Tue 09-03-2027 12.00",
        ]
        assert {first.status, second.status} == {TrainingSession.Status.DRAFT}
        assert second.kind == make_up.kind
        assert not made.enrolments.exists()
        assert not Attendance.objects.filter(session__cohort=made).exists()

    def test_the_page_shows_every_new_date_and_saves_once(self, client, login, cohort, session):
        login(Role.STAFF)
        url = reverse("dashboard:clone_cohort", args=[cohort.code])
        key = client.get(url).context["form"]["key"].value()
        form = {
            "key": key,
            "name": "Angkatan 8",
            "code": "angkatan-8",
            "starts_on": "2027-01-14",
            "keep_weekdays": "on",
            "versions": "sama",
        }
        page = client.post(url, form).content.decode()
        assert "Yang diminta 367 hari; dibulatkan ke 53 minggu" in page
        assert "9 Mar" in page and not Cohort.objects.filter(code="angkatan-8").exists()
        for _press in range(2):
            assert client.post(url, {**form, "simpan": "1"}).status_code == 302
        assert Cohort.objects.get(code="angkatan-8").sessions.count() == 1

    @pytest.mark.parametrize(
        "wrong, message",
        [
            ({"code": "mulai"}, "Kode ini tidak dapat dipakai"),
            ({"starts_on": "9998-01-01"}, "Periksa tahunnya"),
            ({"versions": "yang-mana"}, "Pilih versinya"),
        ],
    )
    def test_what_cannot_be_is_told_at_its_field(self, client, login, cohort, wrong, message):
        login(Role.STAFF)
        form = {"name": "X", "code": "angkatan-8", "starts_on": "2027-01-14", "versions": "sama"}
        url = reverse("dashboard:clone_cohort", args=[cohort.code])
        assert message in client.post(url, {**form, "simpan": "1", **wrong}).content.decode()
        assert not Cohort.objects.exclude(pk=cohort.pk).exists()

    def test_the_newest_versions_are_taken_where_asked_for_and_lost_modules_said(
        self, cohort, session, staff
    ):
        newer = CurriculumFactory(code="vokasi", version=2)
        ModuleFactory(curriculum=newer, code="K3L")
        made = clone_cohort(
            cohort,
            by=staff,
            code="b",
            name="B",
            starts_on=date(2027, 1, 4),
            keep_weekdays=False,
            pins=newest_pins(),
        )
        assert pins_of(made).curriculum == newer
        assert not made.sessions.exists()


class TestPins:
    @pytest.fixture
    def newer(self):
        """Version 2 of the curriculum: harder, and with one more module."""
        curriculum = CurriculumFactory(code="vokasi", version=2)
        ModuleFactory(curriculum=curriculum, code="5R", pass_mark=90)
        ModuleFactory(curriculum=curriculum, code="K3L")
        return curriculum

    def test_a_version_published_later_changes_nothing_of_a_running_cohort(self, cohort, newer):
        enrolment = EnrolmentFactory(cohort=cohort)
        pass_module(enrolment, cohort.curriculum_pin.curriculum.modules.get())
        before = pins_of(cohort)
        RubricFactory(), ClassSchemeFactory()
        assert pins_of(cohort) == before
        assert newest_pins() != before
        assert passed_modules(enrolment.enterprise) == {"5R"}
        assert AssessmentFactory(enrolment=enrolment).rubric == before.rubric

    def test_the_effects_name_who_would_be_judged_otherwise(self, cohort, newer):
        enrolment = EnrolmentFactory(cohort=cohort)
        pass_module(enrolment, cohort.curriculum_pin.curriculum.modules.get())
        before = pins_of(cohort)
        after = Pins(curriculum=newer, rubric=before.rubric, scheme=before.scheme)
        said = "\n".join(f"{effect.about}: {effect.text}" for effect in effects_of(cohort, before, after))
        assert "Modul baru yang harus diikuti: K3L" in said
        assert "nilai tes paling rendah 70 → 90" in said
        assert f"Kelulusan: {enrolment.enterprise}" in said
        assert "tidak lagi memenuhi syarat sertifikat" in said
        assert pins_of(cohort) == before  # looking changes nothing

    def test_a_running_cohort_changes_only_with_a_reason_and_keeps_its_history(self, cohort, newer, staff):
        enrolment = EnrolmentFactory(cohort=cohort)
        pass_module(enrolment, cohort.curriculum_pin.curriculum.modules.get())
        wanted = Pins(curriculum=newer)
        with pytest.raises(ValidationError):
            set_pins(cohort, wanted, by=staff)
        assert pins_of(cohort).curriculum != newer
        assert set_pins(cohort, wanted, by=staff, reason="Keputusan rapat") == {"curriculum"}
        assert pins_of(cohort).curriculum == newer
        assert passed_modules(enrolment.enterprise) == set()  # 80 is no longer enough
        assert enrolment.test_results.get().module.curriculum == newer  # and the mark went along
        event = Event.objects.get(verb="cohort.pins_accepted")
        assert event.data["reason"] == "Keputusan rapat" and event.data["effects"]

    def test_the_page_asks_before_it_changes_a_running_cohort(self, client, login, cohort, newer):
        login(Role.STAFF)
        pins = pins_of(cohort)
        form = {
            "curriculum": newer.pk,
            "rubric": pins.rubric.pk,
            "scheme": pins.scheme.pk,
            "indicators": load_indicators().pk,
        }
        url = reverse("dashboard:cohort_pins", args=[cohort.code])
        assert "Modul baru yang harus diikuti" in client.post(url, form).content.decode()
        assert "Isi alasannya" in client.post(url, {**form, "terima": "1"}).content.decode()
        assert pins_of(cohort) == pins
        answer = client.post(url, {**form, "terima": "1", "reason": "Keputusan rapat"})
        assert answer.status_code == 302 and pins_of(cohort).curriculum == newer

    def test_a_closed_cohort_keeps_what_it_has(self, cohort, newer, staff):
        Cohort.objects.update(status=Cohort.Status.CLOSED)
        cohort.refresh_from_db()
        with pytest.raises(ValidationError):
            set_pins(cohort, Pins(curriculum=newer), by=staff, reason="Keputusan rapat")


@pytest.mark.parametrize("members", [1, 6])
def test_the_page_of_a_cohort_costs_the_same_for_any_size(
    client, login, cohort, members, django_assert_max_num_queries
):
    module = cohort.curriculum_pin.curriculum.modules.get()
    for _number in range(members):
        pass_module(EnrolmentFactory(cohort=cohort), module)
    Enrolment.objects.update(status="active")
    login(Role.STAFF)
    with django_assert_max_num_queries(60):
        page = client.get(cohort.get_absolute_url())
    assert page.status_code == 200 and len(page.context["members"]) == members

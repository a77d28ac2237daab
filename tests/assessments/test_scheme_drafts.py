"""What the classes ask for changes only by a new version, written cell by cell and published with its differences."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from assessments.actions import scheme_versions as acts
from assessments.models import ClassScheme
from assessments.scheme_values import differences, faults_in, seen
from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.assessments import ClassSchemeFactory, RubricFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def draft(staff):
    RubricFactory()
    return acts.start_scheme(ClassSchemeFactory(), by=staff)


def ask(draft, staff, level, measure, subject="", **values):
    figures = {"threshold": None, "months": None, "max_age_days": None, **values}
    return acts.add_requirement(draft, by=staff, level=level, measure=measure, subject=subject, **figures)


def publish(draft, staff, **changes):
    words = {
        "name": draft.name,
        "change_note": "Rapat",
        "is_example": True,
        "seen_as": seen(draft),
        **changes,
    }
    return acts.publish_scheme(draft, by=staff, **words)


def test_a_requirement_is_asked_once_of_a_class(draft, staff):
    ask(draft, staff, 3, "document", "nib")
    with pytest.raises(ValidationError, match="sudah meminta hal yang sama"):
        ask(draft, staff, 3, "document", "nib")
    last = ask(draft, staff, 4, "document", "nib")
    with pytest.raises(ValidationError, match="sudah meminta hal yang sama"):
        acts.change_requirement(last, by=staff, level=3, measure="document", subject="nib")


def test_it_is_published_with_what_differs_and_never_touched_again(draft, staff):
    with pytest.raises(ValidationError, match="masih sama"):
        publish(draft, staff)
    acts.change_requirement(
        draft.requirements.get(level=3),
        by=staff,
        level=3,
        measure="overall",
        subject="",
        threshold=Decimal(72),
    )
    acts.remove_requirement(ask(draft, staff, 4, "buyers", threshold=Decimal(2)), by=staff)
    found = [(one.level_name, one.before, one.after) for one in differences(draft.based_on, draft)]
    assert found == [("Pra-Mandiri", "≥ 70", "≥ 72")]
    publish(draft, staff, is_example=False)
    made = ClassScheme.objects.get(pk=draft.pk)
    assert (made.is_example, made.published_by, made.based_on.is_example) == (False, staff, True)
    with pytest.raises(ValidationError, match="sudah terbit"):
        ask(made, staff, 4, "buyers")


def test_what_forbids_publishing_and_what_is_only_pointed_out(draft, staff):
    acts.remove_requirement(draft.requirements.get(level=4), by=staff)
    ask(draft, staff, 2, "criterion", "KS77", threshold=Decimal(3))
    ask(draft, staff, 2, "dimension", "K3L", threshold=Decimal(50))
    assert [(fault.place, fault.text, fault.is_warning) for fault in faults_in(draft)][:2] == [
        ("Mandiri", "Kelas ini belum punya syarat, jadi siapa pun mencapainya.", False),
        ("Madya", "KS77 tidak dikenal.", False),
    ]
    assert sum(fault.is_warning for fault in faults_in(draft)) == 3  # K3L, KS77 and the overall
    with pytest.raises(ValidationError, match="belum punya syarat"):
        publish(draft, staff)


class TestPages:
    @pytest.fixture
    def page(self, client, login, draft):
        login(Role.STAFF)
        return lambda name, *args: reverse(f"assessments:{name}", args=[draft.code, draft.version, *args])

    def test_from_a_cell_to_the_next_version(self, client, page, draft):
        row = draft.requirements.get(level=3)
        assert "≥ 70" in client.get(draft.get_absolute_url()).content.decode()
        typed = {"level": "3", "about": "overall:", "threshold": "72,5", "months": "6"}
        address = page("edit_requirement", row.pk)
        key = client.get(address).context["form"]["key"].value()
        assert client.post(address, {**typed, "key": key}).status_code == 302
        row.refresh_from_db()
        assert (row.threshold, row.months) == (Decimal("72.5"), None)  # a score has no months
        form = client.get(page("publish_scheme")).context["form"]
        words = {"name": "Syarat 2027", "change_note": "Rapat", "seen_as": form["seen_as"].value()}
        assert client.post(page("publish_scheme"), words).status_code == 302
        shown = client.get(draft.get_absolute_url()).content.decode()
        assert "≥ 72,5" in shown and "Perubahan dari versi" in shown

    def test_rates_are_typed_in_percent_and_wrong_ones_stay_in_their_field(self, client, page, draft):
        address = page("add_requirement")
        data = {
            "key": client.get(address).context["form"]["key"].value(),
            "level": "4",
            "about": "on_time:",
            "threshold": "101",
        }
        shown = client.post(address, data).content.decode()
        assert "Paling tinggi 100" in shown and "Isi banyaknya bulan." in shown and 'value="101"' in shown
        for _press in range(2):
            assert client.post(address, data | {"threshold": "95", "months": "6"}).status_code == 302
        made = draft.requirements.get(measure="on_time")
        assert (made.threshold, made.months) == (Decimal("0.95"), 6)

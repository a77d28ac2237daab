"""A requirement from draft to its end: frozen once published, a new version for every change."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from partnerships import actions
from partnerships.models import Requirement
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import BuyerContactFactory
from tests.factories.requirements import published_with
from tests.guards.rows import change

pytestmark = pytest.mark.django_db
NIB = {"kind": "document", "text": "NIB berlaku", "subject": "nib"}
PRESS = {
    "kind": "machine",
    "text": "Press 80 ton",
    "subject": "press",
    "threshold": Decimal(80),
    "unit": "ton",
}


@pytest.fixture
def draft(buyer, contact):
    owner = buyer.contacts.get(user=contact)
    made = actions.add_requirement(
        buyer, by=contact, part_name="Klem", volume=2000, per="month", contact=owner
    )
    actions.add_line(made, by=contact, **NIB)
    return made


def test_a_buyer_drafts_publishes_and_it_stays(draft, contact):
    done = actions.publish_requirement(draft, by=contact)
    assert list(Requirement.objects.wanted()) == [done]
    with pytest.raises(ValidationError, match="versi baru"):
        actions.change_requirement(done, by=contact, volume=1)
    with pytest.raises(ValidationError, match="versi baru"):
        actions.add_line(done, by=contact, **PRESS)
    for row, fields in ((done, {"volume": 1}), (done.lines.get(), {"text": "lain"})):
        with pytest.raises(IntegrityError, match="published version"), transaction.atomic():
            change(row, **fields)
    with pytest.raises(IntegrityError, match="published version"), transaction.atomic():
        done.lines.create(**PRESS)
    change(done, status="met")


def test_it_is_published_by_somebody_who_answers_for_it(draft, contact):
    actions.change_requirement(draft, by=contact, contact=None)
    with pytest.raises(ValidationError) as refused:
        actions.publish_requirement(draft, by=contact)
    assert "contact" in refused.value.message_dict


def test_a_new_version_needs_a_difference_and_a_reason(draft, contact):
    first = actions.publish_requirement(draft, by=contact)
    second = actions.start_requirement_version(first, by=contact)
    assert second.version == 2 and [line.text for line in second.lines.all()] == ["NIB berlaku"]
    assert actions.start_requirement_version(first, by=contact) == second
    with pytest.raises(ValidationError, match="sama"):
        actions.publish_requirement(second, by=contact, change_note="Tidak ada")
    actions.add_line(second, by=contact, **PRESS)
    with pytest.raises(ValidationError, match="alasan"):
        actions.publish_requirement(second, by=contact, change_note=" ")
    assert list(Requirement.objects.current()) == [first]
    actions.publish_requirement(second, by=contact, change_note="Komponen lebih tebal")
    assert list(Requirement.objects.current()) == [second]
    assert first.lines.count() == 1
    assert Event.objects.filter(verb="requirement.published").count() == 2


def test_only_the_buyers_own_people_and_staff_write(draft):
    others = BuyerContactFactory().user
    staff = UserFactory(role=Role.STAFF)
    for act in (
        lambda by: actions.change_requirement(draft, by=by, volume=9),
        lambda by: actions.add_line(draft, by=by, **PRESS),
        lambda by: actions.publish_requirement(draft, by=by),
        lambda by: actions.start_requirement_version(draft, by=by),
        lambda by: actions.address_requirement(draft, EnterpriseFactory(), by=by),
        lambda by: actions.close_requirement(draft, status="met", by=by),
        lambda by: actions.discard_requirement(draft, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act(others)
    assert actions.change_requirement(draft, by=staff, volume=9).volume == 9
    actions.discard_requirement(draft, by=staff)
    assert not Requirement.objects.exists()


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"kind": "machine", "text": "Press", "subject": "press", "threshold": Decimal(80)}, "unit"),
        ({"kind": "machine", "text": "Press", "subject": "press", "threshold": Decimal(0)}, "threshold"),
        ({"kind": "tolerance", "text": "Teliti", "subject": "x"}, "threshold"),
        ({"kind": "material", "text": "Baja", "subject": " "}, "subject"),
        ({"kind": "document", "text": "Surat", "subject": "ijazah"}, "subject"),
        ({"kind": "criterion", "text": "Butir", "subject": "XX9", "threshold": Decimal(3)}, "subject"),
        (NIB, "subject"),
    ],
)
def test_a_line_has_what_its_kind_needs(draft, contact, fields, where):
    with pytest.raises(ValidationError) as refused:
        actions.add_line(draft, by=contact, **fields)
    assert where in refused.value.message_dict


def test_lines_are_changed_and_taken_out(draft, contact):
    line = actions.add_line(draft, by=contact, **PRESS)
    actions.change_line(line, by=contact, kind="material", subject="SPCC")
    line.refresh_from_db()
    assert (line.threshold, line.unit) == (None, "")
    actions.remove_line(line, by=contact)
    assert draft.lines.count() == 1


def test_an_end_has_a_reason_and_is_said_once(draft, contact):
    with pytest.raises(ValidationError, match="Draf"):
        actions.close_requirement(draft, status="met", by=contact)
    done = actions.publish_requirement(draft, by=contact)
    with pytest.raises(ValidationError, match="alasan"):
        actions.close_requirement(done, status="withdrawn", by=contact)
    for _press in range(2):
        actions.close_requirement(done, status="withdrawn", reason="Model berhenti", by=contact)
    assert Event.objects.filter(verb="requirement.withdrawn").count() == 1
    assert not Requirement.objects.wanted().exists()
    with pytest.raises(ValidationError, match="berakhir"):
        actions.close_requirement(done, status="met", by=contact)


def test_an_owner_reads_what_is_open_and_the_price_only_of_what_is_addressed_to_them(
    owner, enterprise, contact
):
    closed, wide, theirs = published_with(), published_with(is_open=True), published_with(is_open=True)
    addressed = published_with()
    actions.address_requirement(addressed, enterprise, by=None)
    theirs.addressees.add(EnterpriseFactory())
    seen = Requirement.objects.visible_to(owner)
    assert set(seen) == {wide, theirs, addressed} and closed not in seen
    assert list(Requirement.objects.priced_for(owner)) == [addressed]
    assert not Requirement.objects.visible_to(contact).exists()


def test_owners_are_told_of_what_is_addressed_to_them_and_of_every_new_version(
    draft, contact, owner, enterprise
):
    actions.address_requirement(draft, enterprise, by=contact)
    assert not Notification.objects.filter(user=owner).exists()
    first = actions.publish_requirement(draft, by=contact)
    second = actions.start_requirement_version(first, by=contact)
    actions.change_requirement(second, by=contact, volume=3)
    actions.publish_requirement(second, by=contact, change_note="Volume turun")
    titles = Notification.objects.filter(user=owner).order_by("created_at").values_list("title", flat=True)
    assert [title.split()[-2] for title in titles] == ["pembuat", "kebutuhan"]
    assert not actions.address_requirement(second, enterprise, by=contact)

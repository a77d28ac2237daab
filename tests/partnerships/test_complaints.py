"""A complaint from the buyer's words to the buyer's own look (features.md E11)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from closedloop.audit.models import Event
from closedloop.core.photos import clean_photo
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from partnerships import actions
from partnerships.models import Complaint
from tests.access.records import picture
from tests.factories.complaints import ComplaintFactory
from tests.factories.links import DisputeFactory
from tests.factories.partnerships import BuyerContactFactory, BuyerFactory, DeliveryFactory, OrderLineFactory

pytestmark = pytest.mark.django_db
Status = Complaint.Status


@pytest.fixture
def complaint(today, line, enterprise, buyer, owner, contact):
    return actions.raise_complaint(enterprise, buyer, problem="Lubang bergeser", line=line, by=contact)


def proposed(complaint, owner):
    actions.contain(complaint, "Stok dipisah", by=owner)
    actions.explain_complaint(complaint, ["Pin aus", "Tidak diganti"], "Tanpa jadwal ganti", by=owner)
    planned = actions.plan_complaint_action(
        complaint, "Ganti pin", responsible="Kepala", due_on=date(2026, 12, 1), by=owner
    )
    actions.finish_complaint_action(planned, clean_photo(picture()), by=owner)
    actions.propose_complaint(complaint, by=owner)
    return complaint


def test_the_way_of_a_complaint_that_ends_well(complaint, owner, contact):
    assert complaint.due_on == date(2026, 12, 8)
    assert owner.notifications.get().body == "Lubang bergeser"
    proposed(complaint, owner)
    assert actions.check_complaint(complaint, "effective", "Tiga kiriman baik", by=contact) is None
    assert (complaint.status, complaint.checked_by) == (Status.EFFECTIVE, contact)
    assert Event.objects.filter(verb="complaint.effective", enterprise_id=complaint.enterprise_id).exists()


def test_one_that_does_not_hold_begins_anew_and_is_counted(complaint, owner, contact):
    again = actions.check_complaint(proposed(complaint, owner), "not_effective", "Masih", by=contact)
    assert (again.repeat_of, again.repeats, again.line, again.status) == (
        complaint,
        1,
        complaint.line,
        "open",
    )
    third = actions.check_complaint(proposed(again, owner), "not_effective", "Masih", by=contact)
    assert third.repeats == 2
    assert complaint.status == Status.NOT_EFFECTIVE


def test_the_ikm_never_checks_itself_and_staff_only_for_a_buyer_without_account(
    complaint, owner, staff, contact
):
    proposed(complaint, owner)
    for stranger in (owner, staff):
        with pytest.raises(PermissionDenied):
            actions.check_complaint(complaint, "effective", "Baik", by=stranger)
    complaint.buyer.contacts.update(is_active=False)
    actions.check_complaint(complaint, "effective", "Kata pembeli di telepon: baik", by=staff)
    assert complaint.checked_by == staff


def test_what_is_missing_is_said_before_the_buyer_is_asked(complaint, owner):
    with pytest.raises(TransitionError):
        actions.propose_complaint(complaint, by=owner)
    with pytest.raises(ValidationError, match="supaya masalah tidak meluas"):
        actions.contain(complaint, "  ", by=owner)
    actions.contain(complaint, "Stok dipisah", by=owner)
    planned = actions.plan_complaint_action(
        complaint, "Ganti pin", responsible="Kepala", due_on=date(2026, 11, 24), by=owner
    )
    with pytest.raises(ValidationError, match="akar masalah"):
        actions.propose_complaint(complaint, by=owner)
    actions.explain_complaint(complaint, ["Pin aus", "Tidak diganti"], "Tanpa jadwal", by=owner)
    with pytest.raises(ValidationError, match="belum selesai"):
        actions.propose_complaint(complaint, by=owner)
    with pytest.raises(ValidationError, match="foto"):
        actions.finish_complaint_action(planned, None, by=owner)


def test_a_dispute_makes_one_complaint_about_its_own_part(today, line, enterprise, buyer, contact):
    dispute = DisputeFactory(delivery=DeliveryFactory(line=line, status="disputed"))
    first = actions.raise_complaint(enterprise, buyer, problem="Retak", dispute=dispute, by=contact)
    assert actions.raise_complaint(enterprise, buyer, problem="Retak", dispute=dispute, by=contact) == first
    assert (first.line, Complaint.objects.count()) == (line, 1)


def test_nobody_complains_for_another_or_about_another(today, line, enterprise, buyer, contact):
    stranger = BuyerContactFactory(buyer=BuyerFactory()).user
    with pytest.raises(PermissionDenied):
        actions.raise_complaint(enterprise, buyer, problem="Retak", line=line, by=stranger)
    with pytest.raises(ValidationError, match="dari IKM ini"):
        actions.raise_complaint(enterprise, buyer, problem="Retak", line=OrderLineFactory(), by=contact)
    with pytest.raises(ValidationError, match="keluhan lama"):
        actions.raise_complaint(
            enterprise, buyer, problem="Retak", line=line, repeat_of=ComplaintFactory(), by=contact
        )


@pytest.mark.parametrize("status", sorted(Status.values))
@pytest.mark.parametrize("wanted", sorted(Status.values))
def test_no_move_but_the_allowed_ones(status, wanted):
    assert Complaint(status=status).can_become(wanted) == (wanted in Complaint.TRANSITIONS[status])


@pytest.mark.parametrize(
    "days, kinds",
    [(-8, 0), (-7, 1), (0, 1), (1, 0), (7, 1)],
    ids=["too early", "a week before", "on the day", "said yesterday", "a week late"],
)
def test_reminders_come_a_week_before_on_the_day_and_each_week_after(complaint, owner, days, kinds):
    complaint.reminded_step = {1: 0}.get(days)
    complaint.save()
    Notification.objects.all().delete()
    day = complaint.due_on + timedelta(days=days)
    assert actions.remind_of_complaints(day) == kinds
    assert actions.remind_of_complaints(day) == 0
    assert owner.notifications.count() == kinds


def test_while_the_buyer_has_to_look_the_buyer_is_reminded(complaint, owner, contact):
    proposed(complaint, owner)
    Notification.objects.all().delete()
    actions.remind_of_complaints(complaint.due_on)
    assert (contact.notifications.count(), owner.notifications.count()) == (1, 0)

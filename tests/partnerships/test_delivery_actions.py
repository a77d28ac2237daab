"""A delivery from the note to the seal."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.photos import CleanPhoto
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from partnerships import actions
from partnerships.models import Delivery
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import BuyerContactFactory, DeliveryFactory

pytestmark = pytest.mark.django_db
Status = Delivery.Status
ALLOWED = {
    ("submitted", "confirmed"), ("submitted", "disputed"), ("disputed", "confirmed"),
    ("confirmed", "verified"), ("confirmed", "disputed"),
}  # fmt: skip
DAY = date(2026, 2, 10)


def enter(line, owner, **changed):
    values = {"note_number": "SJ-0036", "delivered_on": DAY, "quantity": 600, "by": owner, **changed}
    return actions.enter_delivery(line, **values)


def confirm(delivery, contact, **changed):
    values = {"received_on": delivery.delivered_on, "accepted": delivery.quantity, "rejected": 0, **changed}
    actions.confirm_delivery(delivery, by=contact, **values)
    delivery.refresh_from_db()
    return delivery


def verbs():
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_no_move_but_the_allowed_ones(line, contact, staff, before, after):
    delivery = DeliveryFactory(
        line=line, status=before, confirmed_by=contact if before in ("confirmed", "verified") else None
    )
    changes = {
        "confirmed": {"received_on": DAY, "accepted_quantity": 1000, "rejected_quantity": 0,
                      "confirmed_by": contact, "confirmed_at": "2026-02-11T03:00:00Z"},
        "disputed": {"dispute_reason": "Jumlah berbeda"},
        "verified": {"verified_by": staff, "verified_at": "2026-02-11T03:00:00Z"},
    }.get(after, {})  # fmt: skip
    if (before, after) in ALLOWED:
        delivery.move_to(after, by=staff, **changes)
        assert Delivery.objects.get().status == after
    else:
        with pytest.raises(TransitionError):
            delivery.move_to(after, by=staff, **changes)
        assert Delivery.objects.get().status == before


def test_entering_tells_the_buyer_and_leaves_a_trace(today, line, owner, contact):
    delivery = enter(line, owner, photo=CleanPhoto(b"jpeg", "ab" * 32, 10, 10))
    assert (delivery.status, delivery.photo_sha256) == (Status.SUBMITTED, "ab" * 32)
    assert Event.objects.get().enterprise_id == line.order.enterprise_id
    assert [message.user for message in Notification.objects.all()] == [contact]


@pytest.mark.parametrize("spelling", ["SJ-0036", "sj-0036", "  SJ-0036 "])
def test_the_same_note_twice_is_refused_in_words(today, line, owner, spelling):
    enter(line, owner)
    with pytest.raises(ValidationError, match="sudah dicatat untuk part ini, 10 Februari 2026"):
        enter(line, owner, note_number=spelling)
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    "changed, field",
    [
        ({"delivered_on": date(2026, 11, 25)}, "delivered_on"),
        ({"delivered_on": date(2026, 1, 9)}, "delivered_on"),
        ({"quantity": 0}, "quantity"),
        ({"note_number": "  "}, "note_number"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(today, line, owner, changed, field):
    with pytest.raises(ValidationError) as error:
        enter(line, owner, **changed)
    assert list(error.value.message_dict) == [field]
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("day", [date(2026, 1, 10), date(2026, 11, 24)], ids=["day of the order", "today"])
def test_the_first_and_last_possible_day_are_accepted(today, line, owner, day):
    assert enter(line, owner, delivered_on=day).delivered_on == day


@pytest.mark.parametrize("quantity, over", [(999, 0), (1000, 0), (1001, 1)])
def test_more_than_ordered_is_allowed_and_counted(today, line, owner, quantity, over):
    enter(line, owner, quantity=quantity)
    assert actions.over_delivery(line) == over


def test_the_same_form_twice_makes_one_delivery(today, line, owner):
    first = enter(line, owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        enter(line, owner, note_number="SJ-0037", id=first.pk)
    assert Delivery.objects.count() == 1


def test_confirming_stamps_and_tells_the_owner(today, line, owner, contact):
    delivery = confirm(
        enter(line, owner), contact, accepted=590, rejected=10, received_on=DAY + timedelta(days=1)
    )
    assert (delivery.status, delivery.accepted_quantity, delivery.rejected_quantity) == (
        Status.CONFIRMED,
        590,
        10,
    )
    assert (delivery.confirmed_by, delivery.received_on) == (contact, DAY + timedelta(days=1))
    assert verbs() == ["delivery.entered", "delivery.confirmed"]
    assert Notification.objects.get(kind="delivery.confirmed").user == owner


def test_confirming_twice_changes_nothing_and_says_so(today, line, owner, contact):
    delivery = confirm(enter(line, owner), contact, accepted=590, rejected=10)
    with pytest.raises(TransitionError, match=r"sudah dikonfirmasi oleh .* Tidak ada yang berubah"):
        confirm(delivery, contact)
    delivery.refresh_from_db()
    assert (delivery.accepted_quantity, verbs()) == (590, ["delivery.entered", "delivery.confirmed"])


@pytest.mark.parametrize("accepted, rejected", [(599, 0), (600, 1), (601, -1), (-1, 601), (0, 0)])
def test_another_total_is_a_dispute_not_a_confirmation(today, line, owner, contact, accepted, rejected):
    delivery = enter(line, owner)
    with pytest.raises(ValidationError, match="laporkan selisih"):
        confirm(delivery, contact, accepted=accepted, rejected=rejected)
    delivery.refresh_from_db()
    assert delivery.status == Status.SUBMITTED


@pytest.mark.parametrize(
    "day, is_good",
    [(DAY - timedelta(days=1), False), (DAY, True), (date(2026, 11, 24), True), (date(2026, 11, 25), False)],
)
def test_received_neither_before_it_was_sent_nor_after_today(today, line, owner, contact, day, is_good):
    delivery = enter(line, owner)
    if is_good:
        assert confirm(delivery, contact, received_on=day).received_on == day
    else:
        with pytest.raises(ValidationError):
            confirm(delivery, contact, received_on=day)


def test_only_an_active_contact_of_that_buyer_confirms(today, line, owner, contact, staff):
    delivery = enter(line, owner)
    stranger = BuyerContactFactory().user
    former = BuyerContactFactory(buyer=line.order.buyer, is_active=False).user
    for person in (stranger, former, staff):
        with pytest.raises(PermissionDenied):
            confirm(delivery, person)


def test_who_entered_it_never_confirms_it(today, line, contact):
    delivery = enter(line, contact)
    with pytest.raises(ValidationError, match="tidak boleh mengonfirmasinya"):
        confirm(delivery, contact)
    with pytest.raises(IntegrityError, match="delivery_confirmer_did_not_enter_it"), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            status="confirmed", received_on=DAY, accepted_quantity=600, rejected_quantity=0,
            confirmed_by=contact, confirmed_at="2026-02-11T03:00:00Z",
        )  # fmt: skip


def test_many_clean_ones_at_once_pass_over_what_moved_meanwhile(today, line, owner, contact):
    deliveries = [enter(line, owner, note_number=f"SJ-{n}", quantity=10) for n in range(3)]
    actions.dispute(deliveries[0], "Kurang dua", by=contact)
    assert actions.confirm_many(deliveries, by=contact) == 2
    assert actions.confirm_many(deliveries, by=contact) == 0
    assert Delivery.objects.confirmed().count() == 2


def test_a_dispute_needs_a_reason_and_tells_both_sides(today, line, owner, contact):
    delivery = enter(line, owner)
    with pytest.raises(ValidationError):
        actions.dispute(delivery, "  ", by=contact)
    actions.dispute(delivery, "Diterima 564 dari 600", by=contact)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.dispute_reason) == (Status.DISPUTED, "Diterima 564 dari 600")
    assert Notification.objects.get(kind="delivery.disputed").user == owner


def test_disputing_what_was_confirmed_takes_the_confirmation_back(today, line, owner, contact):
    delivery = confirm(enter(line, owner), contact)
    actions.dispute(delivery, "Ditemukan retak di lini", by=contact)
    delivery.refresh_from_db()
    assert (delivery.accepted_quantity, delivery.confirmed_by) == (None, None)
    withdrawn = Event.objects.get(verb="delivery.confirmation_withdrawn")
    assert withdrawn.data["accepted"] == 600


def test_settling_writes_what_both_agreed_and_keeps_the_old_quantity(today, line, owner, contact, staff):
    delivery = enter(line, owner)
    actions.dispute(delivery, "Diterima 564 dari 600", by=contact)
    actions.settle(
        delivery, received_on=DAY, accepted=560, rejected=4, reason="Hitung ulang bersama", by=staff
    )
    delivery.refresh_from_db()
    assert (delivery.status, delivery.quantity, delivery.accepted_quantity) == (Status.CONFIRMED, 564, 560)
    assert Event.objects.get(verb="delivery.settled").data["quantity"] == [600, 564]


def test_settling_is_not_for_who_entered_it_nor_without_a_dispute(today, line, owner, contact, staff):
    delivery = enter(line, owner)
    values = {"received_on": DAY, "accepted": 600, "rejected": 0, "reason": "Sepakat"}
    with pytest.raises(TransitionError):
        actions.settle(delivery, by=staff, **values)
    actions.dispute(delivery, "Kurang", by=contact)
    with pytest.raises(ValidationError):
        actions.settle(delivery, by=owner, **values)
    with pytest.raises(ValidationError):
        actions.settle(delivery, by=staff, **{**values, "accepted": 0})


def test_verifying_needs_a_third_pair_of_eyes(today, line, owner, contact, staff):
    delivery = enter(line, owner)
    actions.dispute(delivery, "Kurang", by=contact)
    actions.settle(delivery, received_on=DAY, accepted=600, rejected=0, reason="Sepakat", by=staff)
    with pytest.raises(ValidationError):
        actions.verify_delivery(delivery, by=staff)
    actions.verify_delivery(delivery, by=UserFactory(role=Role.STAFF))
    delivery.refresh_from_db()
    assert delivery.status == Status.VERIFIED
    with pytest.raises(TransitionError):
        actions.dispute(delivery, "Terlambat", by=contact)

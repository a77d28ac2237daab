"""Orders, the gate before regular ones, invoices and payments."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from participants.models import Document
from partnerships import actions
from partnerships.models import Invoice, Payment, PurchaseOrder, SupplyClearance
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    AgreementFactory,
    InvoiceFactory,
    OrderFactory,
    PaymentFactory,
    ScheduleFactory,
    agreement_between,
)

pytestmark = pytest.mark.django_db
LINE = actions.OrderLineDraft(
    "Bracket", 1000, 35_000, schedule=[(date(2026, 2, 10), 600), (date(2026, 2, 20), 400)]
)
REASON = "Pembeli meminta pengiriman darurat, disetujui pimpinan"


def enter(staff, enterprise, buyer, **changed):
    values = {"number": "PO-7", "ordered_on": date(2026, 1, 10), "lines": [LINE], "kind": "trial", **changed}
    return actions.enter_order(by=staff, enterprise=enterprise, buyer=buyer, **values)


def test_a_trial_order_is_free(today, staff, enterprise, buyer, owner):
    order = enter(staff, enterprise, buyer)
    assert list(order.lines.get().schedule.values_list("due_on", "quantity")) == [
        (date(2026, 2, 10), 600), (date(2026, 2, 20), 400)
    ]  # fmt: skip
    assert not SupplyClearance.objects.exists()
    assert owner.notifications.get().title == "Pesanan baru PO-7 dari PT Arunika Contoh"


@pytest.mark.parametrize("reason", ["", "x" * 29])
def test_a_regular_order_before_clearance_needs_a_reason_of_thirty_characters(
    today, staff, enterprise, buyer, reason
):
    with pytest.raises(ValidationError) as error:
        enter(staff, enterprise, buyer, kind="regular", override_reason=reason)
    assert list(error.value.message_dict) == ["override_reason"]
    assert not PurchaseOrder.objects.exists()


def test_an_override_is_named_in_the_trail_with_what_was_unmet(today, staff, enterprise, buyer):
    enter(staff, enterprise, buyer, kind="regular", override_reason=REASON)
    event = Event.objects.get(verb="order.entered")
    assert (event.actor_id, event.data["override_reason"], event.data["clearance"]) == (
        staff.pk,
        REASON,
        "not_ready",
    )
    assert {"rule": "class", "subject": "", "detail": ""} in event.data["unmet"]


def test_a_cleared_ikm_needs_no_override(today, staff, cleared, buyer):
    actions.approve_sample(cleared, buyer, approved_on=today, by=staff)
    enter(staff, cleared, buyer, kind="regular")
    assert "override_reason" not in Event.objects.get(verb="order.entered").data


@pytest.mark.parametrize(
    "changed",
    [
        {"ordered_on": date(2026, 11, 25)},
        {"lines": []},
        {"lines": [LINE, LINE]},
        {"lines": [actions.OrderLineDraft("Bracket", 999, 35_000, schedule=LINE.schedule)]},
        {"lines": [actions.OrderLineDraft("Bracket", 0, 35_000)]},
        {"lines": [actions.OrderLineDraft("Bracket", 10, 0)]},
        {"lines": [actions.OrderLineDraft("Bracket", 10, 1, schedule=[(date(2026, 1, 9), 10)])]},
        {"number": ""},
    ],
)
def test_an_order_that_cannot_be_is_refused_whole(today, staff, enterprise, buyer, changed):
    with pytest.raises(ValidationError):
        enter(staff, enterprise, buyer, **changed)
    assert not PurchaseOrder.objects.exists()


def test_a_number_counts_once_per_buyer(today, staff, enterprise, buyer):
    enter(staff, enterprise, buyer)
    with pytest.raises(ValidationError) as error:
        enter(staff, enterprise, buyer)
    assert list(error.value.message_dict) == ["number"]


def test_an_order_under_an_agreement_is_between_its_parties_and_after_its_signing(
    today, staff, enterprise, buyer
):
    with pytest.raises(ValidationError, match="pihak perjanjian"):
        enter(staff, enterprise, buyer, agreement=AgreementFactory())
    with pytest.raises(ValidationError, match="sudah ditandatangani"):
        enter(staff, enterprise, buyer, agreement=agreement_between([enterprise], [buyer], status="draft"))
    assert enter(staff, enterprise, buyer, agreement=agreement_between([enterprise], [buyer])).agreement


# --- Clearance ----------------------------------------------------------------------------------------
def test_clearance_is_one_row_per_pair_and_leaves_an_event_only_when_it_changes(today, staff, cleared, buyer):
    first = actions.compute_clearance(cleared, buyer)
    assert (first.status, first.unmet_lines) == ("not_ready", ["Sampel belum disetujui pembeli ini"])
    actions.compute_clearance(cleared, buyer)
    actions.approve_sample(cleared, buyer, approved_on=today, by=staff)
    assert SupplyClearance.objects.get().status == "ready"
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "clearance.not_ready", "clearance.ready", "clearance.sample_approved"
    ]  # fmt: skip


@pytest.mark.parametrize("day, status", [(date(2026, 12, 31), "ready"), (date(2027, 1, 1), "conditional")])
def test_evidence_that_runs_out_makes_it_conditional_the_next_morning(
    today, staff, cleared, buyer, day, status
):
    actions.approve_sample(cleared, buyer, approved_on=today, by=staff)
    assert actions.refresh_all_clearances(today=day) == (status != "ready")
    assert actions.refresh_clearances([(cleared, buyer)], today=day) == 0
    assert SupplyClearance.objects.get().status == status


def test_a_number_in_the_registry_stands_for_its_paper(today, cleared, buyer):
    cleared.npwp = None
    cleared.save()
    assert "NPWP belum ada" in actions.compute_clearance(cleared, buyer).unmet_lines
    Document.objects.create(enterprise=cleared, kind="npwp")
    assert "NPWP belum ada" not in actions.compute_clearance(cleared, buyer).unmet_lines


def test_without_a_nib_there_is_no_clearance_and_no_regular_order(today, staff, cleared, buyer):
    """Whatever else is in order; and the same order goes through on the day the NIB is there."""
    actions.approve_sample(cleared, buyer, approved_on=today, by=staff)
    assert SupplyClearance.objects.get().status == "ready"
    nib, cleared.nib = cleared.nib, None
    cleared.save()
    with pytest.raises(ValidationError) as error:
        enter(staff, cleared, buyer, kind="regular")
    assert list(error.value.message_dict) == ["override_reason"]
    assert not PurchaseOrder.objects.exists()
    judged = actions.compute_clearance(cleared, buyer)
    assert (judged.status, judged.unmet_lines) == ("not_ready", ["NIB belum ada"])
    cleared.nib = nib
    cleared.save()
    enter(staff, cleared, buyer, kind="regular")
    entered = Event.objects.get(verb="order.entered")
    assert "override_reason" not in entered.data


def test_a_sample_is_approved_by_that_buyer_or_staff_and_not_in_the_future(today, contact, cleared, buyer):
    assert actions.approve_sample(cleared, buyer, approved_on=today, by=contact).status == "ready"
    with pytest.raises(PermissionDenied):
        actions.approve_sample(cleared, buyer, approved_on=today, by=UserFactory(role=Role.BUYER))
    with pytest.raises(ValidationError):
        actions.approve_sample(cleared, buyer, approved_on=date(2026, 11, 25), by=contact)


# --- Reschedules, invoices, payments ------------------------------------------------------------------
def test_an_agreed_reschedule_keeps_the_first_date(staff):
    schedule = ScheduleFactory()
    actions.agree_reschedule(schedule, agreed_due_on=date(2026, 2, 17), reason="Bahan terlambat", by=staff)
    schedule.refresh_from_db()
    assert (schedule.due_on, schedule.day) == (date(2026, 2, 10), date(2026, 2, 17))
    assert Event.objects.get().data["before"] == "2026-02-10"
    with pytest.raises(ValidationError):
        actions.agree_reschedule(schedule, agreed_due_on=date(2026, 2, 18), reason="", by=staff)


def test_an_invoice_counts_once_per_order(today, staff):
    order = OrderFactory()
    values = {"number": "INV-1", "issued_on": date(2026, 2, 15), "amount": 35_000_000}
    actions.enter_invoice(order, by=staff, **values)
    for changed in ({}, {"number": "2", "amount": 0}, {"number": "2", "issued_on": date(2026, 11, 25)},
                    {"number": "2", "due_on": date(2026, 2, 14)}):  # fmt: skip
        with pytest.raises(ValidationError):
            actions.enter_invoice(order, by=staff, **{**values, **changed})
    assert Invoice.objects.count() == 1


@pytest.mark.parametrize(
    "amount, is_good", [(24_999_999, True), (25_000_000, True), (25_000_001, False), (0, False)]
)
def test_no_more_is_paid_than_is_open(today, staff, amount, is_good):
    invoice = InvoiceFactory(amount=35_000_000)
    PaymentFactory(invoice=invoice, amount=10_000_000)
    if is_good:
        actions.enter_payment(invoice, by=staff, paid_on=date(2026, 3, 20), amount=amount)
    else:
        with pytest.raises(ValidationError):
            actions.enter_payment(invoice, by=staff, paid_on=date(2026, 3, 20), amount=amount)
    assert Payment.objects.count() == 1 + is_good


@pytest.mark.parametrize(
    "day, is_good",
    [
        (date(2026, 2, 14), False),
        (date(2026, 2, 15), True),
        (date(2026, 11, 24), True),
        (date(2026, 11, 25), False),
    ],
)
def test_paid_neither_before_the_invoice_nor_after_today(today, staff, day, is_good):
    invoice = InvoiceFactory()
    if is_good:
        assert actions.enter_payment(invoice, by=staff, paid_on=day, amount=1).paid_on == day
    else:
        with pytest.raises(ValidationError):
            actions.enter_payment(invoice, by=staff, paid_on=day, amount=1)

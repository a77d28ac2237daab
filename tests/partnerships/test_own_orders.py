"""An owner writes down a buyer's order on the phone: trial or regular by the gate, corrected with a trail."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from partnerships import actions, buyer_queue
from partnerships.models import PurchaseOrder, RowDispute
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import BuyerFactory, DeliveryFactory, agreement_between

pytestmark = pytest.mark.django_db
ORDERED, DUE = date(2026, 11, 20), date(2026, 12, 10)


@pytest.fixture
def part(enterprise, buyer):
    """A part of an active agreement at Rp35.000."""
    return agreement_between([enterprise], [buyer]).lines.get()


def said(part, **changed):
    known = {"number": "PO-77", "ordered_on": ORDERED, "quantity": 500, "due_on": DUE}
    return {"line": part, **known, **changed}


def test_an_owner_writes_down_an_order_with_its_paper_and_the_buyer_confirms_it(
    client, login, today, part, owner, contact, staff
):
    login(owner)
    address = reverse("partnerships:note_order")
    page = client.get(address)
    assert len([name for name in page.context["form"].fields if name != "key"]) <= 6
    body = page.content.decode()
    assert "Dicatat sebagai percobaan, karena:" in body and "Sampel" in body
    typed = {
        "key": page.context["form"]["key"].value(),
        "line": part.pk,
        "number": "po 77",
        "ordered_on": ORDERED.isoformat(),
        "quantity": "500",
        "due_on": DUE.isoformat(),
    }
    saved = client.post(address, {**typed, "scan": SimpleUploadedFile("po.pdf", b"%PDF-1.7 po")}, follow=True)
    assert "tersimpan sebagai percobaan, karena belum siap pasok" in saved.content.decode()
    order = PurchaseOrder.objects.get()
    line = order.lines.get()
    assert (order.kind, order.status, order.entered_by, order.agreement) == (
        "trial", "submitted", owner, part.agreement,
    )  # fmt: skip
    assert (line.quantity, line.unit_price, line.schedule.get().due_on) == (500, part.unit_price, DUE)
    assert order.document_sha256
    assert "sudah" in client.post(address, typed).content.decode() and PurchaseOrder.objects.count() == 1
    assert list(Notification.objects.values_list("user", "kind")) == [(contact.pk, "order.noted")]
    with pytest.raises(ValidationError):
        actions.confirm_row(order, by=owner)
    actions.confirm_row(order, by=contact)
    actions.verify_row(order, by=staff)


def test_a_cleared_ikm_takes_regular_orders(today, cleared, buyer, contact, owner):
    part = agreement_between([cleared], [buyer]).lines.get()
    actions.approve_sample(cleared, buyer, approved_on=date(2026, 11, 1), by=contact)
    order = actions.note_order(**said(part), by=owner)
    assert (order.kind, order.clearance, order.override_reason) == ("regular", "ready", "")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ordered_on": date(2026, 11, 25), "due_on": date(2026, 11, 26)}, "ordered_on"),
        ({"due_on": date(2026, 11, 19)}, "due_on"),
        ({"number": "PO-1"}, "number"),
    ],
)
def test_an_order_that_cannot_be_stands_at_its_field(today, part, owner, changed, field):
    actions.note_order(**said(part, number="PO-1"), by=owner)
    with pytest.raises(ValidationError) as error:
        actions.note_order(**said(part, **changed), by=owner)
    assert field in error.value.error_dict and PurchaseOrder.objects.count() == 1


def test_only_parts_of_own_active_agreements_can_be_ordered(client, login, today, part, owner):
    stopped = agreement_between(
        [part.enterprise], [BuyerFactory()], status="suspended", status_reason="Tunggu"
    )
    strangers = agreement_between([EnterpriseFactory()], [part.buyer]).lines.get()
    login(owner)
    page = client.get(reverse("partnerships:note_order"))
    assert list(page.context["form"].fields["line"].queryset) == [part] and str(strangers.pk) not in page.text
    with pytest.raises(ValidationError):
        actions.note_order(**said(stopped.lines.get()), by=owner)


def test_a_late_edit_of_a_part_keeps_old_and_new_and_asks_the_buyer_again(
    client, login, today, part, owner, contact, staff
):
    order = actions.note_order(**said(part), by=owner)
    line = order.lines.get()
    actions.dispute_row(order, "figure", amount=1, by=contact)
    login(owner)
    address = reverse("partnerships:correct_order_line", args=[line.pk])
    typed = {"quantity": "600", "due_on": DUE.isoformat(), "reason": "Salah baca"}
    body = client.post(address, typed, follow=True).content.decode()
    assert "Jumlah: 500 → 600" in body and "Salah baca" in body
    order.refresh_from_db()
    assert (order.status, line.schedule.get().quantity) == ("submitted", 600)
    assert not RowDispute.objects.unsettled().exists()
    actions.confirm_row(order, by=contact)
    actions.verify_row(order, by=staff)
    with pytest.raises(PermissionDenied):
        actions.correct_order_line(line, "Lagi", by=owner, quantity=700, due_on=DUE)
    assert Event.objects.filter(verb="purchaseorder.corrected").count() == 1


def test_a_part_is_not_corrected_below_what_was_delivered(today, part, owner):
    line = actions.note_order(**said(part), by=owner).lines.get()
    DeliveryFactory(line=line, quantity=300, delivered_on=date(2026, 11, 22))
    for quantity, due_on, reason in ((299, DUE, "Salah"), (400, date(2026, 11, 1), "Salah"), (400, DUE, "")):
        with pytest.raises(ValidationError):
            actions.correct_order_line(line, reason, by=owner, quantity=quantity, due_on=due_on)
    assert not actions.correct_order_line(line, "", by=owner, quantity=500, due_on=DUE)
    # nor does a day move under what was delivered: punctuality is judged by it
    with pytest.raises(ValidationError, match="sudah dikirim"):
        actions.correct_order_line(line, "Mundur", by=owner, quantity=500, due_on=DUE + timedelta(days=7))


def test_a_confirmation_is_of_the_days_it_showed(today, part, owner):
    order = actions.note_order(**said(part), by=owner)
    shown = buyer_queue.said(order)
    assert "jatuh tempo" in shown.parts[0]
    mark = shown.mark
    actions.correct_order_line(
        order.lines.get(), "Salah hari", by=owner, quantity=500, due_on=DUE + timedelta(days=7)
    )
    order = PurchaseOrder.objects.get(pk=order.pk)
    assert buyer_queue.said(order).mark != mark

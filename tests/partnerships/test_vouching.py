"""Rows of the ledger: diajukan, dikonfirmasi pembeli, diverifikasi staf; corrected with a trail; with papers."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.workflow import TransitionError
from partnerships import actions
from partnerships.models import Financing, Invoice
from partnerships.trail_words import changed
from tests.factories.accounts import UserFactory
from tests.factories.ledger import FinancingFactory
from tests.factories.partnerships import BuyerContactFactory, DeliveryFactory, InvoiceFactory, PaymentFactory

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.7 faktur"


@pytest.fixture
def invoice(line, owner):
    return InvoiceFactory(order=line.order, entered_by=owner, number="INV-1", amount=35_000_000)


@pytest.mark.parametrize("kind", ["order", "invoice", "payment"])
def test_each_row_is_vouched_for_by_three_people(line, invoice, contact, staff, kind):
    row = {"order": line.order, "invoice": invoice, "payment": PaymentFactory(invoice=invoice)}[kind]
    with pytest.raises(TransitionError):
        actions.verify_row(row, by=staff)
    with pytest.raises(PermissionDenied):
        actions.confirm_row(row, by=BuyerContactFactory().user)
    actions.confirm_row(row, by=contact)
    with pytest.raises(ValidationError, match="orang lain"):
        actions.verify_row(row, by=contact)
    actions.verify_row(row, by=staff)
    row.refresh_from_db()
    assert (row.status, row.confirmed_by, row.verified_by) == ("verified", contact, staff)
    name = row._meta.model_name
    verbs = Event.objects.about(row).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [f"{name}.confirmed", f"{name}.verified"]


def test_who_entered_a_row_does_not_confirm_it(line, contact):
    with pytest.raises(ValidationError, match="tidak boleh mengonfirmasinya"):
        actions.confirm_row(InvoiceFactory(order=line.order, entered_by=contact), by=contact)


def test_a_late_edit_keeps_old_and_new_and_takes_the_word_back(invoice, contact, staff, owner):
    actions.confirm_row(invoice, by=contact)
    actions.verify_row(invoice, by=staff)
    with pytest.raises(PermissionDenied):
        actions.correct_row(invoice, "Salah ketik", by=owner, amount=34_000_000)
    assert actions.correct_row(invoice, "Salah ketik", by=staff, amount=34_000_000)
    invoice.refresh_from_db()
    assert (invoice.status, invoice.confirmed_by, invoice.verified_at) == ("submitted", None, None)
    event = Event.objects.get(verb="invoice.corrected")
    assert event.data == {"changes": {"amount": ["35000000", 34_000_000]}, "reason": "Salah ketik"}
    assert changed(event.data["changes"]) == "Nilai: Rp35.000.000 → Rp34.000.000"


def test_nothing_changed_leaves_no_trace_and_needs_no_reason(invoice, owner):
    assert not actions.correct_row(invoice, "", by=owner, number="INV-1", amount=35_000_000)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": 9_000_000}, "amount"),  # less than was paid
        ({"amount": 0}, "amount"),
        ({"issued_on": date(2099, 1, 1)}, "issued_on"),
        ({"due_on": date(2026, 1, 1)}, "due_on"),
        ({"number": "INV-2"}, "number"),
        ({"number": ""}, "number"),
    ],
)
def test_a_correction_that_cannot_be_stands_at_its_field(invoice, owner, values, field):
    PaymentFactory(invoice=invoice, amount=10_000_000)
    InvoiceFactory(order=invoice.order, number="INV-2")
    with pytest.raises(ValidationError) as error:
        actions.correct_row(invoice, "Salah", by=owner, **values)
    assert field in error.value.error_dict
    invoice.refresh_from_db()
    assert (invoice.number, invoice.amount) == ("INV-1", 35_000_000)


@pytest.mark.parametrize(("amount", "paid_on"), [(36_000_000, None), (0, None), (1, date(2026, 1, 1))])
def test_a_corrected_payment_stays_within_its_invoice(invoice, owner, amount, paid_on):
    payment = PaymentFactory(invoice=invoice)
    with pytest.raises(ValidationError):
        actions.correct_row(payment, "Salah", by=owner, amount=amount, paid_on=paid_on or payment.paid_on)


def test_the_owner_bills_from_the_phone_with_the_paper(client, login, line, owner):
    login(owner)
    address = reverse("partnerships:add_invoice", args=[line.order.code])
    page = client.get(address)
    assert len([name for name in page.context["form"].fields if name != "key"]) <= 6
    data = {
        "key": page.context["form"]["key"].value(),
        "number": "INV-9",
        "issued_on": "2026-02-15",
        "amount": "35.000.000",
    }
    file = SimpleUploadedFile("faktur.pdf", PAPER)
    client.post(address, {**data, "document": file})
    invoice = Invoice.objects.get()
    with invoice.document.open() as stored:
        assert (invoice.entered_by, invoice.status, stored.read()) == (owner, "submitted", PAPER)
    body = client.get(line.order.get_absolute_url()).content.decode()
    assert "Diajukan" in body and reverse("partnerships:row_document", args=["faktur", invoice.pk]) in body
    twice = client.post(address, data).content.decode()  # the same press again
    assert "sudah" in twice and Invoice.objects.count() == 1


def test_what_is_no_paper_is_refused_at_its_field_and_nothing_is_saved(client, login, line, owner):
    login(owner)
    address = reverse("partnerships:add_invoice", args=[line.order.code])
    data = {"key": "01890000-0000-7000-8000-000000000000", "number": "INV-9", "issued_on": "2026-02-15",
            "amount": "35.000.000", "document": SimpleUploadedFile("a.exe", b"MZ")}  # fmt: skip
    body = client.post(address, data).content.decode()
    assert "bukan PDF atau foto" in body and 'value="INV-9"' in body and not Invoice.objects.exists()


def test_a_correction_from_its_page_is_read_on_the_order(client, login, invoice, owner):
    login(owner)
    address = reverse("partnerships:correct_row", args=["faktur", invoice.pk])
    data = {"number": "INV-1", "issued_on": "2026-02-15", "amount": "34.000.000", "reason": ""}
    assert "Isi alasan perubahannya." in client.post(address, data).content.decode()
    client.post(address, {**data, "reason": "Salah ketik"})
    body = client.get(invoice.order.get_absolute_url()).content.decode()
    assert "Rp35.000.000 → Rp34.000.000" in body and "Salah ketik" in body


# --- A late edit of a delivery ------------------------------------------------------------------------
NOTE = {"note_number": "SJ-1", "delivered_on": date(2026, 2, 10), "quantity": 600}


def test_a_note_is_corrected_until_the_buyer_has_answered(line, owner, contact):
    delivery = DeliveryFactory(line=line, entered_by=owner, **NOTE)
    assert not actions.correct_delivery(delivery, "", by=owner, **NOTE)
    assert actions.correct_delivery(delivery, "Salah hitung", by=owner, **{**NOTE, "quantity": 590})
    assert Event.objects.get().data["changes"] == {"quantity": [600, 590]}
    actions.confirm_delivery(delivery, received_on=date(2026, 2, 10), accepted=590, rejected=0, by=contact)
    with pytest.raises(TransitionError, match="Ubah lewat selisih"):
        actions.correct_delivery(delivery, "Salah", by=owner, **NOTE)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"note_number": "sj-2"}, "note_number"),
        ({"note_number": " "}, "note_number"),
        ({"quantity": 0}, "quantity"),
        ({"delivered_on": date(2099, 1, 1)}, "delivered_on"),
        ({"quantity": 5, "reason": ""}, "reason"),
    ],
)
def test_a_corrected_note_that_cannot_be_stands_at_its_field(line, owner, changed, field):
    delivery = DeliveryFactory(line=line, entered_by=owner, **NOTE)
    DeliveryFactory(line=line, note_number="SJ-2")
    with pytest.raises(ValidationError) as error:
        actions.correct_delivery(delivery, by=owner, **{"reason": "Salah", **NOTE, **changed})
    assert field in error.value.error_dict


def test_the_owner_corrects_a_note_and_reads_old_and_new(client, login, line, owner):
    delivery = DeliveryFactory(line=line, entered_by=owner, **NOTE)
    login(owner)
    address = reverse("partnerships:correct_delivery", args=[delivery.code])
    assert 'value="SJ-1"' in client.get(address).content.decode()
    data = {"note_number": "SJ-1", "delivered_on": "2026-02-10", "quantity": "590", "reason": "Salah hitung"}
    body = client.post(address, data, follow=True).content.decode()
    assert "Jumlah: 600 → 590" in body and "Salah hitung" in body


# --- Akad kredit --------------------------------------------------------------------------------------
AKAD = {"lender": "Bank Contoh", "kind": "working", "amount": 20_000_000, "signed_on": date(2026, 2, 1)}


def test_a_credit_agreement_serves_an_order_and_no_buyer_sees_it(client, login, line, owner, contact):
    made = actions.enter_financing(line.order, by=owner, **AKAD)
    assert Event.objects.get(verb="financing.entered").enterprise_id == line.order.enterprise_id
    assert list(Financing.objects.visible_to(owner)) == [made]
    assert not Financing.objects.visible_to(contact).exists()
    for user, sees in ((owner, True), (contact, False), (UserFactory(role=Role.STAFF), True)):
        login(user)
        assert ("Bank Contoh" in client.get(line.order.get_absolute_url()).content.decode()) is sees


@pytest.mark.parametrize("lender", ["Bank Contoh 1234567890", "Bank 123-456-7890", "rek 12 34 56 78", ""])
def test_no_account_number_is_kept(line, owner, lender):
    with pytest.raises(ValidationError) as error:
        actions.enter_financing(line.order, by=owner, **{**AKAD, "lender": lender})
    assert "lender" in error.value.error_dict


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"signed_on": date(2099, 1, 1)}, "signed_on"),
        ({"ends_on": date(2026, 2, 1)}, "ends_on"),
    ],
)
def test_a_credit_agreement_that_cannot_be_stands_at_its_field(line, owner, values, field):
    with pytest.raises(ValidationError) as error:
        actions.enter_financing(line.order, by=owner, **{**AKAD, **values})
    assert field in error.value.error_dict


def test_the_same_akad_is_named_by_kind_and_lender():
    assert str(FinancingFactory()) == "Kredit modal kerja, Bank Contoh"

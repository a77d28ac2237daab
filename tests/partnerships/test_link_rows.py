"""Orders, invoices and payments by link or account: confirmed, disputed with figures, answered, asked again."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from partnerships import actions
from partnerships.buyer_queue import said, waiting_rows
from partnerships.models import Invoice, RowDispute
from tests.factories.links import LinkFactory
from tests.factories.partnerships import BuyerContactFactory, InvoiceFactory, OrderFactory, PaymentFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 20)


@pytest.fixture
def link(buyer, staff):
    contact = BuyerContactFactory(buyer=buyer, user=None, full_name="Rini Contoh")
    return LinkFactory(contact=contact, issued_by=staff)


@pytest.fixture
def invoice(line, owner):
    return InvoiceFactory(order=line.order, entered_by=owner, number="INV-1", amount=35_000_000)


def post(client, link, row, name="link_row", **data):
    address = reverse(f"partnerships:{name}", args=[link.token, said(row).kind, row.pk])
    return client.post(address, data)


def test_the_link_and_the_account_see_the_same_queue(client, login, link, invoice, contact):
    PaymentFactory(invoice=InvoiceFactory(order=OrderFactory(), number="INV-LAIN"))
    waiting = [one.name for one in waiting_rows([link.contact.buyer])]
    assert waiting == [str(invoice.order), "Faktur INV-1"]
    by_link = client.get(link.public_path).content.decode()
    login(contact)
    by_account = client.get(reverse("partnerships:confirmations")).content.decode()
    for body in (by_link, by_account):
        assert "Faktur INV-1" in body and "Rp35.000.000" in body and "INV-LAIN" not in body


def test_figures_that_changed_meanwhile_are_looked_at_again(client, link, invoice, owner):
    mark = said(invoice).mark
    actions.correct_row(invoice, "Salah ketik", by=owner, amount=36_000_000)
    for typed in (mark, "", "x" * 16):
        response = post(client, link, invoice, "link_row_confirm", tanda=typed)
        assert response.status_code == 409 and "berubah sejak halaman ini" in response.content.decode()
    assert Invoice.objects.get().status == "submitted"


def test_a_dispute_with_figures_reaches_the_ikm_is_answered_and_asked_again(
    client, link, invoice, owner, staff, contact
):
    assert (
        post(client, link, invoice, reason="figure", amount="34.000.000", day="2026-02-15").status_code == 302
    )
    found = RowDispute.objects.get()
    assert (found.said_amount, found.said_on, found.raised_link) == (34_000_000, None, link)
    assert Notification.objects.filter(kind="invoice.disputed", user=owner).count() == 1
    with pytest.raises(TransitionError):
        actions.confirm_row(invoice, by=contact)
    with pytest.raises(ValidationError, match="alasan"):
        actions.correct_row(invoice, "", by=owner)
    assert actions.correct_row(invoice, "Sesuai faktur pembeli", by=owner, amount=34_000_000)
    invoice.refresh_from_db()
    found.refresh_from_db()
    assert (invoice.status, invoice.amount, found.outcome) == (
        "submitted",
        34_000_000,
        "Sesuai faktur pembeli",
    )
    assert Notification.objects.filter(kind="invoice.answered", user=contact).exists()
    assert post(client, link, invoice, "link_row_confirm", tanda=said(invoice).mark).status_code == 302
    with pytest.raises(ValidationError, match="orang lain"):  # who gave away the link saw its token
        actions.verify_row(invoice, by=staff)


def test_what_stands_is_answered_in_words_and_asked_again(link, invoice, owner):
    actions.dispute_row(invoice, "unknown", by=link)
    assert actions.correct_row(invoice, "Faktur dikirim ulang lewat pos", by=owner)
    invoice.refresh_from_db()
    assert (invoice.status, RowDispute.objects.unsettled().count()) == ("submitted", 0)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"reason": ""}, "Pilih apa yang berbeda."),
        ({"reason": "figure"}, "Isi nilai atau tanggal menurut Anda"),
        ({"reason": "figure", "amount": "35.000.000", "day": "2026-02-15"}, "Isi nilai atau tanggal menurut"),
        ({"reason": "figure", "day": "2099-01-01"}, "tidak boleh setelah hari ini"),
        ({"reason": "other"}, "Tulis apa yang berbeda."),
    ],
)
def test_a_dispute_that_says_nothing_stands_at_its_field(client, link, invoice, typed, words):
    response = post(client, link, invoice, **typed)
    assert response.status_code == 200 and words in response.content.decode()
    assert Invoice.objects.get().status == "submitted"


def test_a_second_answer_by_link_changes_nothing_and_an_account_may_take_its_word_back(
    client, link, invoice, contact
):
    actions.confirm_row(invoice, by=contact)
    late = post(client, link, invoice, reason="unknown")
    assert late.status_code == 409 and str(contact) in late.content.decode()
    actions.dispute_row(invoice, "other", text="Belum diterima", by=contact)
    invoice.refresh_from_db()
    assert (invoice.status, invoice.confirmed_by) == ("disputed", None)


def test_an_account_answers_from_the_queue_and_disputes_from_the_order(client, login, invoice, contact):
    login(contact)
    address = reverse("partnerships:confirm_rows")
    ticked = [f"faktur/{invoice.pk}/{said(invoice).mark}", f"pesanan/{invoice.order.pk}/{'0' * 16}"]
    body = client.post(address, {"catatan": ticked}, follow=True).content.decode()
    assert "1 catatan dikonfirmasi." in body and "berubah sejak halaman ini dibuka" in body
    again = client.post(address, {"catatan": ticked[:1]}, follow=True).content.decode()
    assert "sudah dikonfirmasi oleh" in again
    assert client.post(address, {"catatan": ["faktur/x/y"]}).status_code == 404
    page = reverse("partnerships:dispute_row", args=["faktur", invoice.pk])
    assert client.post(page, {"reason": "figure", "day": DAY.isoformat()}).status_code == 302
    body = client.get(invoice.order.get_absolute_url()).content.decode()
    assert "Faktur INV-1: Nilai atau tanggalnya lain" in body and "20 Feb" in body

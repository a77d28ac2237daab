"""Deliveries on the owner's phone, at the buyer's desk, and with staff."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from assessments.models import Scorecard
from closedloop.accounts.roles import Role
from partnerships.models import Buyer, BuyerContact, Delivery, Invoice, Payment, Requirement, SupplyClearance
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import (
    BuyerContactFactory,
    DeliveryFactory,
    InvoiceFactory,
    OrderFactory,
    OrderLineFactory,
    ScheduleFactory,
    agreement_between,
)

pytestmark = pytest.mark.django_db
SEND = reverse("partnerships:send_delivery")
QUEUE = reverse("partnerships:confirmations")


def note(line, **changed):
    return {
        "key": str(uuid4()), "line": str(line.pk), "note_number": "SJ-0036", "delivered_on": "2026-02-10",
        "quantity": "600", **changed,
    }  # fmt: skip


def photo():
    content = BytesIO()
    Image.new("RGB", (60, 40), "white").save(content, "JPEG")
    return SimpleUploadedFile("surat jalan.jpg", content.getvalue(), "image/jpeg")


# --- The owner's phone --------------------------------------------------------------------------------
def test_an_owner_notes_a_delivery_with_five_fields(client, login, line, owner):
    login(owner)
    page = client.get(f"{SEND}?baris={line.pk}").content.decode()
    assert page.count("<label") <= 6
    assert "htmx" not in page
    response = client.post(SEND, note(line, photo=photo()), follow=True)
    delivery = Delivery.objects.get()
    assert response.redirect_chain[-1][0] == reverse("partnerships:delivery_receipt", args=[delivery.code])
    assert "Pengiriman tercatat" in response.content.decode()
    picture = client.get(reverse("partnerships:delivery_photo", args=[delivery.code]))
    assert picture.content.startswith(b"\xff\xd8")


def test_pressing_twice_makes_one_delivery_and_a_friendly_message(client, login, line, owner):
    login(owner)
    data = note(line)
    client.post(SEND, data)
    page = client.post(SEND, data).content.decode()
    assert "Surat jalan SJ-0036 sudah dicatat untuk part ini, 10 Februari 2026." in page
    page = client.post(SEND, data | {"note_number": "SJ-0037"}).content.decode()
    assert "Tidak ada yang dicatat dua kali" in page
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    "changed, message",
    [
        ({"line": ""}, "Pilih part yang dikirim."),
        ({"line": str(uuid4())}, "Pilih"),
        ({"note_number": ""}, "Isi nomor surat jalan."),
        ({"delivered_on": ""}, "Isi tanggal kirim."),
        ({"delivered_on": "2030-01-01"}, "Tanggal kirim tidak boleh setelah hari ini."),
        ({"delivered_on": "2026-01-09"}, "Tanggal kirim mendahului tanggal PO"),
        ({"quantity": "0"}, "paling sedikit 1"),
        ({"quantity": "enam"}, "Tulis jumlahnya dengan angka"),
        ({"quantity": "9.999.999.999"}, "terlalu besar"),
        ({"photo": SimpleUploadedFile("x.jpg", b"bukan foto")}, "bukan foto"),
    ],
)
def test_bad_input_is_told_and_what_was_typed_is_kept(client, login, line, owner, changed, message):
    login(owner)
    page = client.post(SEND, note(line) | changed).content.decode()
    assert message in page
    assert ('value="SJ-0036"' in page) is ("note_number" not in changed)
    assert not Delivery.objects.exists()


def test_a_strangers_part_cannot_be_chosen(client, login, line, owner):
    login(owner)
    stranger = OrderLineFactory()
    assert str(stranger.pk) not in client.get(f"{SEND}?baris={stranger.pk}").content.decode()
    assert client.post(SEND, note(stranger)).status_code == 200
    assert not Delivery.objects.exists()


def test_more_than_ordered_is_saved_with_a_warning(client, login, line, owner):
    login(owner)
    page = client.post(SEND, note(line, quantity="1.100"), follow=True).content.decode()
    assert "melebihi pesanan sebanyak 100" in page
    assert Delivery.objects.get().quantity == 1100


def test_what_is_due_stands_first_and_what_is_late_says_so(
    today, client, login, line, owner, enterprise, buyer
):
    login(owner)
    later = OrderLineFactory(
        order=OrderFactory(enterprise=enterprise, buyer=buyer), part_name="Part kemudian"
    )
    ScheduleFactory(line=later, due_on="2026-12-24")
    DeliveryFactory(line=line, quantity=600)
    page = client.get(reverse("partnerships:my_supply")).content.decode()
    assert page.index(line.part_name) < page.index("Part kemudian")
    assert "Lewat jatuh tempo" in page
    assert "Sisa <b>400</b> dari 1.000 pcs" in page


def test_without_orders_the_phone_says_what_to_do(client, login, owner):
    login(owner)
    assert "Belum ada pesanan" in client.get(reverse("partnerships:my_supply")).content.decode()
    assert "Belum ada pesanan" in client.get(SEND).content.decode()


# --- The buyer's desk ---------------------------------------------------------------------------------
def test_the_queue_is_oldest_first_and_holds_only_ones_own(today, client, login, line, contact):
    login(contact)
    DeliveryFactory(line=line, note_number="SJ-BARU", delivered_on="2026-11-20")
    DeliveryFactory(line=line, note_number="SJ-LAMA", delivered_on="2026-11-01")
    DeliveryFactory(note_number="SJ-ORANG")
    page = client.get(QUEUE).content.decode()
    assert page.index("SJ-LAMA") < page.index("SJ-BARU")
    assert "23 hari" in page
    assert "SJ-ORANG" not in page


def test_a_buyer_confirms_with_quantities_that_stand_there_already(client, login, line, owner, contact):
    login(contact)
    delivery = DeliveryFactory(line=line, entered_by=owner)
    address = reverse("partnerships:confirm_delivery", args=[delivery.code])
    page = client.get(address).content.decode()
    assert 'value="1.000"' in page
    assert 'value="2026-02-10"' in page
    wrong = {"received_on": "2026-02-10", "accepted": "990", "rejected": "0"}
    assert "laporkan selisih" in client.post(address, wrong).content.decode()
    response = client.post(address, wrong | {"rejected": "10"}, follow=True)
    assert "dikonfirmasi" in response.content.decode()
    again = client.post(address, wrong | {"accepted": "1.000"}, follow=True)
    assert "Tidak ada yang berubah" in again.content.decode()
    delivery.refresh_from_db()
    assert (delivery.accepted_quantity, delivery.rejected_quantity) == (990, 10)


def test_many_at_once_take_only_ones_own(client, login, line, contact):
    login(contact)
    mine = DeliveryFactory.create_batch(2, line=line)
    other = DeliveryFactory()
    address = reverse("partnerships:confirm_many")
    codes = [delivery.code for delivery in [*mine, other]]
    page = client.post(address, {"surat_jalan": codes}, follow=True).content.decode()
    assert "2 surat jalan dikonfirmasi." in page
    other.refresh_from_db()
    assert other.status == "submitted"
    assert (
        "Tidak ada yang berubah" in client.post(address, {"surat_jalan": codes}, follow=True).content.decode()
    )
    assert "Pilih paling sedikit satu" in client.post(address, follow=True).content.decode()


def test_a_dispute_and_its_settlement(client, login, line, owner, contact, staff):
    delivery = DeliveryFactory(line=line, entered_by=owner)
    login(contact)
    address = reverse("partnerships:dispute_delivery", args=[delivery.code])
    assert "Tulis apa yang berbeda" in client.post(address, {"text": ""}).content.decode()
    page = client.post(
        address, {"reason": "quantity", "text": "Diterima 964 dari 1.000"}, follow=True
    ).content.decode()
    assert "Diterima 964 dari 1.000" in page
    login(staff)
    address = reverse("partnerships:settle_delivery", args=[delivery.code])
    data = {"received_on": "2026-02-10", "accepted": "960", "rejected": "4", "reason": "Hitung ulang bersama"}
    client.post(address, data)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.quantity) == ("confirmed", 964)
    assert "Tidak ada selisih" in client.get(address, follow=True).content.decode()
    verify = reverse("partnerships:verify_delivery", args=[delivery.code])
    assert "orang lain" in client.post(verify, follow=True).content.decode()
    login(UserFactory(role=Role.STAFF))
    assert "Diverifikasi staf" in client.post(verify, follow=True).content.decode()


def test_suppliers_show_class_and_punctuality_but_no_money(client, login, line, contact, enterprise):
    login(contact)
    DeliveryFactory(line=line, status="confirmed", quantity=600, rejected_quantity=6, confirmed_by=contact)
    enterprise.annual_figures.create(year=2025, annual_sales=88_888_000_000)
    page = client.get(reverse("partnerships:suppliers")).content.decode()
    assert "600 dari 1.000" in page
    assert "10.000" in page  # ppm
    assert "Rp" not in page
    assert "88" not in page.replace(str(enterprise.pk), "").split("<main")[1]


# --- Staff --------------------------------------------------------------------------------------------
def test_the_list_finds_what_waits_too_long(today, client, login, line):
    login(Role.STAFF)
    DeliveryFactory(line=line, note_number="SJ-PAS", delivered_on="2026-11-17")
    DeliveryFactory(line=line, note_number="SJ-LEWAT", delivered_on="2026-11-16")
    page = client.get(reverse("partnerships:deliveries") + "?status=terlambat").content.decode()
    assert "SJ-LEWAT" in page
    assert "SJ-PAS" not in page


def test_invoices_and_payments_from_their_pages(client, login, line):
    login(Role.STAFF)
    order = line.order
    address = reverse("partnerships:add_invoice", args=[order.code])
    data = {"key": str(uuid4()), "number": "INV-1", "issued_on": "2026-02-15", "amount": "35.000.000"}
    assert "Isi nilai yang ditagih." in client.post(address, data | {"amount": ""}).content.decode()
    client.post(address, data)
    invoice = Invoice.objects.get()
    pay = reverse("partnerships:add_payment", args=[invoice.pk])
    assert 'value="35.000.000"' in client.get(pay).content.decode()
    paid = {"key": str(uuid4()), "paid_on": "2026-03-15", "amount": "35.000.001"}
    assert "melebihi sisa tagihan" in client.post(pay, paid).content.decode()
    client.post(pay, paid | {"amount": "35 juta"})
    assert Payment.objects.get().amount == 35_000_000
    assert "Lunas" in client.get(order.get_absolute_url()).content.decode()


def test_a_reschedule_shows_the_first_date_beside_it(client, login, line):
    login(Role.STAFF)
    address = reverse("partnerships:reschedule", args=[line.schedule.get().pk])
    data = {"agreed_due_on": "2026-02-20", "reason": "Bahan terlambat"}
    page = client.post(address, data, follow=True).content.decode()
    assert "20 Feb 2026" in page
    assert "semula 10 Feb 2026" in page


def test_a_buyer_with_contact_requirement_and_invitation(client, login):
    login(Role.STAFF)
    data = {"key": str(uuid4()), "name": "PT Baru", "tier": "tier1", "grace_days": "2", "max_early_days": "1"}
    client.post(reverse("partnerships:add_buyer"), data)
    company = Buyer.objects.get()
    page = client.post(reverse("partnerships:add_buyer"), data | {"key": str(uuid4()), "name": "pt baru"})
    assert "sudah terdaftar" in page.content.decode()
    address = reverse("partnerships:add_contact", args=[company.code])
    person = {
        "key": str(uuid4()),
        "full_name": "Kontak Baru",
        "email": "baru@contoh.id",
        "phone": "0812 3456 7890",
    }
    assert 'class="errsum"' in client.post(address, person | {"phone": "123"}).content.decode()
    client.post(address, person)
    contact = BuyerContact.objects.get()
    assert contact.phone == "+6281234567890"
    client.post(reverse("partnerships:invite_contact", args=[contact.pk]))
    contact.refresh_from_db()
    assert (contact.user.role, mail.outbox[0].to) == (Role.BUYER, ["baru@contoh.id"])
    part = {"key": str(uuid4()), "part_name": "Clamp", "volume": "24.000", "target_price": "9.600"}
    part |= {"per": "year", "unit": "pcs", "evidence_months": "12"}
    client.post(reverse("partnerships:add_requirement", args=[company.code]), part)
    assert Requirement.objects.get().target_price == 9_600
    page = client.get(company.get_absolute_url()).content.decode()
    assert "24.000" in page
    assert "Punya akun" in page


def test_inviting_an_address_of_another_role_is_told(client, login):
    login(Role.STAFF)
    contact = BuyerContactFactory(user=None, email=UserFactory(role=Role.OWNER).email)
    page = client.post(
        reverse("partnerships:invite_contact", args=[contact.pk]), follow=True
    ).content.decode()
    assert "peran lain" in page


def test_the_tab_of_an_ikm_judges_clearance_today_and_writes_nothing(today, client, login, line, enterprise):
    login(Role.STAFF)
    page = client.get(reverse("partnerships:enterprise", args=[enterprise.code])).content.decode()
    assert "Belum siap pasok" in page
    assert "Sampel belum disetujui pembeli ini" in page
    assert not SupplyClearance.objects.exists()


def test_closing_a_month_from_the_tab(today, client, login, line, enterprise):
    login(Role.STAFF)
    address = reverse("partnerships:close_month", args=[enterprise.code])
    page = client.post(address, {"bulan": "2026-10-01"}, follow=True).content.decode()
    assert "Bulan ditutup" in page
    assert "Tanpa transaksi" in page
    assert "sudah ditutup" in client.post(address, {"bulan": "2026-10-01"}, follow=True).content.decode()
    assert "Pilih bulan" in client.post(address, {"bulan": "x"}, follow=True).content.decode()
    assert "baru dapat ditutup" in client.post(address, {"bulan": "2026-11-01"}, follow=True).content.decode()
    assert Scorecard.objects.count() == 1


@pytest.mark.parametrize("name", ["confirmations", "suppliers", "my_supply"])
def test_queries_do_not_grow_with_rows(client, login, name, enterprise, owner, buyer, contact):
    login(owner if name == "my_supply" else contact)

    def count(rows):
        for _row in range(rows):
            ikm = enterprise if name == "my_supply" else EnterpriseFactory()
            agreement = agreement_between([ikm], [buyer])
            line = OrderLineFactory(order=OrderFactory(agreement=agreement, enterprise=ikm, buyer=buyer))
            ScheduleFactory(line=line)
            DeliveryFactory(line=line, quantity=10)
            InvoiceFactory(order=line.order)
        with CaptureQueriesContext(connection) as context:
            assert client.get(reverse(f"partnerships:{name}")).status_code == 200
        return len(context)

    assert count(1) == count(4)

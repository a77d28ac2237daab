"""A buyer's contact, on a phone and without an account, answers for deliveries, bills and a complaint by link."""

import pytest
from django.utils import timezone

from closedloop.accounts.roles import Role
from partnerships import actions
from partnerships.models import Complaint, Delivery, Dispute, Invoice, PurchaseOrder
from tests.factories.accounts import UserFactory
from tests.factories.complaints import ComplaintFactory
from tests.factories.partnerships import (
    BuyerContactFactory,
    BuyerFactory,
    DeliveryFactory,
    InvoiceFactory,
)
from tests.journeys.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def link(transactional_db):
    contact = BuyerContactFactory(buyer=BuyerFactory(name="PT Arunika Contoh"), user=None)
    return actions.issue_link(contact, by=UserFactory(role=Role.STAFF))


def test_the_answers_of_a_month_from_the_link(visitor, link):
    buyer = link.contact.buyer
    for note in ("SJ-0001", "SJ-0002", "SJ-0003"):
        DeliveryFactory(line__order__buyer=buyer, note_number=note, quantity=600)
    PurchaseOrder.objects.update(status="confirmed", confirmed_link=link, confirmed_at=timezone.now())
    for number in ("INV-0001", "INV-0002"):
        InvoiceFactory(order=PurchaseOrder.objects.first(), number=number, amount=21_000_000)
    complaint = ComplaintFactory(buyer=buyer, problem="Lubang bergeser", status="proposed")
    phone = visitor(PHONE)
    page = phone.open("partnerships:link", link.token)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.picture("tautan-konfirmasi")
    page.get_by_role("button", name="Sesuai, baik semua SJ-0001").click()
    page.get_by_text("Surat jalan SJ-0001 dikonfirmasi.").wait_for()

    page.get_by_role("link", name="Ada yang berbeda SJ-0002").click()
    page.get_by_label("Jumlah diterima baik").fill("588")
    page.get_by_label("Jumlah ditolak").fill("12")
    phone.picture("tautan-koreksi")
    page.get_by_role("button", name="Simpan jawaban").click()
    page.get_by_text("Surat jalan SJ-0002 dikonfirmasi.").wait_for()

    page.get_by_role("link", name="Ada yang berbeda SJ-0003").click()
    page.get_by_role("link", name="Mutu, part atau surat jalannya yang keliru").click()
    page.get_by_text("Mutu tidak sesuai").click()
    page.get_by_label("Keterangan").fill("Retak pada lubang baut")
    page.get_by_label("Jadikan keluhan").check()
    phone.picture("tautan-selisih")
    page.get_by_role("button", name="Kirim laporan").click()

    page.get_by_role("button", name="Sesuai Faktur INV-0001").click()
    page.get_by_text("Faktur INV-0001 dikonfirmasi.").wait_for()
    page.get_by_role("link", name="Ada yang berbeda Faktur INV-0002").click()
    page.get_by_text("Nilai atau tanggalnya lain").click()
    page.get_by_label("Nilai menurut Anda (Rp)").fill("20.500.000")
    phone.picture("tautan-faktur")
    page.get_by_role("button", name="Kirim laporan").click()

    page.get_by_role("link", name=f"Cek keefektifan {complaint.code}").click()
    page.get_by_label("Efektif", exact=True).check()
    page.get_by_label("Yang terlihat").fill("Tiga kiriman baik")
    phone.picture("tautan-cek")
    page.get_by_role("button", name="Simpan hasil cek").click()
    page.get_by_text("Tidak ada yang menunggu").wait_for()
    phone.picture("tautan-selesai")

    found = {row.note_number: (row.status, row.accepted_quantity) for row in Delivery.objects.all()}
    assert found == {
        "SJ-0001": ("confirmed", 600),
        "SJ-0002": ("confirmed", 588),
        "SJ-0003": ("disputed", None),
    }
    assert Dispute.objects.get().raised_link == link
    assert {row.number: row.status for row in Invoice.objects.all()} == {
        "INV-0001": "confirmed",
        "INV-0002": "disputed",
    }
    complaint.refresh_from_db()
    assert (complaint.status, Complaint.objects.get(raised_link=link).problem) == (
        "effective", "Retak pada lubang baut",
    )  # fmt: skip
    assert not page.context.cookies() or "sessionid" not in {one["name"] for one in page.context.cookies()}

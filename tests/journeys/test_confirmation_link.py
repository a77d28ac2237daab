"""A buyer's contact, on a phone and without an account, answers for deliveries from the link in a message."""

import pytest

from closedloop.accounts.roles import Role
from partnerships import actions
from partnerships.models import Delivery, Dispute
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import BuyerContactFactory, BuyerFactory, DeliveryFactory
from tests.journeys.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def link(transactional_db):
    contact = BuyerContactFactory(buyer=BuyerFactory(name="PT Arunika Contoh"), user=None)
    return actions.issue_link(contact, by=UserFactory(role=Role.STAFF))


def test_three_answers_from_the_link(visitor, link):
    buyer = link.contact.buyer
    for note in ("SJ-0001", "SJ-0002", "SJ-0003"):
        DeliveryFactory(line__order__buyer=buyer, note_number=note, quantity=600)
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
    phone.picture("tautan-selisih")
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_text("Tidak ada yang menunggu").wait_for()
    phone.picture("tautan-selesai")

    found = {row.note_number: (row.status, row.accepted_quantity) for row in Delivery.objects.all()}
    assert found == {
        "SJ-0001": ("confirmed", 600),
        "SJ-0002": ("confirmed", 588),
        "SJ-0003": ("disputed", None),
    }
    assert Dispute.objects.get().raised_link == link
    assert not page.context.cookies() or "sessionid" not in {one["name"] for one in page.context.cookies()}

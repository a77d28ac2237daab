"""An agreement of two IKM and three firms, from an empty form to active, each party with its own number."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfWriter

from closedloop.accounts.roles import Role
from partnerships.models import Agreement, AgreementParty, ScopeLine
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import BuyerFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]

PARTS = [
    ("Nira Contoh", "PT Arunika Contoh", "Bracket kiri", "12.400", "8.000"),
    ("Nira Contoh", "PT Wirapres Contoh", "Plat aki", "8.750", "6.000"),
    ("Rukun Contoh", "PT Bentala Contoh", "Tangkai spion", "15.300", "4.000"),
]


@pytest.fixture
def staff(transactional_db):
    for name in {enterprise for enterprise, *_rest in PARTS}:
        EnterpriseFactory(name=name)
    for name in {buyer for _enterprise, buyer, *_rest in PARTS}:
        BuyerFactory(name=name)
    return UserFactory(role=Role.STAFF)


def chosen(page, field, words):
    """Choose the option that holds the words."""
    value = page.locator(f'select[name="{field}"] option', has_text=words).get_attribute("value")
    page.select_option(f'select[name="{field}"]', value)


def filled(page, first: date, last: date):
    page.fill('[name="number"]', "007/NK-IKM/XI/2026")
    page.fill('[name="title"]', "Kemitraan pemasok komponen plat dan spion")
    page.fill('[name="starts_on"]', first.isoformat())
    page.fill('[name="ends_on"]', last.isoformat())
    for row, (enterprise, buyer, part, price, volume) in enumerate(PARTS):
        chosen(page, f"baris-{row}-enterprise", enterprise)
        chosen(page, f"baris-{row}-buyer", buyer)
        page.fill(f'[name="baris-{row}-part_name"]', part)
        page.fill(f'[name="baris-{row}-unit_price"]', price)
        page.fill(f'[name="baris-{row}-monthly_volume"]', volume)


def test_two_ikm_and_three_firms_from_draft_to_active(staff, visitor):
    today = timezone.localdate()
    page = visitor().sign_in(staff).open("partnerships:add_agreement")
    filled(page, today, today + timedelta(days=364))
    page.get_by_role("button", name="Simpan draf").click()
    page.get_by_role("heading", name="Kemitraan pemasok komponen plat dan spion").wait_for()

    page.get_by_role("link", name="Nomor dan penanda tangan").click()
    page.get_by_label("Nomor pihak ini").nth(2).fill("AC/2026/114")
    page.get_by_label("Penanda tangan").nth(2).fill("Citra Contoh")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("AC/2026/114").wait_for()

    page.get_by_role("link", name="Catat tanda tangan").click()
    page.fill('[name="signed_on"]', today.isoformat())
    page.fill('[name="place"]', "Slawi")
    page.set_input_files('[name="scan"]', {"name": "mou.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    page.locator("main form button[type=submit]").click()
    page.get_by_role("link", name="Aktifkan").click()
    page.get_by_role("button", name="Aktifkan perjanjian").click()
    page.get_by_text("Perjanjian aktif.").wait_for()

    agreement = Agreement.objects.get()
    assert (agreement.status, len(agreement.scan_sha256)) == ("active", 64)
    assert sorted(AgreementParty.objects.values_list("part", flat=True)) == [
        *["buyer"] * 3, *["enterprise"] * 2
    ]  # fmt: skip
    assert ScopeLine.objects.filter(promises__isnull=False).distinct().count() == 3

    page.get_by_role("link", name="Lihat tonggak").click()
    page.get_by_role("link", name="Ubah tonggak").first.click()
    page.fill('[name="quotation_planned"]', (today + timedelta(days=7)).isoformat())
    page.fill('[name="enquiry_reached"]', today.isoformat())
    page.get_by_role("button", name="Simpan tonggak").click()
    page.get_by_text("1 dari 7 tahap tercapai").wait_for()


def pdf() -> bytes:
    """A PDF of one empty page."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()

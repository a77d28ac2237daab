"""A registration sheet, from the office's mail to the register and back, in a real browser."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect

from closedloop.accounts.roles import Role
from participants.models import Cohort, Enterprise, ImportBatch
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory
from tests.journeys.conftest import DESK, PHONE

WORKBOOK = Path(__file__).parents[1] / "data" / "pendaftaran-ikm-2026.xlsx"
STRANGE = ["Business", "Kind", "Mobile", "Town", "Agreed", "Remarks"]
FIELDS = ["name", "legal_form", "phone", "regency", "consent"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def staff(transactional_db):
    call_command("load_reference", verbosity=0)
    CohortFactory(code="angkatan-6", name="Angkatan 6", quota=900, status=Cohort.Status.OPEN)
    return UserFactory(role=Role.STAFF, full_name="Sekar Ayu")


def upload(desk, path):
    page = desk.open("participants:upload", query="?angkatan=angkatan-6")
    page.set_input_files('input[type="file"]', path)
    page.get_by_role("button", name="Unggah dan periksa").click()
    return page


def take_back(page):
    page.get_by_role("link", name="Tarik kembali impor ini").click()
    page.get_by_role("button", name="Ya, tarik kembali").click()


def test_look_save_mend_and_take_back(staff, visitor, tmp_path):
    desk = visitor(DESK).sign_in(staff)
    desk.open("participants:upload")
    desk.picture("import-1-upload")
    page = upload(desk, WORKBOOK)
    save = page.get_by_role("button", name="Simpan 73 IKM")
    save.wait_for()
    desk.picture("import-2-preview")
    page.get_by_role("link", name="Salah 11").click()
    expect(page.get_by_role("row")).to_have_count(12)  # eleven faults under their headings
    page.go_back()
    save.click()
    page.get_by_text("73 IKM baru dan 0 perubahan tersimpan").wait_for()
    desk.picture("import-3-saved")
    assert Enterprise.objects.count() == 73
    first = page.url

    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh baris bermasalah").click()
    mended = mend(BytesIO(Path(download.value.path()).read_bytes()), tmp_path / "perbaiki.xlsx")
    page = upload(desk, mended)
    page.get_by_text("Perbaikan dari").wait_for()
    desk.picture("import-4-mended")
    page.get_by_role("button", name="Simpan 1 IKM").click()
    page.get_by_text("1 IKM baru dan 0 perubahan tersimpan").wait_for()
    assert Enterprise.objects.count() == 74

    page.goto(first)
    page.get_by_role("link", name="Tarik kembali impor ini").click()
    desk.picture("import-5-undo")
    page.get_by_role("button", name="Ya, tarik kembali").click()
    page.get_by_text("Impor ditarik kembali").wait_for()
    assert Enterprise.objects.count() == 1
    desk.open("participants:imports")
    desk.picture("import-6-history")

    upload(desk, mended).get_by_text("Berkas ini sudah diimpor pada").wait_for()
    upload(desk, WORKBOOK).get_by_role("button", name="Simpan 73 IKM").wait_for()

    phone = visitor(PHONE).sign_in(staff)
    phone.page.goto(page.url)
    phone.picture("import-7-preview-phone")


def mend(sheet, into) -> Path:
    """Put one refused row right, as somebody does in Excel, and leave the others out."""
    book = load_workbook(sheet)
    sheet = book.active
    headers = [cell.value for cell in sheet[1]]
    sheet.delete_rows(3, sheet.max_row)
    good = {
        "Nama Usaha": "Cipta Betul Teknik",
        "Bentuk Usaha": "CV",
        "No. HP/WA": "0812 9999 1234",
        "NIB": None,
        "NPWP": None,
        "Kab/Kota": "Kab. Tegal",
        "Provinsi": "Jawa Tengah",
        "Setuju data diproses (Ya/Tidak)": "Ya",
    }
    for header in headers[2:]:
        sheet.cell(2, headers.index(header) + 1, good.get(header))
    book.save(into)
    return into


def test_six_hundred_rows_with_strange_headings(staff, background, visitor, tmp_path):
    desk = visitor(DESK).sign_in(staff)
    path = tmp_path / "banyak.xlsx"
    path.write_bytes(six_hundred())
    page = upload(desk, path)
    page.get_by_role("heading", name="Kolom di berkas").wait_for()
    desk.picture("import-8-columns")
    page.get_by_role("button", name="Periksa isinya").click()
    page.get_by_text("Kolom yang wajib belum ada").first.wait_for()
    for index, field in enumerate(FIELDS):
        page.select_option(f"[name=kolom_{index}]", field)
    page.get_by_role("button", name="Periksa isinya").click()
    page.get_by_role("progressbar").or_(page.get_by_role("button", name="Simpan 600 IKM")).first.wait_for()
    desk.picture("import-9-progress")
    page.get_by_role("button", name="Simpan 600 IKM").click(timeout=120_000)
    page.get_by_role("link", name="Tarik kembali impor ini").wait_for(timeout=120_000)
    assert Enterprise.objects.count() == 600
    take_back(page)
    page.get_by_text("Ditarik kembali").first.wait_for(timeout=120_000)
    assert Enterprise.objects.count() == 0
    assert ImportBatch.objects.get().status == "undone"


def six_hundred() -> bytes:
    """Return a workbook of 600 rows whose headings nobody knows."""
    book, buffer = Workbook(), BytesIO()
    book.active.append(STRANGE)
    syllables = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu"]
    for number in range(600):
        name = "".join(syllables[int(digit)] for digit in f"{number:03d}").title()
        other = "".join(syllables[int(digit)] for digit in f"{number * 7919 % 10**6:06d}").title()
        phone = f"0812{10_000_000 + number}"
        book.active.append([f"{name} {other}", "CV", phone, "Kab. Tegal", "Ya", "-"])
    book.save(buffer)
    return buffer.getvalue()

"""An import in the browser, step by step: upload, match columns, look, save."""

from io import BytesIO
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.dashboard.tasks import counts_of, tasks_for
from participants.actions import load_reference
from participants.models import ColumnLayout, Enterprise, ImportBatch
from tests.client import PortalClient
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory

pytestmark = pytest.mark.django_db
KNOWN = ["Nama Usaha", "Bentuk Usaha", "No. HP/WA", "Kab/Kota", "Setuju data diproses (Ya/Tidak)"]
STRANGE = ["Business", "Kind", "Mobile", "Town", "Agreed"]
GOOD = ["Contoh Cor", "CV", "0812 3456 7890", "Kab. Tegal", "Ya"]
OTHER = ["Contoh Las", "PT", "0812 3456 7891", "Kab. Tegal", "Ya"]
BAD = ["Contoh Tempa", "CV", "0812-34", "Kab. Tegal", "Ya"]


@pytest.fixture
def staff(codes):
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def client(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def cohort(codes):
    return CohortFactory(code="2026", quota=80)


def sheet(headers, *rows) -> bytes:
    book = Workbook()
    for row in (headers, *rows):
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(client, cohort, content, *, key=None, name="daftar.xlsx"):
    file = SimpleUploadedFile(name, content)
    data = {"key": key or uuid4(), "cohort": cohort.code, "file": file}
    return client.post(reverse("participants:upload"), data)


def batch_of(response) -> ImportBatch:
    return ImportBatch.objects.get(pk=response.url.strip("/").split("/")[1])


def test_known_columns_lead_straight_to_the_preview(client, cohort):
    response = upload(client, cohort, sheet(KNOWN, GOOD, BAD))
    batch = batch_of(response)
    assert batch.status == "previewed"
    page = client.get(response.url).content.decode()
    assert "No. HP/WA" in page and "C3" in page
    assert not Enterprise.objects.exists()


def test_a_second_press_makes_one_import(client, cohort):
    key, content = uuid4(), sheet(KNOWN, GOOD)
    first = upload(client, cohort, content, key=key)
    assert upload(client, cohort, content, key=key).url == first.url
    assert ImportBatch.objects.count() == 1


def test_unknown_columns_are_matched_once_and_remembered(client, cohort):
    response = upload(client, cohort, sheet(STRANGE, GOOD))
    batch = batch_of(response)
    matching = client.get(response.url).url
    assert matching == reverse("participants:import_columns", args=[batch.pk])
    page = client.get(matching).content.decode()
    assert "Contoh Cor" in page and "Mobile" in page

    fields = ["name", "legal_form", "phone", "regency", "consent"]
    lacking = client.post(matching, {f"kolom_{index}": field for index, field in enumerate(fields[:4])})
    assert "Kolom yang wajib belum ada: Persetujuan pemrosesan data." in lacking.content.decode()
    twice = client.post(matching, {"kolom_0": "name", "kolom_1": "name"})
    assert "sudah diisi dari kolom “Business”" in twice.content.decode()
    assert not ColumnLayout.objects.exists()

    client.post(matching, {f"kolom_{index}": field for index, field in enumerate(fields)})
    batch.refresh_from_db()
    assert (batch.status, batch.counts()["new"]) == ("previewed", 1)

    again = batch_of(upload(client, cohort, sheet(STRANGE, GOOD, OTHER)))
    assert (again.status, again.counts()["new"]) == ("previewed", 2)

    # a person may still change it, and the preview is made anew
    client.post(reverse("participants:import_columns", args=[again.pk]), {
        f"kolom_{index}": field for index, field in enumerate(["name", "", "phone", "regency", "consent"])
    })  # fmt: skip
    assert again.counts()["error"] == 2  # without a legal form


def test_a_saved_file_again_changes_nothing_and_says_when_it_was(client, cohort, staff):
    content = sheet(KNOWN, GOOD)
    batch = batch_of(upload(client, cohort, content))
    save = reverse("participants:save_import", args=[batch.pk])
    client.post(save)
    response = client.post(save, follow=True)  # a second press
    assert "sudah tersimpan" in response.content.decode()
    assert Enterprise.objects.count() == 1

    response = upload(client, cohort, content)
    assert response.url == batch.get_absolute_url()
    page = client.get(response.url).content.decode()
    assert "Berkas ini sudah diimpor pada" in page and str(staff) in page
    assert ImportBatch.objects.count() == 1


def test_refused_rows_come_back_mended(client, cohort):
    batch = batch_of(upload(client, cohort, sheet(KNOWN, GOOD, BAD)))
    client.post(reverse("participants:save_import", args=[batch.pk]))
    book = load_workbook(BytesIO(client.get(reverse("participants:problems", args=[batch.pk])).content))
    assert [cell.value for cell in book.active[1]][:2] == ["Baris", "Alasan"]
    book.active["E2"] = "0812 3456 7892"
    buffer = BytesIO()
    book.save(buffer)

    fixed = batch_of(upload(client, cohort, buffer.getvalue(), name="perbaiki-daftar.xlsx"))
    assert fixed.mends == batch
    assert (fixed.status, fixed.counts()["new"], fixed.rows.count()) == ("previewed", 1, 1)
    assert batch.get_absolute_url() in client.get(fixed.get_absolute_url()).content.decode()
    # sent back a second time, the reason stands there once
    book = load_workbook(BytesIO(client.get(reverse("participants:problems", args=[fixed.pk])).content))
    assert [cell.value for cell in book.active[1]].count("Alasan") == 1


@pytest.mark.parametrize(
    "content, words",
    [
        (b"PK\x03\x04 broken", "bukan .xlsx yang utuh"),
        (sheet(["a"], ["b"]), "Tidak ada baris judul kolom"),
    ],
)
def test_a_file_that_is_none_is_refused_at_its_field(client, cohort, content, words):
    page = upload(client, cohort, content).content.decode()
    assert words in page
    assert not ImportBatch.objects.exists()


def test_tabs_show_the_rows_of_one_outcome(client, cohort):
    batch = batch_of(upload(client, cohort, sheet(KNOWN, GOOD, OTHER, BAD)))
    address = batch.get_absolute_url()
    assert "Contoh Las" not in client.get(f"{address}?hasil=error").content.decode()
    assert "Contoh Las" in client.get(f"{address}?hasil=new").content.decode()
    assert "Contoh Tempa" in client.get(f"{address}?hasil=semua").content.decode()


def test_the_empty_sheet_is_read_back_without_its_example(client, cohort):
    content = client.get(reverse("participants:import_template")).content
    book = load_workbook(BytesIO(content))
    assert len(book.worksheets[0].data_validations.dataValidation) == 5
    row = [cell.value for cell in book["Contoh"][2]]
    for column, value in enumerate(row, 1):
        book.worksheets[0].cell(2, column, value)
    buffer = BytesIO()
    book.save(buffer)
    batch = batch_of(upload(client, cohort, buffer.getvalue()))
    assert batch.rows.count() == 1
    assert batch.counts()["new"] == 1, batch.rows.get().problems


def test_the_history_is_searched(client, cohort):
    upload(client, cohort, sheet(KNOWN, GOOD), name="daftar-mei.xlsx")
    address = reverse("participants:imports")
    assert "daftar-mei" in client.get(address, {"q": "mei", "angkatan": "2026"}).content.decode()
    assert "daftar-mei" not in client.get(address, {"status": "saved"}).content.decode()


def test_a_file_the_storage_has_lost_is_asked_for_again(client, cohort):
    batch = batch_of(upload(client, cohort, sheet(KNOWN, GOOD)))
    batch.upload.storage.delete(batch.upload.name)
    address = reverse("participants:import_columns", args=[batch.pk])
    page = client.get(address, follow=True).content.decode()
    assert "tidak tersimpan lagi" in page


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_save_once():
    """Over two connections: one of them saves, the other waits for it and is told."""
    load_reference()
    staff, cohort = UserFactory(role=Role.STAFF), CohortFactory(code="2026", quota=80)
    browsers = [PortalClient(), PortalClient()]
    for browser in browsers:
        browser.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    batch = batch_of(upload(browsers[0], cohort, sheet(KNOWN, GOOD, OTHER)))
    address = reverse("participants:save_import", args=[batch.pk])
    start, answers = Barrier(2), []

    def press(browser):
        try:
            start.wait()
            answers.append(browser.post(address).status_code)
        finally:
            connection.close()

    threads = [Thread(target=press, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302, 302]
    assert Enterprise.objects.count() == 2
    assert Event.objects.about(batch).filter(verb="importbatch.saved").count() == 1
    told = [
        str(one)
        for browser in browsers
        for one in browser.get(address.removesuffix("simpan/")).context["messages"]
    ]
    assert any("2 IKM baru" in text for text in told) and len(told) == 2


def test_an_upload_waits_among_the_tasks_from_its_columns_to_its_end(client, staff, cohort):
    def waiting():
        return counts_of(tasks_for(staff)).get("participants:imports", 0)

    assert waiting() == 0
    upload(client, cohort, sheet(STRANGE, GOOD))
    assert ImportBatch.objects.get().status == "uploaded" and waiting() == 1
    batch = batch_of(upload(client, cohort, sheet(KNOWN, OTHER), name="lain.xlsx"))
    assert batch.status == "previewed" and waiting() == 2
    client.post(reverse("participants:save_import", args=[batch.pk]))
    assert waiting() == 1

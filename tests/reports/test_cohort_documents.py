"""All documents of a cohort, a module or a board: one request, one zip with clear names."""

import gc
import io
import weakref
import zipfile
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from closedloop.accounts.roles import Role
from closedloop.reports.cohort_documents import WORDS, subjects_of
from closedloop.reports.downloads import zip_name, zip_stream
from closedloop.reports.models import Kind, ReportBatch, ReportJob
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, PersonFactory
from tests.factories.reports import PDF, ReportBatchFactory, ReportJobFactory, small_snapshot
from tests.factories.trainings import CertificateFactory
from trainings.actions import revoke_certificate

pytestmark = pytest.mark.django_db


def page_of(response) -> str:
    return response.content.decode()


def wish(**data):
    return {"form_key": uuid4(), **data}


def archive_of(content) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(content)))


# --- Asking ---------------------------------------------------------------------------------------------
def test_the_certificates_of_a_module_are_one_request(client, login):
    login(Role.STAFF)
    first = CertificateFactory(person=PersonFactory(full_name="Sri Contoh"))
    cohort = first.enrolment.cohort
    other = CertificateFactory(enrolment__cohort=cohort, module=first.module)
    revoke_certificate(other, "Salah nama.", by=UserFactory(role=Role.STAFF))
    CertificateFactory()
    data = wish(kind="sertifikat-pelatihan", cohort=cohort.pk, module=first.module.code)
    page = page_of(client.post(reverse("reports:documents"), data, follow=True))
    batch = ReportBatch.objects.get()
    assert (
        batch.title == f"Sertifikat Pelatihan: {cohort} {first.module.code}, 1 berkas" and batch.title in page
    )
    job = batch.jobs.get()
    assert job.subject_id == first.pk
    assert job.subject_name.startswith(f"Sri Contoh, {first.module.code} (")


def test_the_address_of_another_page_fills_the_form(client, login):
    login(Role.LEAD)
    cohort = EnrolmentFactory().cohort
    page = page_of(
        client.get(reverse("reports:documents"), {"jenis": "daftar-hadir", "angkatan": cohort.code})
    )
    assert 'value="daftar-hadir" selected' in page and f'value="{cohort.pk}" selected' in page


@pytest.mark.parametrize(
    "change, message",
    [
        ({}, "Belum ada dokumen ini di angkatan"),
        ({"kind": "novel"}, "Pilih dokumen dari daftar."),
        ({"cohort": ""}, "Pilih angkatan."),
        ({"day": "2026-11-24"}, "bukan dari sidang"),
        ({"form_key": ""}, "Muat ulang, lalu kirim lagi"),
    ],
)
def test_what_cannot_be_asked_for_is_told_at_its_field(client, login, change, message):
    login(Role.LEAD)
    data = wish(kind="sertifikat-pelatihan", cohort=CohortFactory().pk) | change
    assert message in page_of(client.post(reverse("reports:documents"), data))
    assert not ReportBatch.objects.exists()


@pytest.mark.parametrize("kind", WORDS.values())
def test_every_document_knows_its_cohort(kind):
    day = timezone.localdate()
    found = subjects_of(kind, UserFactory(role=Role.LEAD), CohortFactory(), module="M1", day=day)
    assert list(found) == []


# --- Taking away ----------------------------------------------------------------------------------------
def test_the_zip_has_each_paper_its_excel_and_a_list_with_what_failed():
    batch = ReportBatchFactory(title="Laporan Perkembangan IKM: Angkatan 5, 2 berkas")
    job = ReportJobFactory(batch=batch, finished=True, subject_name="CV ../Contoh\\Presisi/*?")
    ReportJobFactory(batch=batch, given_up=True, subject_name="CV Gagal")
    with archive_of(zip_stream(batch, batch.jobs.done())) as archive:
        assert archive.testzip() is None
        name = "laporan-ikm-cv-contohpresisi-20261124"
        assert archive.namelist() == [f"{name}.pdf", f"{name}.xlsx", "00-daftar-isi.xlsx"]
        assert archive.read(f"{name}.pdf") == PDF
        assert archive.getinfo(f"{name}.pdf").date_time[0] >= 2026
        figures = load_workbook(io.BytesIO(archive.read(f"{name}.xlsx"))).worksheets[0]
        listing = load_workbook(io.BytesIO(archive.read("00-daftar-isi.xlsx"))).worksheets[0]
    assert figures["D2"].value == 69.2
    rows = list(listing.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [f"{name}.pdf", None]
    assert rows[0][7] == job.artifact_sha256 and job.code in rows[0][6]
    assert rows[1][1:5] == ("CV Gagal", rows[1][2], "Gagal", "Foto rusak pada temuan KS7.")


def test_the_zip_is_sent_as_it_is_made():
    batch = ReportBatchFactory()
    for _ in range(3):
        ReportJobFactory(batch=batch, finished=True)
    opened = []

    def jobs():
        for job in batch.jobs.done():
            opened.append(job.code)
            yield job

    stream = zip_stream(batch, jobs())
    assert PDF[:4] in next(stream) or next(stream)
    assert len(opened) == 1  # the second paper is read when the first is on its way


def test_the_zip_keeps_no_paper_that_is_on_its_way():
    batch = ReportBatchFactory()
    for _ in range(3):
        ReportJobFactory(batch=batch, finished=True)
    alive = []

    def jobs():
        for pk in batch.jobs.values_list("pk", flat=True):
            gc.collect()
            alive.append(sum(one() is not None for one in seen))
            job = ReportJob.objects.get(pk=pk)
            seen.append(weakref.ref(job))
            yield job
            del job

    seen: list = []
    archive_of(zip_stream(batch, jobs()))
    assert alive == [0, 1, 1]  # the one before, at most, however many there are


def test_a_certificate_has_no_figures_and_so_no_excel():
    batch = ReportBatchFactory(kind=Kind.TRAINING, title="Sertifikat Pelatihan: Angkatan 5 M1, 1 berkas")
    ReportJobFactory(batch=batch, finished=True, snapshot=small_snapshot(kind="training"))
    with archive_of(zip_stream(batch, batch.jobs.done())) as archive:
        assert [name.rpartition(".")[2] for name in archive.namelist()] == ["pdf", "xlsx"]
    day = timezone.localdate()
    assert zip_name(batch) == f"sertifikat-pelatihan-angkatan-5-m1-1-berkas-{day:%Y%m%d}.zip"

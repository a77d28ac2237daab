"""The page on which a stranger holds a paper and its file against what was issued."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.core.models import CODE_ALPHABET
from closedloop.reports import artefacts
from closedloop.reports.checking import names_in
from tests.factories.accounts import UserFactory
from tests.factories.reports import (
    PDF,
    ReportBatchFactory,
    ReportJobFactory,
    RevocationFactory,
    SupersessionFactory,
    small_snapshot,
)

pytestmark = pytest.mark.django_db


def page_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def with_figures() -> dict:
    """A snapshot with a headline, another figure with parts, one withheld, and names."""
    snapshot = small_snapshot(
        requested_role="Pimpinan",
        requested_by="Sri Contoh, Pimpinan",
        signers=[{"name": "Dewi Contoh"}, {"name": "Sri Contoh, Pimpinan"}, {"name": ""}],
        versions=[["Rubrik", "Rubrik contoh v3"], ["Aturan angka", "3f9a2c1b"]],
    )
    base = {**snapshot["figures"]["scores.last"], "withheld": False, "parts": []}
    part = {"key": "2", "name": "Madya", "value": "4", "text": "4"}
    snapshot["figures"] = {
        "scores.last": {**base, "mark": "A1"},
        "scores.classes": {**base, "mark": "A2", "name": "IKM menurut kelas", "text": "7", "parts": [part]},
        "money.paid": {**base, "mark": "A3", "name": "Nilai dibayar", "withheld": True},
    }
    return snapshot


def issued(**job):
    batch = ReportBatchFactory(completed_at=timezone.now())
    return ReportJobFactory(batch=batch, finished=True, **{"snapshot": with_figures(), **job})


def check(client, job):
    return page_of(client.get(reverse("reports:verify", args=[job.code])))


def lay(client, content: bytes, *code, name="laporan.pdf"):
    """Lay a file on the page, as a phone without scripts does."""
    upload = SimpleUploadedFile(name, content, "application/pdf")
    return client.post(reverse("reports:compare", args=code), {"berkas": upload})


# --- By the code ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("write", [str, str.lower, lambda code: "-".join((code[:4], code[4:8], code[8:]))])
def test_a_stranger_sees_what_the_paper_must_say(client, write):
    job = issued()
    response = client.get(reverse("reports:verify", args=[write(job.code)]))
    page = page_of(response)
    for phrase in (
        "Laporan Perkembangan IKM",
        "CV Contoh Presisi",
        job.number,
        "24 November 2026, 10.12 WIB",
        "Pimpinan",
        "Rubrik contoh v3",
        "3f9a2c1b",
        "Nilai total terakhir",
        "69,2",
        "Nilai total penilaian resmi terakhir.",
        "per 24 November 2026, 10.12 WIB",
        "Madya: 4",
        job.artifact_sha256,
        "Berlaku",
    ):
        assert phrase in page, phrase
    assert "Nilai dibayar" not in page
    assert response["X-Robots-Tag"] == "noindex"


def test_each_figure_has_its_own_line_under_its_short_code(client):
    job = issued()
    page = check(client, job)
    for mark, name in (("A1", "Nilai total terakhir"), ("A2", "IKM menurut kelas")):
        assert re.search(rf'<tr id="{mark}".*?{name}', page)
    typed = client.get(reverse("reports:verify"), {"kode": f"{job.spoken_code} a2"})
    assert typed.url == f"/periksa/{job.code}/#A2"


def test_names_are_for_who_is_signed_in_and_may_know_of_the_report(client, login):
    job = issued()
    assert "Dewi Contoh" not in (page := check(client, job)) and "Sri Contoh" not in page
    assert "Masuk untuk melihatnya" in page
    login(Role.OWNER)
    assert "Dewi Contoh" not in check(client, job)
    login(Role.LEAD)
    assert "Sri Contoh, Pimpinan, Dewi Contoh" in check(client, job)
    assert names_in(job.snapshot) == ["Sri Contoh, Pimpinan", "Dewi Contoh"]


def test_a_paper_of_before_short_codes_is_still_read(client):
    page = check(client, issued(snapshot=small_snapshot()))
    assert "69,2" in page and "None" not in page


def test_one_wrong_character_is_told_from_a_code_nobody_has_and_nothing_is_suggested(client):
    job = issued()
    wrong = job.code[:4] + next(sign for sign in CODE_ALPHABET if sign != job.code[4]) + job.code[5:]
    for typed in (wrong, job.code[:-1], job.code[:4] + "O" + job.code[5:]):
        response = client.get(reverse("reports:verify"), {"kode": typed})
        page = page_of(response)
        assert response.status_code == 404 and "Kode ini salah ketik" in page
        assert job.code not in page and job.number not in page


def test_a_well_typed_code_that_nobody_issued_is_not_ours(client):
    for code in (ReportJobFactory.build().code, ReportJobFactory().code):  # never made; not finished
        response = client.get(reverse("reports:verify", args=[code]))
        assert response.status_code == 404 and "Kode ini tidak dikenal" in page_of(response)


def test_a_code_can_be_typed(client):
    job = issued()
    assert "Kode verifikasi pada laporan" in page_of(client.get(reverse("reports:verify")))
    assert job.number in page_of(client.get(reverse("reports:verify"), {"kode": f" {job.spoken_code} "}))


def test_a_hall_behind_one_address_is_never_locked_out(client):
    job = issued()
    wrong = reverse("reports:verify", args=["222222222222"])
    assert {client.get(wrong).status_code for _ in range(60)} == {404}
    assert lay(client, PDF + b"x", job.code).status_code == 200
    assert job.number in check(client, job)


# --- In force, superseded, revoked ------------------------------------------------------------------------
def test_both_reports_show_what_changed(client):
    old, new = issued(), issued()
    change = {"mark": "A1", "code": "scores.last", "name": "Nilai total", "before": "69,2", "after": "71,5"}
    SupersessionFactory(old=old, new=new, changes=[change])
    page = check(client, old)
    assert f"digantikan oleh {new.number} pada" in page and "masih berlaku" not in page
    assert f"Yang berubah pada {new.number}" in page and "71,5" in page
    page = check(client, new)
    assert "masih berlaku" in page and f"Yang berubah sejak {old.number}" in page and "71,5" in page


def test_a_newer_report_without_a_changed_figure_says_so(client):
    old, new = issued(), issued()
    SupersessionFactory(old=old, new=new)
    assert "Tidak ada angka yang berubah." in check(client, old)


def test_a_revoked_report_says_when_and_why(client):
    job = issued()
    SupersessionFactory(old=job)
    RevocationFactory(job=job)
    page = check(client, job)
    assert "dicabut pada" in page and "Alasan: Nilai tes akhir salah masuk." in page
    assert "masih berlaku" not in page


# --- By the file --------------------------------------------------------------------------------------------
def test_the_true_file_is_the_issued_one(client):
    job = issued()
    assert "sama persis dengan yang diterbitkan" in page_of(lay(client, PDF, job.code))


@pytest.mark.parametrize("content", [PDF + b" ", PDF[:-1] + b"0", b"", b"bukan pdf"])
def test_one_changed_byte_is_no_issued_file(client, content):
    job = issued()
    page = page_of(lay(client, content, job.code))
    assert "bukan berkas yang diterbitkan" in page or "Pilih berkas PDF" in page
    assert "sama persis dengan yang diterbitkan" not in page


def test_another_reports_file_is_named(client):
    job = issued()
    content = b"%PDF-1.7 lain"
    other = issued(artifact_sha256=artefacts.store(content, job.pk))
    page = page_of(lay(client, content, job.code))
    assert "Berkas Anda laporan yang lain" in page and f"asli {other.number}" in page
    assert "sama persis dengan" not in page


def test_a_file_alone_finds_its_report(client):
    job = issued()
    page = page_of(lay(client, PDF))
    assert job.number in page and "sama persis dengan yang diterbitkan" in page
    assert "bukan berkas yang diterbitkan" in page_of(lay(client, b"%PDF lain"))


def test_a_file_too_large_or_missing_is_told(client, monkeypatch):
    job = issued()
    assert "Pilih berkas PDF laporan." in page_of(client.post(reverse("reports:compare", args=[job.code])))
    monkeypatch.setattr("closedloop.reports.check_views.LARGEST_FILE", 3)
    assert "Berkas lebih besar dari 25" in page_of(lay(client, PDF, job.code))


def test_a_file_is_laid_beside_an_unknown_code_in_vain(client):
    assert lay(client, PDF, "222222222222").status_code == 404


def test_a_file_name_is_text(client):
    page = page_of(lay(client, b"x", issued().code, name="<script>alert(1)</script>.pdf"))
    assert "<script>alert" not in page


# --- Revoking -----------------------------------------------------------------------------------------------
def test_a_lead_revokes_on_a_page_of_its_own(client, login):
    job = issued()
    login(Role.LEAD)
    address = reverse("reports:revoke", args=[job.code])
    assert reverse("reports:revoke", args=[job.code]) in page_of(client.get(job.batch.get_absolute_url()))
    assert "sedikitnya 10 huruf" in page_of(client.post(address, {"reason": "salah"}))
    response = client.post(address, {"reason": "Nilai tes akhir salah masuk."}, follow=True)
    assert "dicabut pada" in page_of(response)
    assert client.get(address).status_code == 404
    assert "Dicabut" in page_of(client.get(job.batch.get_absolute_url()))


def test_the_request_says_what_took_the_place(client, login):
    old = issued()
    new = SupersessionFactory(old=old).new
    login(UserFactory(role=Role.STAFF))
    page = page_of(client.get(old.batch.get_absolute_url()))
    assert "Digantikan" in page and new.number in page and "laporan/cabut" not in page

"""Papers, measurements and visit notes from the form: kept once, shown with day, basis and age, handed out safely."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments import actions
from assessments.actions.pieces import Piece
from assessments.models import Evidence
from assessments.snapshots import more_of
from closedloop.accounts.roles import Role
from tests.factories.assessments import AssessmentFactory, RubricFactory, criteria_of
from tests.factories.participants import MentorAssignmentFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 5)  # of the visit
PDF = b"%PDF-1.7\nsertifikat"


@pytest.fixture
def assessment(login):
    asks = {"evidence_scores": [2, 3, 4], "evidence_max_age_days": {"document": 365}}
    return AssessmentFactory(
        assessor=login(Role.ASSESSOR), rubric=RubricFactory(content__asks=asks), visited_on=DAY, filled=3
    )


def address(assessment, kind, item="KS1", slug="k3l"):
    return reverse("assessments:add_piece", args=[assessment.code, slug, item, kind])


def post(client, assessment, kind, **data):
    response = client.post(address(assessment, kind), {"key": str(uuid4()), **data}, follow=True)
    return response.content.decode()


def pdf():
    return SimpleUploadedFile("sertifikat kalibrasi.pdf", PDF, "application/pdf")


def test_a_paper_backs_two_items_with_one_file_and_is_saved_not_opened(client, assessment):
    data = {"paper": pdf(), "taken_on": "2026-05-01", "valid_until": "2027-05-01", "also": ["KS7"]}
    page = post(client, assessment, "dokumen", text="Sertifikat kalibrasi", **data)
    assert "Bukti disimpan untuk butir KS1" in page
    assert "berlaku sampai 1 Mei 2027" in page
    one, other = Evidence.objects.order_by("criterion__order")
    assert one.file.name == other.file.name
    assert {(e.kind, e.basis, e.caption) for e in (one, other)} == {
        ("document", "dokumen", "Sertifikat kalibrasi")
    }
    answer = client.get(one.url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer.content) == ("nosniff", PDF)
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_shared_file_goes_with_the_last_item(assessment, django_capture_on_commit_callbacks):
    items = list(criteria_of(assessment).filter(code__in=["KS1", "KS7"]))
    piece = Piece("Sertifikat", DAY, paper=ContentFile(PDF))
    first = actions.add_piece(assessment, items, piece, by=assessment.assessor)
    storage, name = first.file.storage, first.file.name
    for evidence, is_left in ((first, True), (assessment.evidence.exclude(pk=first.pk).get(), False)):
        with django_capture_on_commit_callbacks(execute=True):
            actions.remove_evidence(evidence, by=assessment.assessor)
        assert storage.exists(name) is is_left


def test_a_measurement_is_a_figure_with_unit_and_instrument(client, assessment):
    data = {"text": "Diameter poros", "value": "12,05", "unit": "mm", "instrument": "Jangka sorong"}
    page = post(client, assessment, "pengukuran", **data)
    assert "Diameter poros: 12,05 mm (Jangka sorong)" in page
    kept = Evidence.objects.get()
    assert (kept.value, kept.unit, kept.taken_on, kept.basis) == (Decimal("12.05"), "mm", DAY, "genba")


def test_a_note_says_where_it_was_seen_and_twice_pressed_is_one(client, assessment):
    data = {"text": "Buku perawatan terisi sampai pekan ini", "basis": "dokumen", "taken_on": "2026-05-05"}
    key = str(uuid4())
    for _press in range(2):
        client.post(address(assessment, "catatan"), {"key": key, **data})
    assert Evidence.objects.get().basis == "dokumen"


@pytest.mark.parametrize(
    "kind, data, words",
    [
        ("dokumen", {"taken_on": "2026-05-01"}, "Pilih berkasnya"),
        ("dokumen", {"paper": "html", "taken_on": "2026-05-01"}, "bukan PDF, JPG, atau PNG"),
        ("dokumen", {"paper": "pdf"}, "Isi tanggal dokumen"),
        ("dokumen", {"paper": "pdf", "taken_on": "2026-05-01", "valid_until": "2026-04-30"}, "tidak boleh sebelum"),
        ("dokumen", {"paper": "pdf", "taken_on": "2999-01-01"}, "tidak boleh setelah hari ini"),
        ("pengukuran", {"text": "Kebisingan", "value": "delapan", "unit": "dB"}, "Ini bukan angka"),
        ("pengukuran", {"text": "Kebisingan", "value": "99999999999", "unit": "dB"}, "terlalu besar"),
        ("pengukuran", {"text": "Kebisingan", "value": "82"}, "Isi satuannya"),
        ("catatan", {"text": " ", "basis": "genba", "taken_on": "2026-05-01"}, "Tulis catatan kunjungannya"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_kept(client, assessment, kind, data, words):
    files = {"pdf": pdf(), "html": SimpleUploadedFile("a.pdf", b"<script>")}
    page = post(client, assessment, kind, **{name: files.get(value, value) for name, value in data.items()})
    assert words in page
    assert not Evidence.objects.exists()


def test_a_piece_that_is_there_backs_another_item(client, assessment):
    item = criteria_of(assessment).get(code="KS7")
    note = actions.add_piece(assessment, [item], Piece("Dilihat di lini", DAY), by=assessment.assessor)
    url = address(assessment, "sudah-ada")
    assert "Dilihat di lini" in client.get(url).content.decode()
    client.post(url, {"evidence": note.pk})
    assert set(assessment.evidence.values_list("criterion__code", "caption")) == {
        ("KS7", "Dilihat di lini"),
        ("KS1", "Dilihat di lini"),
    }
    assert "Belum ada bukti lain" in client.get(url).content.decode()


def test_the_button_saves_the_section_before_it_leads_to_the_page(client, assessment):
    url = reverse("assessments:section", args=[assessment.code, "k3l"])
    data = {"version": assessment.version, "nilai_KS1": "2", "nilai_KS7": "3", "go": "bukti.KS1.dokumen"}
    response = client.post(url, data)
    assert response.url == address(assessment, "dokumen")
    assert assessment.scores.get(criterion__code="KS1").value == 2
    assert client.post(url, {**data, "version": 99, "go": "bukti.KS1.gosip"}).status_code in (200, 302)


def test_unknown_items_and_kinds_are_not_found(client, assessment):
    for url in (address(assessment, "gosip"), address(assessment, "dokumen", item="R1-1")):
        assert client.get(url).status_code == 404


def test_at_most_twenty_pieces_at_an_item(assessment):
    item = criteria_of(assessment).get(code="KS1")
    for n in range(20):
        actions.add_piece(assessment, [item], Piece(f"Catatan {n}", DAY), by=assessment.assessor)
    with pytest.raises(ValidationError, match="sudah punya 20 bukti"):
        actions.add_piece(assessment, [item], Piece("Satu lagi", DAY), by=assessment.assessor)


def test_readers_of_the_result_see_each_piece_at_its_item(client, login, assessment):
    item = criteria_of(assessment).get(code="KS1")
    actions.add_piece(
        assessment,
        [item],
        Piece("Kebisingan", DAY, value=Decimal("82.5"), unit="dB", instrument="SLM"),
        by=assessment.assessor,
    )
    MentorAssignmentFactory(enrolment=assessment.enrolment, mentor=login(Role.MENTOR))
    page = client.get(assessment.get_absolute_url()).content.decode()
    assert "Kebisingan: 82,5 dB (SLM)" in page
    assert "Pengukuran, genba" in page
    assert more_of(assessment.evidence.get()) == {
        "basis": "genba",
        "value": Decimal("82.5"),
        "unit": "dB",
        "instrument": "SLM",
    }

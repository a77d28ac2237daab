"""Pure parts: processes by their words, the trail in sentences, workbooks that run nothing."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from participants.processes import code_of
from participants.sheets import workbook_bytes
from participants.timeline import entries, owner_verbs
from participants.timeline_words import SENTENCES


@pytest.mark.parametrize(
    "words, code",
    [
        ("Stamping", "stamping"),
        ("  Bubut/CNC ", "turning"),
        ("bubut dan cnc", "turning"),
        ("Las & bending", "welding"),
        ("PENGECORAN BESI", "casting"),
        ("Injeksi plastik", "plastic-injection"),
        ("kompresi karet", "rubber-moulding"),
        ("Cold forging", "cold-forging"),
        ("coiling", "coiling"),
        ("Pemesinan", "machining"),
        ("menyulam", None),
        ("", None),
    ],
)
def test_a_process_is_known_by_the_words_people_use(words, code):
    assert code_of(words) == code


@pytest.mark.parametrize("text", ["=1+1", "+62812", "-5", "@SUM(A1)", "=HYPERLINK(0)", "biasa", "a\x01b"])
def test_text_stays_text_in_every_workbook(text):
    sheet = load_workbook(BytesIO(workbook_bytes("Lembar", [text], [[text]]))).active
    for row in sheet.iter_rows():
        assert row[0].data_type == "s"
        assert row[0].value == text.replace("\x01", "")
        assert row[0].quotePrefix == (text[0] in "=+-@")


def event(verb, **more):
    return SimpleNamespace(
        **{
            "verb": verb,
            "actor_name": "Petugas",
            "at": None,
            "target_type": "participants.enterprise",
            "target_name": "CV Contoh",
            "data": {},
            **more,
        }
    )


def told(*events, **options):
    return [(str(entry.title), entry.text) for entry in entries(events, **options)]


def test_events_are_told_in_plain_words():
    assert told(
        event("enterprise.updated", data={"changes": {"founded_year": [1, 2], "nib": [None, "•1234"]}}),
        event(
            "enrolment.withdrawn",
            target_type="participants.enrolment",
            target_name="CV Contoh, Angkatan 6",
            data={"before": "active", "reason": "Usaha dijual"},
        ),
        event("document.added", target_type="participants.document", target_name="ISO 9001 QMS-1"),
        event("annualfigure.recorded", target_type="participants.annualfigure", data={"year": 2025}),
    ) == [
        ("Data usaha diubah", "Berubah: tahun berdiri, NIB"),
        ("Keluar dari program", "Angkatan 6 · Alasan: Usaha dijual"),
        ("Dokumen ditambahkan", "ISO 9001 QMS-1"),
        ("Angka tahunan dicatat", "2025"),
    ]


def test_a_verb_nobody_wrote_a_sentence_for_is_told_to_the_programme_only():
    strange = event("future.verb", target_type="future.thing", target_name="Hal baru")
    assert told(strange) == [("Catatan diperbarui", "Hal baru")]
    assert told(strange, for_owner=True) == []
    assert "future.verb" not in owner_verbs()


def test_what_is_still_discussed_stays_from_the_owner():
    assert "assessment.approved" in owner_verbs()
    for verb in ("classdecision.proposed", "assessment.submitted", "assessment.returned"):
        assert SENTENCES[verb].is_inner and verb not in owner_verbs()

"""A real paper that somebody changed: the page says so in words, whatever was changed."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from closedloop.accounts.roles import Role
from closedloop.reports.models import Kind
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory
from tests.reports.issuing import bytes_of, issue, links_in
from tests.reports.programmes import generated

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
]
LETTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]{4})>")
GLYPH = re.compile(rb"<([0-9a-f]{4})>")
TEXT = re.compile(rb"BT\n1 .*?\nET", re.DOTALL)
FONT = re.compile(rb"/([A-Z]+) [0-9.]+ Tf")


def first_words(content: bytes) -> str:
    return PdfReader(io.BytesIO(content)).pages[0].extract_text()


def letters_of(page, drawn: bytes) -> dict[bytes, str]:
    """Return {glyph: letter} of the font that a text object is drawn with."""
    font = page["/Resources"]["/Font"]["/" + FONT.search(drawn)[1].decode()].get_object()
    pairs = LETTER.findall(font["/ToUnicode"].get_object().get_data())
    return {glyph: chr(int(letter, 16)) for glyph, letter in pairs}


def with_digits_turned(drawn: bytes, letters: dict[bytes, str]) -> bytes:
    """Return a text object with each digit made another one of those that its font holds."""
    digits = sorted(glyph for glyph, letter in letters.items() if letter.isdigit())
    turned = dict(zip(digits, digits[1:] + digits[:1], strict=True))
    return GLYPH.sub(lambda found: b"<" + turned.get(found[1], found[1]) + b">", drawn)


def with_edited_figure(content: bytes, figure: str) -> bytes:
    """Return the PDF with other digits in this figure of its first page, packed again as an editor packs it."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    page, edits = writer.pages[0], 0

    def edit(found) -> bytes:
        nonlocal edits
        letters = letters_of(page, found[0])
        if "".join(letters[glyph] for glyph in GLYPH.findall(found[0])).strip() != figure:
            return found[0]
        edits += 1
        return with_digits_turned(found[0], letters)

    edited = DecodedStreamObject()
    edited.set_data(TEXT.sub(edit, page.get_contents().get_data()))
    page[NameObject("/Contents")] = writer._add_object(edited.flate_encode())
    out = io.BytesIO()
    writer.write(out)
    assert edits
    return out.getvalue()


def edited_figure(job) -> str:
    """Return a headline figure with digits, as it stands on the paper."""
    shown = [job.snapshot["figures"][code] for code in job.snapshot["headlines"]]
    return next(one["short"] for one in shown if one["known"] and re.search(r"\d", one["short"]))


def said_of(client, content: bytes, code: str) -> str:
    upload = SimpleUploadedFile("laporan.pdf", content, "application/pdf")
    return client.post(reverse("reports:compare", args=[code]), {"berkas": upload}).content.decode()


def test_a_changed_paper_is_told_from_the_true_one(client):
    lead = UserFactory(role=Role.LEAD)
    made = generated(2)
    subjects = [made.enterprises[0], EnterpriseFactory()]
    job, other = (issue(Kind.ENTERPRISE, subject, by=lead) for subject in subjects)
    true = bytes_of(job)
    assert "sama persis" in said_of(client, true, job.code)

    at = len(true) // 2
    one_byte = true[:at] + bytes([true[at] ^ 1]) + true[at + 1 :]
    figure = edited_figure(job)
    edited = with_edited_figure(true, figure)
    assert re.sub(r"\d", "0", first_words(edited)) == re.sub(r"\d", "0", first_words(true))
    assert first_words(edited) != first_words(true)
    for changed in (one_byte, edited, true[:-1], true + b"\n"):
        said = said_of(client, changed, job.code)
        assert "Berkas Anda bukan berkas yang diterbitkan" in said and "sama persis dengan" not in said

    said = said_of(client, true, other.code)  # the paper of one with the code of another
    assert "Berkas Anda laporan yang lain" in said and job.number in said

    links = links_in(true)
    marks = [one.partition("#")[2] for one in links]
    assert {one.partition("#")[0] for one in links} == {job.snapshot["url"]}
    wanted = {figure["mark"] for figure in job.snapshot["figures"].values()}
    assert wanted <= set(marks) and marks.count("A1") == 2  # above the paper, and where its meaning stands
    page = client.get(reverse("reports:verify", args=[job.code])).content.decode()
    assert all(f'id="{mark}"' in page for mark in wanted)

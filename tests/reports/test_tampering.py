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

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    # WeasyPrint leaves its colour profile to be closed by the collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
GLYPHS = re.compile(rb"<([0-9a-fA-F]{4})([0-9a-fA-F]{4})")


def first_words(content: bytes) -> str:
    return PdfReader(io.BytesIO(content)).pages[0].extract_text()


def with_edited_words(content: bytes) -> bytes:
    """Return the PDF with the first two differing letters of a text of its first page swapped, as an editor would."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    page = writer.pages[0]
    drawn = page.get_contents().get_data()
    found = next(one for one in GLYPHS.finditer(drawn) if one[1] != one[2])
    edited = DecodedStreamObject()
    edited.set_data(drawn[: found.start()] + b"<" + found[2] + found[1] + drawn[found.end() :])
    page[NameObject("/Contents")] = writer._add_object(edited)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def said_of(client, content: bytes, code: str) -> str:
    upload = SimpleUploadedFile("laporan.pdf", content, "application/pdf")
    return client.post(reverse("reports:compare", args=[code]), {"berkas": upload}).content.decode()


def test_a_changed_paper_is_told_from_the_true_one(client):
    lead = UserFactory(role=Role.LEAD)
    job, other = (issue(Kind.ENTERPRISE, EnterpriseFactory(), by=lead) for _ in range(2))
    true = bytes_of(job)
    assert "sama persis" in said_of(client, true, job.code)

    at = len(true) // 2
    one_byte = true[:at] + bytes([true[at] ^ 1]) + true[at + 1 :]
    edited = with_edited_words(true)
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

"""Every kind as a paper, read back: text, pages, fonts, tags, outline, links; the shortest case and a long one."""

import io
import re

import pytest
from django.utils import translation
from pypdf import PdfReader

from closedloop.reports import kinds, pdf  # noqa: TID253 this is its test
from closedloop.reports.models import Kind
from tests.reports.papers import CODE, lengthened, shortest, snapshot_of
from tests.reports.structure import faults

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
]
CERTIFICATES = {Kind.TRAINING, Kind.CLASS}
ONE_PAGE = {Kind.CARD, *CERTIFICATES}
LONG = pytest.mark.long


def read(rendered) -> PdfReader:
    return PdfReader(io.BytesIO(rendered.content))


def words_of(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def check(reader: PdfReader, snapshot: dict) -> None:
    """Hold what every paper must have."""
    root, words = reader.trailer["/Root"], words_of(reader)
    assert root["/Lang"] == snapshot["language"]
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == f"{snapshot['title']} – {snapshot['heading']}"
    assert b"pdfaid" in root["/Metadata"].get_data()
    for font in fonts_of(reader):
        name = font["/BaseFont"]
        assert re.match(r"/[A-Z]{6}\+Figtree", name), name  # a subset, of our typeface
        assert any(key.startswith("/FontFile") for key in descriptor_of(font)), name
    assert next(entry.title for entry in reader.outline).strip()
    kinds_of_tags = tags_of(root["/StructTreeRoot"])
    assert {"/H1", "/Figure", "/P"} <= kinds_of_tags, kinds_of_tags
    if "/Table" in kinds_of_tags:
        assert "/TH" in kinds_of_tags
    links = {link for page in reader.pages for link in links_of(page)}
    own = snapshot.get("own", snapshot)
    assert own["url"] in links
    assert own["code_text"] in words and own.get("number", snapshot["number"]) in words
    if snapshot["kind"] not in CERTIFICATES:
        last, said = len(reader.pages), {"id": ("Halaman", "dari"), "en": ("Page", "of")}
        page, of = said[snapshot["language"]]
        assert f"{page} {last} {of} {last}" in words
        assert "WIB" in words


def fonts_of(reader: PdfReader) -> list:
    return [
        font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()
    ]


def descriptor_of(font):
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    return inner["/FontDescriptor"].get_object()


def tags_of(node) -> set[str]:
    found, waiting = set(), [node]
    while waiting:
        node = waiting.pop().get_object()
        if not isinstance(node, dict):
            continue
        found.add(node.get("/S", ""))
        below = node.get("/K", [])
        waiting += [
            one for one in (below if isinstance(below, list) else [below]) if not isinstance(one, int)
        ]
    return found


def links_of(page) -> list[str]:
    marks = [mark.get_object() for mark in page.get("/Annots", [])]
    return [mark["/A"]["/URI"] for mark in marks if "/A" in mark and "/URI" in mark["/A"]]


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.value) for kind in Kind])
def test_the_shortest_paper_of_every_kind(kind):
    snapshot = snapshot_of(kind, shortest(kind))
    rendered = pdf.render(snapshot)
    reader = read(rendered)
    check(reader, snapshot)
    assert faults(rendered.content) == []
    if kind in ONE_PAGE:
        assert len(reader.pages) == 1


@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=LONG)])
@pytest.mark.parametrize(
    "kind", [pytest.param(kind, id=kind.value, marks=() if kind in ONE_PAGE else LONG) for kind in Kind]
)
def test_a_long_paper_of_every_kind_keeps_whole(kind, language):
    snapshot = lengthened(snapshot_of(kind, shortest(kind), language=language))
    rendered = pdf.render(snapshot)
    reader = read(rendered)
    check(reader, snapshot)
    assert faults(rendered.content) == []
    if kind in ONE_PAGE:
        assert len(reader.pages) == 1
    for page in reader.pages:
        assert len(page.extract_text()) > 60  # nothing but head and foot is no page


def test_english_papers_hold_no_indonesian_word():
    """The words of the frame and of the templates; what people typed stays in their language."""
    with translation.override("en"):
        labels = {str(kinds.KINDS[kind].KIND.label) for kind in Kind}
    with translation.override("id"):
        assert not labels & {str(kind.label) for kind in Kind}
    assert CODE

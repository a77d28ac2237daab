"""Read the structure of a paper as a screen reader does, and say where it breaks a rule of PDF/UA-1.

Checked, of what ISO 14289-1 asks: title shown, language, one tree of tags, headings that start at 1 and skip
no level, header cells with their scope, rows and cells in their tables, items in their lists, words for every
picture, links with words, the order of tabs, and the mark in XMP. Not checked, because it takes people or a
validator that is no Python: whether words describe their picture, the order of reading, contrast, every glyph.
"""

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader

INSIDE = {
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/LI": {"/L"},
    "/LBody": {"/LI"},
}
HEADING = re.compile(r"/H([1-6])")


def faults(content: bytes) -> list[str]:
    """Return what breaks a rule, in words; an empty list for a paper without fault."""
    reader = PdfReader(io.BytesIO(content))
    return [*faults_of_file(reader), *faults_of_tags(list(tags_in(reader)))]


def faults_of_file(reader: PdfReader) -> Iterator[str]:
    root = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data()
    if not root.get("/Lang"):
        yield "no language"
    if not reader.metadata.title or not root["/ViewerPreferences"].get("/DisplayDocTitle"):
        yield "no title to show"
    if not root["/MarkInfo"].get("/Marked"):
        yield "not marked as tagged"
    if b"pdfuaid:part" not in xmp or xmp.count(b"<rdf:RDF") != 1:
        yield "no mark of PDF/UA in its XMP"
    for place, page in enumerate(reader.pages, start=1):
        if page.get("/Tabs") != "/S":
            yield f"page {place}: tabs do not follow the structure"
        for note in (one.get_object() for one in page.get("/Annots", [])):
            if "/StructParent" not in note:
                yield f"page {place}: a link outside the tags"
            if not note.get("/Contents"):
                yield f"page {place}: a link without words: {note.get('/A')}"


def tags_in(reader: PdfReader) -> Iterator[tuple[str, str, dict]]:
    """Yield (tag, tag around it, element) in the order of reading."""
    waiting = [("", reader.trailer["/Root"]["/StructTreeRoot"])]
    while waiting:
        around, node = waiting.pop()
        node = node.get_object()
        if not isinstance(node, dict) or node.get("/Type") in {"/MCR", "/OBJR"}:
            continue
        tag = node.get("/S", "")
        yield tag, around, node
        below = node.get("/K", [])
        below = below if isinstance(below, list) else [below]
        waiting += [(tag, one) for one in reversed(below) if not isinstance(one, int)]


def faults_of_tags(tags: list[tuple[str, str, dict]]) -> Iterator[str]:
    level = 0
    for tag, around, node in tags:
        if heading := HEADING.fullmatch(tag):
            if int(heading[1]) > level + 1:
                yield f"{tag} under a heading of level {level}"
            level = int(heading[1])
        if tag in INSIDE and around not in INSIDE[tag]:
            yield f"{tag} inside {around}"
        if tag == "/TH" and "/Scope" not in attributes(node):
            yield "a header cell without scope"
        if tag == "/Figure" and not node.get("/Alt"):
            yield "a picture without words"
    found = {tag for tag, *_rest in tags}
    if "/H1" not in found:
        yield "no heading of level 1"
    for table in (node for tag, _around, node in tags if tag == "/Table"):
        if "/TH" not in set(below(table)):
            yield "a table without header cells"


def below(node) -> Iterator[str]:
    """Yield the tags anywhere under a node."""
    for one in node.get("/K", []) if isinstance(node.get("/K", []), list) else [node["/K"]]:
        inner = one.get_object() if not isinstance(one, int) else None
        if isinstance(inner, dict):
            yield inner.get("/S", "")
            yield from below(inner)


def attributes(node) -> dict:
    found = node.get("/A", {})
    found = found.get_object() if hasattr(found, "get_object") else found
    return {
        key: value for one in (found if isinstance(found, list) else [found]) for key, value in one.items()
    }

"""The parts of a workbook's package: their XML, what they refer to, the texts that cells share."""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from defusedxml.common import DTDForbidden

CHUNK = 64 * 1024
# line breaks and tabs only: the other characters that XML cannot hold have no business in a table
ESCAPED = re.compile(r"_x(000[9AaDd])_")


def parser_of(start: Callable, end: Callable | None = None) -> expat.XMLParserType:
    """Return a parser with these handlers that stops at a document type, and so before any entity."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = forbid
    return parser


def forbid(name, sysid, pubid, has_internal_subset) -> None:
    raise DTDForbidden(name, sysid, pubid)


def elements(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield name, without its prefix, and attributes of each element of a part, as they begin."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = parser_of(lambda name, attributes: found.append((name.rpartition(":")[2], attributes)))
    with archive.open(path) as file:
        while chunk := file.read(CHUNK):
            parser.Parse(chunk)
            yield from found
            found.clear()
        parser.Parse(b"", True)


def relations(archive: zipfile.ZipFile, path: str) -> dict[str, tuple[str, str]]:
    """Return {id: (kind, path)} of the parts that a part, or with "" the whole package, refers to."""
    folder, name = posixpath.split(path)
    found = {}
    for element, attributes in elements(archive, posixpath.join(folder, "_rels", f"{name}.rels")):
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
            found[attributes["Id"]] = attributes["Type"], target.lstrip("/")
    return found


def shared_strings(archive: zipfile.ZipFile, path: str | None) -> list[str]:
    """Return the texts that cells refer to by number."""
    if path is None:
        return []
    strings: list[str] = []
    parts: list[str] = []
    depth = {"t": 0, "rPh": 0}

    def start(name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name in depth:
            depth[name] += 1

    def end(name: str) -> None:
        name = name.rpartition(":")[2]
        if name in depth:
            depth[name] -= 1
        elif name == "si":
            strings.append(unescaped("".join(parts)))
            parts.clear()

    def characters(text: str) -> None:
        if depth["t"] and not depth["rPh"]:
            parts.append(text)

    parser = parser_of(start, end)
    parser.CharacterDataHandler = characters
    with archive.open(path) as file:
        parser.ParseFile(file)
    return strings


def unescaped(text: str) -> str:
    """Return the text with the characters that XML cannot hold put back ("_x000D_" is a carriage return)."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text

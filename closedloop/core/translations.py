"""Keep the English catalogues in step with the Indonesian words in the code, without the GNU gettext tools.

Source strings are Indonesian. Each app has a catalogue of its own, `<app>/locale/en/LC_MESSAGES/django.po`,
fed by its Python files and by `templates/<app>/`; everything else belongs to `closedloop/locale`. The files
carry no line numbers and no dates, so that they change only when a word does.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

APPS = ("participants", "trainings", "assessments", "partnerships")
CATALOGUES = (*APPS, "closedloop")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
VOLATILE = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")

Key = tuple[str | None, str | tuple[str, ...]]


@dataclass(frozen=True)
class Problem:
    """Something a translator has to do, in one catalogue."""

    catalogue: str
    text: str
    what: str

    def __str__(self) -> str:
        return f"{self.catalogue}: {self.what}: {self.text!r}"


def root() -> Path:
    return Path(settings.BASE_DIR)


def po_path(catalogue: str) -> Path:
    return root() / catalogue / "locale" / "en" / "LC_MESSAGES" / "django.po"


def belongs(path: Path) -> str | None:
    """Return the catalogue that a file of the repository feeds, or None."""
    parts = path.relative_to(root()).parts
    if "migrations" in parts or "locale" in parts:
        return None
    if parts[0] == "templates":
        return parts[1] if parts[1] in APPS else "closedloop"
    return parts[0] if parts[0] in CATALOGUES else None


def sources(catalogue: str) -> Iterator[Path]:
    """Yield the files whose words stand in the catalogue, in a fixed order."""
    places = [root() / catalogue, root() / "templates"]
    for place in places:
        for path in sorted(place.rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and belongs(path) == catalogue:
                yield path


def python_of(path: Path) -> str:
    """Return the file as Python calls; a template becomes the calls that its tags stand for."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    # what is not a call is X's and blanks, whose indentation means nothing
    return "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())


def found(catalogue: str) -> Catalog:
    """Return every message of the code, untranslated."""
    words = Catalog(locale="en", fuzzy=False)
    for path in sources(catalogue):
        if path.suffix == ".txt" and "{%" not in path.read_text(encoding="utf-8"):
            continue
        code = io.BytesIO(python_of(path).encode())
        for _line, message, _comments, context in extract(
            "python", code, KEYWORDS, options={"encoding": "utf-8"}
        ):
            if message:
                words.add(message, context=context)
    return words


def read(catalogue: str) -> Catalog:
    """Return the catalogue on disk; empty when nobody has written it yet."""
    path = po_path(catalogue)
    if not path.exists():
        return Catalog(locale="en", fuzzy=False)
    with path.open("rb") as file:
        return pofile.read_po(file, locale="en")


def key(message: Message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else tuple(message.id)


def entries(words: Catalog) -> list[Message]:
    """Return the messages without the header, in the order of the file."""
    return sorted(
        (message for message in words if message.id),
        key=lambda message: (
            message.id if isinstance(message.id, str) else message.id[0],
            message.context or "",
        ),
    )


def is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(strings) and bool(strings)


def merged(catalogue: str) -> Catalog:
    """Return the messages of the code with the translations that exist, here or in a sister catalogue."""
    known: dict[Key, Message] = {}
    for name in (*(name for name in CATALOGUES if name != catalogue), catalogue):
        known |= {key(message): message for message in read(name) if message.id and is_translated(message)}
    words = Catalog(locale="en", fuzzy=False, header_comment="# English words of the portal.")
    for message in entries(found(catalogue)):
        words.add(
            message.id, known[key(message)].string if key(message) in known else None, context=message.context
        )
    return words


def written(words: Catalog) -> str:
    """Return the catalogue as text, without dates or people."""
    buffer = io.BytesIO()
    pofile.write_po(buffer, words, no_location=True, sort_output=True, width=110, omit_header=False)
    lines = buffer.getvalue().decode().splitlines()
    return (
        "\n".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in VOLATILE)))
        + "\n"
    )


def update(catalogue: str) -> bool:
    """Write the catalogue anew: new messages in, obsolete ones out. Returns whether the file changed."""
    path, text = po_path(catalogue), written(merged(catalogue))
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def problems(catalogue: str) -> list[Problem]:
    """Return what keeps the English interface from being complete and true."""
    on_disk = {key(message): message for message in read(catalogue) if message.id}
    in_code = {key(message): message for message in entries(found(catalogue))}
    answer = []
    for where, message in in_code.items():
        text = message.id if isinstance(message.id, str) else message.id[0]
        entry = on_disk.get(where)
        if entry is None or not is_translated(entry):
            answer.append(Problem(catalogue, text, "no English words"))
        elif not same_placeholders(entry):
            answer.append(Problem(catalogue, text, "placeholders differ"))
    answer += [
        Problem(
            catalogue, message.id if isinstance(message.id, str) else message.id[0], "no longer in the code"
        )
        for where, message in on_disk.items()
        if where not in in_code
    ]
    return answer


def same_placeholders(message: Message) -> bool:
    """True when the English words use exactly the placeholders of the Indonesian ones."""

    def names(texts) -> set[str]:
        texts = texts if isinstance(texts, tuple | list) else [texts]
        return {name for text in texts for name in PLACEHOLDER.findall(text)}

    return names(message.id) == names(message.string)


def compile_catalogue(catalogue: str) -> Path | None:
    """Write the binary that Django reads; None when there is no catalogue."""
    path = po_path(catalogue)
    if not path.exists():
        return None
    words = read(catalogue)
    complete = Catalog(locale="en", fuzzy=False)
    for message in entries(words):
        if is_translated(message):
            complete.add(message.id, message.string, context=message.context)
    with path.with_suffix(".mo").open("wb") as file:
        mofile.write_mo(file, complete)
    return path.with_suffix(".mo")

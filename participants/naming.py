"""Names of enterprises: without their legal form, tidied, and comparable.

Pure functions over text.
"""

import re
import unicodedata

LEGAL_FORMS = {
    "pt": "pt",
    "perseroan terbatas": "pt",
    "pt perorangan": "pt_perorangan",
    "perseroan perorangan": "pt_perorangan",
    "cv": "cv",
    "persekutuan komanditer": "cv",
    "firma": "firma",
    "fa": "firma",
    "ud": "ud",
    "pd": "ud",
    "ud pd": "ud",
    "usaha dagang": "ud",
    "koperasi": "koperasi",
    "kop": "koperasi",
    "perorangan": "perorangan",
    "usaha perorangan": "perorangan",
}
WRITTEN_FORM = r"pt\.?\s*perorangan|p\.?t|c\.?v|u\.?d|p\.?d|fa|firma|kop|koperasi"
FORM_IN_FRONT = re.compile(rf"(?P<form>{WRITTEN_FORM})\b[\s.,]*(?P<name>.*)", re.IGNORECASE)
FORM_BEHIND = re.compile(rf"(?P<name>.+?)\s*,\s*(?P<form>{WRITTEN_FORM})\.?", re.IGNORECASE)


def clean(text: str) -> str:
    """Return the text on one line, without the invisible characters that arrive by copy and paste."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    plain = unicodedata.normalize("NFC", text)
    visible = "".join(
        " " if character.isspace() else character
        for character in plain
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return " ".join(visible.split())


def split_legal_form(text: str) -> tuple[str | None, str]:
    """Return the legal form in front of a name, or behind it after a comma, and the name without it."""
    text = clean(text)
    match = FORM_IN_FRONT.fullmatch(text) or FORM_BEHIND.fullmatch(text)
    if match is None:
        return None, text
    return form_called(match["form"]), match["name"].strip(" .,")


def form_called(text: str) -> str | None:
    """Return the code of a legal form however it is dotted: "P.T. Perorangan" is pt_perorangan."""
    words = re.sub(r"[^a-z]+", " ", clean(text).casefold().replace(".", "")).split()
    spaced = " ".join(words)
    return LEGAL_FORMS.get(spaced) or LEGAL_FORMS.get(spaced.replace("ptperorangan", "pt perorangan"))


def tidy_name(name: str) -> str:
    """Return a name in capitals with capitals only where words begin; others stay as they are written."""
    if name != name.upper() or not any(character.isalpha() for character in name):
        return name
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", lambda word: capitalised(word[0]), name)


def capitalised(word: str) -> str:
    """Return "PLASTIK" as "Plastik", but leave initials without a vowel ("CNC") and Roman numbers alone."""
    if re.fullmatch(r"[IVX]+", word) or not re.search(r"[AEIOUY]", word):
        return word
    return word[0] + word[1:].lower()


def name_key(name: str) -> str:
    """Return what spellings of one name share: "CV. Tri  Casting" and "PT TRI CASTING" are "tri casting"."""
    _form, bare = split_legal_form(unicodedata.normalize("NFKC", name))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))

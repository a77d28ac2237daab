"""What an enterprise agreed to, in the words it was shown, and the one question every use asks first."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from closedloop.core.formats import spoken
from participants.models import Consent, Enterprise

TEXTS = Path(__file__).resolve().parent / "data" / "consents"
# the text on the portal's own forms; a new text is a new file, and consents given before keep theirs
PRESENT = "2026-1"


@dataclass(frozen=True)
class ConsentText:
    """What somebody reads before agreeing: `use` says what for, `if_not` what follows without it."""

    version: str
    title: str
    use: str
    if_not: str


@cache
def _texts(version: str) -> dict:
    path = TEXTS / f"{version}.json"
    return json.loads(path.read_text(encoding="utf-8"))["purposes"] if path.exists() else {}


def text_of(purpose: str, *, version: str = PRESENT, language: str | None = None) -> ConsentText | None:
    """Return the text of a version in the reader's language, or None for a paper the portal has no text of."""
    found = _texts(version).get(purpose, {}).get(language or spoken())
    return ConsentText(version=version, **found) if found else None


def has_consent(enterprise: Enterprise, purpose: str) -> bool:
    """Whether the enterprise agrees to this use now. Every use asks this, or `consenting_to` for many.

    Read from the record each time and kept nowhere, so that a withdrawal stops the use at once.
    """
    return Consent.objects.in_force().filter(enterprise=enterprise, purpose=purpose).exists()

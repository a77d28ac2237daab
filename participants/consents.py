"""What an enterprise agreed to, in the words it was shown, and the one question every use asks first."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

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


def withdrawn(enterprise: Enterprise, purpose: str = Consent.Purpose.TRAINING) -> Consent | None:
    """Return the consent that was taken back last, where none is in force; None where none was taken back.

    An enterprise of which no consent is on record is another matter: its paper may not have been entered yet.
    """
    own = [consent for consent in enterprise.consents.all() if consent.purpose == purpose]
    if not own or any(consent.withdrawn_at is None for consent in own):
        return None
    return max(own, key=lambda consent: consent.withdrawn_at or consent.given_at)


def refuse_withdrawn(enterprise: Enterprise) -> None:
    """Raise ValidationError where the consent to training was taken back: nothing new is begun with it."""
    if withdrawn(enterprise):
        raise ValidationError(
            _("%(name)s menarik persetujuan pelatihan dan penilaian. Catat persetujuan baru lebih dulu.")
            % {"name": enterprise}
        )


def people_to_ask(enterprise: Enterprise):
    """Return the accounts of those who may be asked for something of the training: nobody after a withdrawal."""
    holders = enterprise.account_holders()
    return holders.none() if withdrawn(enterprise) else holders


def has_consent(enterprise: Enterprise, purpose: str) -> bool:
    """Whether the enterprise agrees to this use now. Every use asks this, or `consenting_to` for many.

    Read from the record each time and kept nowhere, so that a withdrawal stops the use at once.
    """
    return Consent.objects.in_force().filter(enterprise=enterprise, purpose=purpose).exists()

"""Photographs on paper: named by where they lie, told by their hash, never read before the paper is drawn."""

from datetime import date
from urllib.parse import quote

from django.db.models.fields.files import FieldFile

from closedloop.core import formats


def photo(file: FieldFile, sha256: str, *, alt: str, caption: str = "", on: date | None = None) -> dict:
    """Return a photo as a snapshot keeps it; twelve signs of its hash let the paper be held against the file."""
    return {
        "src": f"media:/{quote(file.name)}",
        "alt": alt,
        "caption": caption,
        "on": formats.date_short(on) if on else "",
        "mark": sha256[:12],
    }

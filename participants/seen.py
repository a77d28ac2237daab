"""Two people at one record: who saves second is shown what the first wrote, and overwrites nothing unseen.

A form carries the mark of the values it was drawn with. Pure functions over the values of a row.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def mark_of(row, names: Iterable[str]) -> str:
    """Return a short mark that changes whenever one of the fields does."""
    return mark_of_values({name: getattr(row, row._meta.get_field(name).attname) for name in names})


def mark_of_values(values: Mapping[str, Any]) -> str:
    """Return the mark of values by name, in whatever order they come."""
    text = "\x1f".join(f"{name}={values[name]!s}" for name in sorted(values))
    return sha256(text.encode()).hexdigest()[:16]


class ChangedMeanwhile(ValidationError):
    """Somebody else saved the row since the form was drawn; nothing was overwritten."""


def require_unchanged(row, names: Iterable[str], seen: str | None) -> None:
    """Raise ChangedMeanwhile where the row is not as it was seen; without a mark nothing is asked."""
    if not seen or seen == mark_of(row, names):
        return
    raise ChangedMeanwhile(
        _("Data ini baru saja diubah orang lain. Nilai yang tersimpan sekarang ditulis di bawah isian Anda.")
    )

"""How two versions of the selection differ, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from participants.criteria_versions import TERMS, Difference, Kind
from participants.models import SelectionForm


def stored(form: SelectionForm) -> dict[str, Any]:
    """Return a version as it is compared: its criteria and its terms."""
    return {"criteria": form.criteria, **{name: getattr(form, name) for name in TERMS}}


def in_words(found: Iterable[Difference]) -> list[tuple[str, str]]:
    """Return (kind in words, what of which) of each difference."""
    return [(kind_in_words(one.kind), told(one)) for one in found]


def kind_in_words(kind: Kind) -> str:
    return {
        Kind.ADDED: _("Kriteria baru"),
        Kind.REMOVED: _("Tidak dinilai lagi"),
        Kind.WEIGHT: _("Bobot"),
        Kind.WORDS: _("Kalimatnya berubah"),
        Kind.TERM: _("Ketentuan"),
    }[kind]


def told(one: Difference) -> str:
    subject = one.subject
    if one.kind == Kind.TERM:
        names = {field.name: field.verbose_name for field in SelectionForm._meta.concrete_fields}
        subject = str(names[one.subject])
    if one.kind == Kind.ADDED:
        return _("%(name)s, bobot %(weight)s") % {"name": subject, "weight": one.new}
    return subject if one.old is None else f"{subject}: {one.old} → {one.new}"

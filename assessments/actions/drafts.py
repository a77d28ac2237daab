"""What the drafts of a rubric and of a class scheme have in common: held while written to, begun once, thrown away."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import ClassScheme, Rubric
from closedloop.accounts.models import User
from closedloop.audit.trail import record

V = TypeVar("V", Rubric, ClassScheme)

CHANGED_MEANWHILE = "changed"  # the code of the error for a draft that is no longer what the page showed


def hold_draft(version: V) -> V:
    """Keep the version from being published until we are done; ValidationError once it is, or is gone."""
    held = type(version).objects.select_for_update().filter(pk=version.pk).first()
    if held is None:
        raise ValidationError(_("Draf ini sudah dihapus."))
    if not held.is_draft:
        raise ValidationError(_("Versi ini sudah terbit, jadi tidak berubah lagi. Buat versi baru."))
    return held


@transaction.atomic
def start_version(version: V, copy: Callable[[V, V], None], *, by: User, **values: Any) -> V:
    """Make a draft with the next number from a published version and let `copy` fill it.

    Asking twice returns the same draft; ValidationError while a draft of another version is being edited.
    """
    model = type(version)
    versions = list(model.objects.select_for_update().filter(code=version.code))
    draft = next((one for one in versions if one.is_draft), None)
    if draft and draft.based_on_id == version.pk:
        return draft
    if draft:
        raise ValidationError(
            _("Versi %(version)s masih draf. Terbitkan atau hapus dahulu.") % {"version": draft.version}
        )
    number = max(one.version for one in versions) + 1
    draft = model.objects.create(
        code=version.code, version=number, name=version.name, based_on=version, **values
    )
    copy(version, draft)
    record(f"{model._meta.model_name}.started", draft, by=by, based_on=version.version)
    return draft


def close_draft(draft, *, by: User, name: str, change_note: str, **values: Any) -> None:
    """Publish a draft that was looked over, by the words of who does."""
    draft.name, draft.change_note = name, change_note
    draft.published_by, draft.published_at = by, timezone.now()
    for field, value in values.items():
        setattr(draft, field, value)
    draft.save(update_fields=["name", "change_note", "published_by", "published_at", *values])


def refuse_unseen(seen: str, now: str) -> None:
    """ValidationError where the draft is not what the page showed."""
    if seen != now:
        raise ValidationError(
            _("Draf ini berubah sejak halaman dibuka. Baca lagi yang berubah, lalu terbitkan."),
            code=CHANGED_MEANWHILE,
        )


def move_row(rows: list, row, *, up: bool) -> tuple[int, int] | None:
    """Let a row change places with its neighbour and number all anew; None for one that cannot move further."""
    place = next(index for index, one in enumerate(rows) if one.pk == row.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return None
    rows[place], rows[other] = rows[other], rows[place]
    for order, one in enumerate(rows, start=1):
        one.order = order
    type(row).objects.bulk_update(rows, ["order"])
    return place + 1, other + 1


def change_row(row, values: dict[str, Any], *, verb: str, by: User) -> bool:
    """Store what differs and leave its event; whether anything did."""
    before = {name: getattr(row, name) for name in values}
    changed = [name for name in values if before[name] != values[name]]
    if not changed:
        return False
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    old, new = ({name: source[name] for name in changed} for source in (before, values))
    record(verb, row, by=by, before=old, after=new)
    return True

"""Writes to two records of one enterprise: put together, taken apart again, or judged to be two after all."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import plain, record
from participants.actions.enterprises import EDITABLE, StaleRecord, traced
from participants.merging import chosen_from_other, class_refusal
from participants.models import Enterprise, EnterpriseMerge, NotDuplicate
from participants.moves import move, plan_moves
from participants.unmerging import plan_return

# numbers that no two records share: the one that loses its own gets the other's, so that both stay findable
UNIQUE = ("nib", "npwp")


def columns() -> dict[str, str]:
    """Return {field: column} of what two records may differ in; the class is the board's alone."""
    return {field.name: field.attname for field in Enterprise._meta.concrete_fields if field.name in EDITABLE}


def facts_of(enterprise: Enterprise) -> dict[str, Any]:
    """Return {field: value} of what two records may differ in."""
    return {name: getattr(enterprise, column) for name, column in columns().items()}


def in_order(one: Enterprise, two: Enterprise) -> tuple[Enterprise, Enterprise]:
    """Return a pair as it is remembered: the lower id first."""
    return (one, two) if one.pk < two.pk else (two, one)


def locked(*enterprises: Enterprise) -> list[Enterprise]:
    """Lock the records, always in the same order, and return them as they are now in the order given."""
    ids = [one.pk for one in enterprises]
    rows = Enterprise.with_merged.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in ids]


@transaction.atomic
def judge_not_duplicate(one: Enterprise, two: Enterprise, *, by: User, reason: str) -> NotDuplicate:
    """Remember that two records are two enterprises, so that nobody is asked again; a second press changes nothing.

    Raises ValidationError without a reason and for a record that was merged meanwhile.
    """
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise ValidationError({"reason": _("Tulis mengapa keduanya usaha yang berbeda.")})
    first, second = locked(*in_order(one, two))
    if first.pk == second.pk or first.merged_into_id or second.merged_into_id:
        raise ValidationError(_("Salah satu catatan ini sudah digabung."))
    judged, is_new = NotDuplicate.objects.get_or_create(
        first=first, second=second, defaults={"reason": reason, "decided_by": by}
    )
    if is_new:
        for mine, other in ((first, second), (second, first)):
            record("enterprise.not_duplicate", mine, by=by, other=other.code, reason=reason)
    return judged


@transaction.atomic
def reopen_pair(judged: NotDuplicate, *, by: User) -> None:
    """Forget that two records were judged to be two enterprises."""
    for mine, other in ((judged.first, judged.second), (judged.second, judged.first)):
        record("enterprise.pair_reopened", mine, by=by, other=other.code)
    judged.delete()


@transaction.atomic
def merge_enterprises(
    survivor: Enterprise,
    other: Enterprise,
    *,
    by: User,
    choices: Mapping[str, str] | None = None,
    versions: Mapping[str, int] | None = None,
) -> EnterpriseMerge:
    """Let one record speak for both, hide the other, and remember everything that this takes.

    `choices` says per field whose value stands ("survivor" or "other"); where it is silent the survivor's does,
    unless it has none. NIB and NPWP change places rather than get lost. All rows of the other record move,
    except where the survivor has its own (merging.CLASHES); those stay and are shown as history. The survivor's
    class is never changed (merging.class_refusal). Audit events stay where they were.

    `versions` are {code: version} as the person saw them. Raises StaleRecord when either has moved on, and
    ValidationError with every reason why the two cannot be merged now.
    """
    survivor, other = locked(survivor, other)
    for one in (survivor, other):
        if (versions or {}).get(one.code, one.version) != one.version:
            raise StaleRecord(_("%(name)s baru saja diubah. Periksa lagi keduanya.") % {"name": one})
    parts, refusals = plan_moves(other, survivor)
    if found := [*reasons_against(survivor, other), *refusals]:
        raise ValidationError([str(text) for text in found])
    values = take_values(survivor, other, choices or {})
    for part in parts:
        move(part, survivor)
    merge = EnterpriseMerge.objects.create(
        survivor=survivor,
        other=other,
        values=values | {"class": [survivor.class_level, plain(survivor.class_since)]},
        moved=[part.as_json(part.moving) for part in parts if part.moving],
        kept=[part.as_json(part.staying) for part in parts if part.staying],
        merged_by=by,
    )
    record(
        "enterprise.merged",
        survivor,
        by=by,
        other=other.code,
        name=str(other),
        changes=shown_changes(values["survivor"]),
        moved={part.link.label: len(part.moving) for part in parts if part.moving},
    )
    # on the hidden record's own history too: an import that wrote it cannot be taken back past this
    record("enterprise.merged_into", other, by=by, other=survivor.code, name=str(survivor))
    return merge


def reasons_against(survivor: Enterprise, other: Enterprise) -> list[Any]:
    """Return why these two cannot be merged at all, or not this way round."""
    if survivor.pk == other.pk:
        return [_("Pilih dua catatan yang berbeda.")]
    if survivor.merged_into_id or other.merged_into_id:
        return [_("Salah satu catatan ini sudah digabung.")]
    first, second = in_order(survivor, other)
    if NotDuplicate.objects.filter(first=first, second=second).exists():
        return [_("Pasangan ini sudah dinyatakan bukan ganda. Buka lagi pasangan itu dulu.")]
    reason = class_refusal(survivor.class_level, other.class_level)
    return [reason] if reason else []


def take_values(survivor: Enterprise, other: Enterprise, choices: Mapping[str, str]) -> dict[str, Any]:
    """Give the survivor the chosen values and hide the other; return what changed, so that it can be put back."""
    mine, theirs, names = facts_of(survivor), facts_of(other), columns()
    taken = chosen_from_other(mine, theirs, choices)
    swapped = [name for name in taken if name in UNIQUE]
    write(other, {name: None for name in swapped} | {"merged_into_id": survivor.pk})
    write(survivor, {names[name]: theirs[name] for name in taken})
    if swapped:
        Enterprise.with_merged.filter(pk=other.pk).update(**{name: mine[name] for name in swapped})
    return {
        "survivor": {name: [plain(mine[name]), plain(theirs[name])] for name in taken},
        "other": {name: [plain(theirs[name]), plain(mine[name])] for name in swapped},
    }


def write(enterprise: Enterprise, values: Mapping[str, Any]) -> None:
    """Save columns under the next version, so that a form opened before cannot overwrite them."""
    for column, value in values.items():
        setattr(enterprise, column, value)
    enterprise.version += 1
    enterprise.save(update_fields=[*values, "version", "updated_at"])


def shown_changes(values: Mapping[str, list]) -> dict[str, list]:
    """Return the changes as the trail may show them."""
    before = {name: pair[0] for name, pair in values.items()}
    return traced(before, {name: pair[1] for name, pair in values.items()})


@transaction.atomic
def undo_merge(merge: EnterpriseMerge, *, by: User, restore: Iterable[str] = ()) -> EnterpriseMerge:
    """Take a merge back: rows return, the other record shows itself again, values are what they were.

    A value that somebody changed since stays as it is now, unless `restore` names it. Both records go on with
    new versions, and events stay where they are. Raises ValidationError with every reason why it cannot be
    undone; among others after UNDO_DAYS days.
    """
    merge = EnterpriseMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    survivor, other = locked(merge.survivor, merge.other)
    plan = plan_return(merge, survivor, other)
    if plan.refusals:
        raise ValidationError([str(text) for text in plan.refusals])
    for part in plan.parts:
        move(part, other)
    names, wanted = columns(), set(restore)
    back = {one.name: one.before for one in plan.values if not one.is_changed or one.name in wanted}
    kept = {name: pair[0] for name, pair in merge.values["other"].items()}
    write(other, {name: None for name in kept} | {"merged_into_id": None})
    write(survivor, {names[name]: value for name, value in back.items()})
    Enterprise.with_merged.filter(pk=other.pk).update(**kept)
    merge.undone_by, merge.undone_at = by, timezone.now()
    merge.save(update_fields=["undone_by", "undone_at"])
    for one, twin in ((survivor, other), (other, survivor)):
        record("enterprise.unmerged", one, by=by, other=twin.code, name=str(twin))
    return merge


@transaction.atomic
def rule_out(enterprise: Enterprise, others: Iterable[Enterprise], *, by: User) -> None:
    """Remember that an enterprise is none of those that it looked like when it was typed in."""
    for one in others:
        judge_not_duplicate(enterprise, one, by=by, reason=_("Dinyatakan usaha lain saat datanya diisi."))

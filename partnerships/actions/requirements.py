"""Writes to what a buyer needs made: drafted, published once, and followed by a new version, never changed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record
from closedloop.notifications.actions import tell
from partnerships.actions.buyer_side import refuse_stranger
from partnerships.models import Buyer, Requirement, RequirementLine
from partnerships.requirement_values import FIELDS, LINE_FIELDS, is_same


def hold_draft(requirement: Requirement) -> Requirement:
    """Lock a draft for a change; what is published raises ValidationError."""
    draft = Requirement.objects.select_for_update(of=("self",)).get(pk=requirement.pk)
    if not draft.is_draft:
        raise ValidationError(_("Kebutuhan yang sudah terbit tidak berubah. Buat versi baru."))
    return draft


@transaction.atomic
def add_requirement(
    buyer: Buyer, *, by: User | None, part_name: str, volume: int, id=None, **fields: Any
) -> Requirement:
    """Draft a part or process a buyer needs made. Other fields as in Requirement; prices in whole Rupiah."""
    refuse_stranger(buyer, by)
    draft = Requirement(
        buyer=buyer, part_name=part_name.strip(), volume=volume, **fields, **({"id": id} if id else {})
    )
    _check(draft)
    draft.save(force_insert=True)
    record("requirement.added", draft, by=by, buyer=buyer)
    return draft


@transaction.atomic
def change_requirement(requirement: Requirement, *, by: User | None, **fields: Any) -> Requirement:
    """Change a draft; a published one raises ValidationError."""
    refuse_stranger(requirement.buyer, by)
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    draft = hold_draft(requirement)
    before = {name: getattr(draft, name) for name in fields}
    for name, value in fields.items():
        setattr(draft, name, value)
    _check(draft)
    if differences := changes(before, fields):
        draft.save()
        record("requirement.changed", draft, by=by, changes=differences)
    return draft


@transaction.atomic
def start_requirement_version(requirement: Requirement, *, by: User | None) -> Requirement:
    """Copy what is published into a draft with the next number, lines and addressees with it.

    The draft that there is already is returned as it is: a review adds to what is being written. A requirement
    that was met or withdrawn may be taken up again by a new version.
    """
    refuse_stranger(requirement.buyer, by)
    rows = Requirement.objects.select_for_update(of=("self",)).filter(code=requirement.code)
    if draft := rows.drafts().first():
        return draft
    source = rows.published().latest("version")
    newest = rows.aggregate(newest=Max("version"))["newest"]
    values = {name: getattr(source, name) for name in FIELDS}
    draft = Requirement.objects.create(
        code=source.code, version=newest + 1, based_on=source, buyer=source.buyer, **values
    )
    RequirementLine.objects.bulk_create(
        RequirementLine(requirement=draft, **{name: getattr(line, name) for name in LINE_FIELDS})
        for line in source.lines.all()
    )
    draft.addressees.set(source.addressees.all())
    record("requirement.version_started", draft, by=by, version=draft.version)
    return draft


@transaction.atomic
def publish_requirement(requirement: Requirement, *, by: User, change_note: str = "") -> Requirement:
    """Freeze a draft for good and tell the owners it is addressed to.

    ValidationError without a contact of the buyer who answers for it, for a new version in which nothing differs,
    and for one without a reason.
    """
    refuse_stranger(requirement.buyer, by)
    draft = hold_draft(requirement)
    change_note = change_note.strip()
    if draft.contact is None:
        raise ValidationError({"contact": _("Pilih penanggung jawab dari perusahaan ini sebelum terbit.")})
    if draft.based_on and not change_note:
        raise ValidationError({"change_note": _("Tulis alasan perubahan.")})
    if draft.based_on and is_same(draft.based_on, draft):
        raise ValidationError(_("Draf ini masih sama dengan versi sebelumnya."))
    draft.published_at, draft.published_by, draft.change_note = timezone.now(), by, change_note
    draft.save(update_fields=["published_at", "published_by", "change_note"])
    if draft.based_on:
        draft.addressees.add(*draft.based_on.addressees.all())
    record("requirement.published", draft, by=by, version=draft.version, reason=change_note)
    for enterprise in draft.addressees.all():
        tell_owners(draft, enterprise)
    return draft


@transaction.atomic
def discard_requirement(requirement: Requirement, *, by: User) -> None:
    """Delete a draft with its lines; nobody was ever matched with it."""
    refuse_stranger(requirement.buyer, by)
    draft = hold_draft(requirement)
    record("requirement.discarded", draft, by=by, version=draft.version, part_name=draft.part_name)
    draft.lines.all().delete()
    draft.delete()


def _check(draft: Requirement) -> None:
    if draft.contact and draft.contact.buyer_id != draft.buyer_id:
        raise ValidationError({"contact": _("Pilih kontak dari perusahaan ini.")})
    draft.full_clean(validate_unique=False, validate_constraints=False)


def tell_owners(requirement: Requirement, enterprise) -> None:
    if requirement.version > 1:
        title = _("%(buyer)s mengubah kebutuhan %(part)s")
    else:
        title = _("%(buyer)s mencari pembuat %(part)s")
    words = title % {"buyer": requirement.buyer, "part": requirement.part_name}
    tell(
        enterprise.account_holders(),
        "requirement.published",
        words,
        body=_("Lihat baris mana yang sudah dan belum Anda penuhi."),
        path=f"/saya/kebutuhan/{requirement.code}/",
    )

"""Writes to addenda while they are drafts: what they shall change, from which day, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import changes as differences
from closedloop.audit.trail import record
from closedloop.core.formats import date_medium
from participants.models import Enterprise
from partnerships.actions.agreements import needed
from partnerships.agreed import histories
from partnerships.models import Addendum, AddendumChange, Agreement, Buyer, ScopeLine
from partnerships.terms import on_day

Kind, Status = AddendumChange.Kind, Addendum.Status


@dataclass(frozen=True)
class LineChange:
    """What becomes of a line that is there: another price (Rupiah) or monthly volume, or its end."""

    line: ScopeLine
    unit_price: int | Decimal | None = None
    monthly_volume: int | None = None
    ends: bool = False

    @property
    def values(self) -> dict[str, Any]:
        if self.ends:
            return {"kind": Kind.END, "line": self.line}
        terms = {"unit_price": self.unit_price, "monthly_volume": self.monthly_volume}
        return {"kind": Kind.CHANGE, "line": self.line, **terms}


@dataclass(frozen=True)
class AddedLine:
    """A part that one IKM of the agreement makes for one of its buyers from now on."""

    enterprise: Enterprise
    buyer: Buyer
    part_name: str
    unit_price: int | Decimal
    monthly_volume: int
    part_number: str = ""

    @property
    def values(self) -> dict[str, Any]:
        return {"kind": Kind.ADD, **vars(self)}


@transaction.atomic
def draft_addendum(
    agreement: Agreement,
    *,
    by: User,
    number: str,
    effective_on: date,
    reason: str,
    extends_to: date | None = None,
    changes: Iterable[LineChange | AddedLine] = (),
    id=None,
) -> Addendum:
    """Prepare what changes about a running agreement; nothing of it counts before `sign_addendum`.

    Refused (ValidationError): an agreement that does not run, a day outside its period or before an addendum already
    signed, a line not in force that day, a part said already, an IKM or buyer that is no party, and nothing at all.
    """
    addendum = Addendum(
        agreement=agreement,
        number=number.strip(),
        effective_on=effective_on,
        reason=needed(reason),
        extends_to=extends_to,
        **({"id": id} if id else {}),
    )
    write(addendum, list(changes), is_new=True)
    record("addendum.drafted", addendum, by=by, effective_on=effective_on, reason=addendum.reason)
    return addendum


@transaction.atomic
def redraft_addendum(
    addendum: Addendum,
    *,
    by: User,
    number: str,
    effective_on: date,
    reason: str,
    extends_to: date | None = None,
    changes: Iterable[LineChange | AddedLine] = (),
) -> Addendum:
    """Replace what a draft says; once it is signed or discarded that is refused."""
    addendum = Addendum.objects.select_for_update(of=("self",)).get(pk=addendum.pk)
    if not addendum.is_draft:
        raise ValidationError(_("Adendum ini bukan draf lagi. Isinya tidak berubah lagi."))
    said = {
        "number": number.strip(),
        "effective_on": effective_on,
        "reason": needed(reason),
        "extends_to": extends_to,
    }
    before = {name: getattr(addendum, name) for name in said}
    for name, value in said.items():
        setattr(addendum, name, value)
    write(addendum, list(changes), is_new=False)
    record("addendum.redrafted", addendum, by=by, changes=differences(before, said))
    return addendum


@transaction.atomic
def discard_addendum(addendum: Addendum, reason: str, *, by: User) -> None:
    """Give a draft up; it stays readable with its reason in the trail."""
    addendum.move_to(Status.DISCARDED, by=by, reason=needed(reason))


def write(addendum: Addendum, changes: list[LineChange | AddedLine], *, is_new: bool) -> None:
    refuse_bad_terms(addendum)
    if not changes and addendum.extends_to is None:
        raise ValidationError(_("Isi paling sedikit satu perubahan: part, harga, volume, atau masa berlaku."))
    addendum.full_clean(validate_unique=False, validate_constraints=False)
    addendum.save(force_insert=is_new)
    addendum.changes.all().delete()
    for change in changes:
        row = AddendumChange(addendum=addendum, **change.values)
        row.full_clean(validate_unique=False, validate_constraints=False)
        row.save(force_insert=True)
    refuse_bad_changes(addendum)


def refuse_bad_terms(addendum: Addendum) -> None:
    """Refuse a day or an end that the agreement, as it stands now, does not allow."""
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=addendum.agreement_id)
    if agreement.status != Agreement.Status.ACTIVE:
        raise ValidationError(_("Adendum hanya untuk perjanjian yang aktif."))
    same = agreement.addenda.filter(number=addendum.number).exclude(pk=addendum.pk)
    if same.exists():
        raise ValidationError({"number": _("Nomor adendum ini sudah dipakai pada perjanjian ini.")})
    if not agreement.starts_on <= addendum.effective_on <= agreement.ends_on:
        raise ValidationError(
            {
                "effective_on": _("Isi tanggal di dalam masa berlaku, %(first)s sampai %(last)s.")
                % {"first": date_medium(agreement.starts_on), "last": date_medium(agreement.ends_on)}
            }
        )
    last = agreement.addenda.signed().last()
    if last and addendum.effective_on < last.effective_on:
        raise ValidationError(
            {
                "effective_on": _(
                    "Adendum %(number)s sudah berlaku mulai %(day)s. Isi tanggal itu atau sesudahnya."
                )
                % {"number": last.number, "day": date_medium(last.effective_on)}
            }
        )
    if addendum.extends_to is not None and addendum.extends_to <= agreement.ends_on:
        raise ValidationError(
            {
                "extends_to": _("Perpanjangan harus sesudah %(day)s, akhir masa berlaku sekarang.")
                % {"day": date_medium(agreement.ends_on)}
            }
        )


def refuse_bad_changes(addendum: Addendum) -> None:
    """Refuse changes to lines that are not in force on the day, and parts that cannot be added."""
    agreement = addendum.agreement
    lines = list(agreement.lines.select_related("agreement"))
    known, told = histories(lines), {(line.enterprise_id, line.buyer_id, line.part_name) for line in lines}
    enterprises = set(agreement.parties.values_list("enterprise", flat=True))
    buyers = set(agreement.parties.values_list("buyer", flat=True))
    for change in addendum.changes.select_related("line"):
        if change.line is not None:
            if on_day(known.get(change.line.pk, []), addendum.effective_on) is None:
                raise ValidationError(
                    _("%(part)s tidak berlaku pada %(day)s.")
                    % {"part": change.part, "day": date_medium(addendum.effective_on)}
                )
            continue
        if change.enterprise_id not in enterprises or change.buyer_id not in buyers:
            raise ValidationError(
                _("%(part)s: IKM dan pembelinya harus menjadi pihak perjanjian ini.") % {"part": change.part}
            )
        key = (change.enterprise_id, change.buyer_id, change.part_name)
        if key in told:
            raise ValidationError(
                _("%(part)s sudah ada pada ruang lingkup IKM dan pembeli ini.") % {"part": change.part}
            )
        told.add(key)

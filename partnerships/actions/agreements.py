"""Writes to agreements: drafted, reviewed, signed, run, stopped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import Organisation, User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import changes, record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.models import Enterprise
from partnerships import ledger, realisation
from partnerships.actions.clearances import refresh_clearances
from partnerships.actions.holds import refuse_held_back, say_held_back
from partnerships.models import Agreement, AgreementParty, Buyer, BuyerContact, Promise, ScopeLine
from partnerships.scans import Scan

Status, Part = Agreement.Status, AgreementParty.Part
TERMS = (
    "number",
    "title",
    "kind",
    "starts_on",
    "ends_on",
    "max_ppm",
    "min_on_time",
    "payment_days",
)


@dataclass(frozen=True)
class LineDraft:
    """One part one IKM is to make for one buyer. `promises`: (first day of the quarter, volume, Rupiah)."""

    enterprise: Enterprise
    buyer: Buyer
    part_name: str
    unit_price: int | Decimal
    part_number: str = ""
    unit: str = "pcs"
    promises: Sequence[tuple[date, int, int | Decimal]] = field(default=())


def draft_line(
    enterprise: Enterprise,
    buyer: Buyer,
    part_name: str,
    unit_price: int | Decimal,
    *,
    monthly_volume: int,
    starts_on: date,
    ends_on: date,
    part_number: str = "",
    unit: str = "pcs",
) -> LineDraft:
    """Return a line whose monthly volume is spread over the quarters of the period, at the reference price."""
    volumes = realisation.spread(monthly_volume, starts_on, ends_on)
    promises = [(quarter, volume, volume * unit_price) for quarter, volume in volumes.items()]
    return LineDraft(enterprise, buyer, part_name, unit_price, part_number, unit, promises)


# --- Draft --------------------------------------------------------------------------------------------
@transaction.atomic
def draft_agreement(
    *,
    by: User | None,
    number: str,
    title: str,
    starts_on: date,
    ends_on: date,
    enterprises: Iterable[Enterprise],
    buyers: Iterable[Buyer],
    kind: str = Agreement.Kind.MOU,
    facilitator: Organisation | None = None,
    witnesses: Iterable[Organisation] = (),
    lines: Iterable[LineDraft] = (),
    id=None,
    **terms: Any,
) -> Agreement:
    """Prepare an agreement between many IKM and many firms; nothing of it binds before `sign`.

    Other terms: max_ppm, min_on_time (share 0–1), payment_days. A number that is taken, a line between
    outsiders, a period that ends before it starts: ValidationError. An `id` makes a second press fail.
    """
    agreement = Agreement(
        number=number.strip(),
        title=title.strip(),
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        **terms,
        **({"id": id} if id else {}),
    )
    check_terms(agreement)
    agreement.save(force_insert=True)
    write_parties(agreement, enterprises, buyers, facilitator, witnesses)
    write_lines(agreement, lines)
    record("agreement.drafted", agreement, by=by, number=agreement.number, kind=agreement.kind)
    return agreement


@transaction.atomic
def update_draft(
    agreement: Agreement,
    *,
    by: User,
    enterprises: Iterable[Enterprise],
    buyers: Iterable[Buyer],
    facilitator: Organisation | None = None,
    witnesses: Iterable[Organisation] = (),
    lines: Iterable[LineDraft] = (),
    **terms: Any,
) -> Agreement:
    """Replace terms, parties and lines of a draft; once it left that state it is refused."""
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not agreement.is_editable:
        raise ValidationError(_("Perjanjian ini bukan draf lagi. Isinya hanya berubah lewat adendum."))
    if unknown := set(terms) - set(TERMS):
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    before = {name: getattr(agreement, name) for name in terms}
    for name, value in terms.items():
        setattr(agreement, name, value)
    check_terms(agreement)
    agreement.save()
    agreement.lines.all().delete()
    parties = agreement.parties.select_related("enterprise", "buyer", "organisation")
    named = {str(party): party for party in parties}
    agreement.parties.all().delete()
    write_parties(agreement, enterprises, buyers, facilitator, witnesses)
    name_again(agreement, named)
    write_lines(agreement, lines)
    record("agreement.redrafted", agreement, by=by, changes=changes(before, terms))
    return agreement


def check_terms(agreement: Agreement) -> None:
    """Refuse what the database would refuse, in words beside the field."""
    if agreement.ends_on <= agreement.starts_on:
        raise ValidationError({"ends_on": _("Tanggal berakhir harus setelah tanggal mulai.")})
    if Agreement.objects.filter(number=agreement.number).exclude(pk=agreement.pk).exists():
        raise ValidationError({"number": _("Nomor perjanjian ini sudah dipakai.")})
    agreement.full_clean(validate_unique=False, validate_constraints=False)


def write_parties(agreement, enterprises, buyers, facilitator, witnesses) -> None:
    rows = [{"part": Part.ENTERPRISE, "enterprise": one} for one in dict.fromkeys(enterprises)]
    rows += [{"part": Part.BUYER, "buyer": one} for one in dict.fromkeys(buyers)]
    rows += [{"part": Part.FACILITATOR, "organisation": facilitator}] if facilitator else []
    rows += [{"part": Part.WITNESS, "organisation": one} for one in dict.fromkeys(witnesses)]
    # one by one, so that their order is the order in which they were named
    for row in rows:
        AgreementParty.objects.create(agreement=agreement, **row)


def name_again(agreement: Agreement, named: dict[str, AgreementParty]) -> None:
    """Give the parties that were there before their own number and signatory again."""
    for party in agreement.parties.select_related("enterprise", "buyer", "organisation"):
        if old := named.get(str(party)):
            names = {name: getattr(old, name) for name in ("own_number", "signatory", "signatory_title")}
            AgreementParty.objects.filter(pk=party.pk).update(**names)


def write_lines(agreement: Agreement, lines: Iterable[LineDraft]) -> None:
    enterprises = set(agreement.parties.filter(part=Part.ENTERPRISE).values_list("enterprise", flat=True))
    buyers = set(agreement.parties.filter(part=Part.BUYER).values_list("buyer", flat=True))
    said = set()
    for line in lines:
        if line.enterprise.pk not in enterprises or line.buyer.pk not in buyers:
            raise ValidationError(
                _("%(part)s: IKM dan pembelinya harus menjadi pihak perjanjian ini.")
                % {"part": line.part_name}
            )
        key = (line.enterprise.pk, line.buyer.pk, line.part_name)
        if key in said:
            raise ValidationError(
                _("%(part)s ditulis dua kali untuk IKM dan pembeli yang sama.") % {"part": line.part_name}
            )
        said.add(key)
        write_line(agreement, line)


def write_line(agreement: Agreement, draft: LineDraft) -> None:
    line = ScopeLine(
        agreement=agreement,
        enterprise=draft.enterprise,
        buyer=draft.buyer,
        part_number=draft.part_number,
        part_name=draft.part_name,
        unit=draft.unit,
        unit_price=draft.unit_price,
    )
    line.full_clean(validate_unique=False, validate_constraints=False)
    line.save(force_insert=True)
    Promise.objects.bulk_create(
        Promise(
            line=line,
            quarter_starts_on=quarter,
            starts_on=max(quarter, agreement.starts_on),
            ends_on=min(realisation.last_day_of(quarter), agreement.ends_on),
            volume=volume,
            value=value,
        )
        for quarter, volume, value in draft.promises
    )


# --- Moves --------------------------------------------------------------------------------------------
@transaction.atomic
def submit_for_review(agreement: Agreement, *, by: User) -> None:
    """Hand a draft to the legal review; the leads are told where a QCD standing holds it back."""
    refuse_incomplete(agreement)
    agreement.move_to(Status.IN_REVIEW, by=by)
    say_held_back(agreement, timezone.localdate())


@transaction.atomic
def return_to_draft(agreement: Agreement, reason: str, *, by: User) -> None:
    """Send a reviewed agreement back to be changed."""
    agreement.move_to(Status.DRAFT, by=by, reason=needed(reason))


@transaction.atomic
def sign(
    agreement: Agreement, *, signed_on: date, place: str, by: User | None, scan: Scan | None = None
) -> None:
    """Record that all parties signed, when and where, with the scan of the signed paper and its hash.

    From this moment its promises count, and supply clearance is judged for every IKM and buyer on its lines.
    Tells the owners of its IKM and the contacts of its buyers. Refused (ValidationError) while the QCD standing of
    one of the IKM holds new agreements back and the lead has not let this one through.
    """
    if signed_on > timezone.localdate():
        raise ValidationError({"signed_on": _("Tanggal tanda tangan tidak boleh setelah hari ini.")})
    if not place.strip():
        raise ValidationError({"place": _("Isi tempat tanda tangan.")})
    refuse_incomplete(agreement)
    refuse_held_back(agreement, timezone.localdate())
    values: dict[str, Any] = {"signed_on": signed_on, "signed_at_place": place.strip()}
    if scan:
        agreement.refresh_from_db()
        if not agreement.can_become(Status.SIGNED):
            agreement.move_to(Status.SIGNED, by=by)  # says why not, before a file is written
        agreement.scan.save(scan.name, ContentFile(scan.content), save=False)
        values |= {"scan": agreement.scan.name, "scan_sha256": scan.sha256}
    agreement.move_to(Status.SIGNED, by=by, **values)
    for party in agreement.parties.filter(part=Part.ENTERPRISE).select_related("enterprise"):
        record("agreement_party.signed", party, by=by, number=agreement.number)
    lines = agreement.lines.select_related("enterprise", "buyer")
    refresh_clearances({(line.enterprise, line.buyer) for line in lines})
    with for_others():
        title = _("Perjanjian %(number)s ditandatangani") % {"number": agreement.number}
    tell_parties(agreement, "agreement.signed", title)


@transaction.atomic
def activate(agreement: Agreement, *, by: User | None, today: date | None = None) -> None:
    """Let a signed agreement run; not before its first day."""
    if (today or timezone.localdate()) < agreement.starts_on:
        raise ValidationError(_("Perjanjian ini belum mencapai tanggal mulainya."))
    agreement.move_to(Status.ACTIVE, by=by)
    if agreement.renews and agreement.renews.can_become(Status.EXTENDED):
        agreement.renews.move_to(Status.EXTENDED, by=by, reason=agreement.number)


@transaction.atomic
def suspend(agreement: Agreement, reason: str, *, by: User) -> None:
    """Stop an agreement for a while; the reason is told to its parties."""
    agreement.move_to(Status.SUSPENDED, by=by, reason=needed(reason), status_reason=reason.strip())
    with for_others():
        title = _("Perjanjian %(number)s ditangguhkan") % {"number": agreement.number}
    tell_parties(agreement, "agreement.suspended", title, reason.strip())


@transaction.atomic
def resume(agreement: Agreement, *, by: User) -> None:
    """Let a suspended agreement run again."""
    agreement.refresh_from_db()
    if agreement.status != Status.SUSPENDED:
        raise ValidationError(_("Hanya perjanjian yang ditangguhkan dapat dilanjutkan."))
    agreement.move_to(Status.ACTIVE, by=by, status_reason="")


@transaction.atomic
def terminate(agreement: Agreement, reason: str, *, by: User) -> None:
    """End an agreement before its time; what was delivered and confirmed stays."""
    agreement.move_to(Status.TERMINATED, by=by, reason=needed(reason), status_reason=reason.strip())
    with for_others():
        title = _("Perjanjian %(number)s dihentikan") % {"number": agreement.number}
    tell_parties(agreement, "agreement.terminated", title, reason.strip())


@transaction.atomic
def complete(agreement: Agreement, *, by: User | None, today: date | None = None) -> str:
    """End an agreement whose period is over and return its status: completed from 80 % accepted, else expired.

    Without a promise nothing shows that it was kept, so it is expired.
    """
    if (today or timezone.localdate()) <= agreement.ends_on:
        raise ValidationError(_("Masa berlaku perjanjian ini belum berakhir."))
    figures = ledger.figures_by(ledger.Scope.everything().of(agreements=[agreement]), ledger.Key.AGREEMENT)
    share = figures[agreement.pk].realised
    is_kept = share is not None and share >= realisation.COMPLETED_FROM
    agreement.move_to(Status.COMPLETED if is_kept else Status.EXPIRED, by=by)
    return agreement.status


def needed(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Isi alasannya.")})
    return reason.strip()


def refuse_incomplete(agreement: Agreement) -> None:
    """Refuse an agreement that lacks a side or says nothing of what is to be made."""
    parts = set(agreement.parties.values_list("part", flat=True))
    if not {Part.ENTERPRISE, Part.BUYER} <= parts:
        raise ValidationError(_("Perjanjian perlu paling sedikit satu IKM dan satu pembeli."))
    if not agreement.lines.exists():
        raise ValidationError(_("Tambahkan paling sedikit satu part pada ruang lingkup."))


def tell_parties(agreement: Agreement, kind: str, title: str, body: str = "") -> None:
    owners = User.objects.filter(
        role=Role.OWNER, pk__in=people_of(agreement.parties.filter(part=Part.ENTERPRISE))
    )
    buyers = BuyerContact.objects.active().filter(buyer__parties__agreement=agreement).accounts()
    tell([*owners, *buyers], kind, title, body=body, path=agreement.get_absolute_url())


def people_of(parties) -> Any:
    """The accounts of the active people of the parties' IKM."""
    return parties.filter(enterprise__people__is_active=True).values("enterprise__people__user")

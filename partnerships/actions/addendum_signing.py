"""An addendum is signed: its lines, promises and later end count from its day; what they replace stays beside them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from partnerships.actions.addenda import Kind, Status, refuse_bad_changes, refuse_bad_terms
from partnerships.actions.agreements import people_of
from partnerships.actions.clearances import refresh_clearances
from partnerships.agreed import change_of, histories
from partnerships.models import (
    Addendum,
    AddendumNumber,
    Agreement,
    AgreementParty,
    BuyerContact,
    Promise,
    ScopeLine,
)
from partnerships.realisation import quarter_of
from partnerships.repromising import Piece, promised_after, split
from partnerships.scans import Scan
from partnerships.terms import on_day


@transaction.atomic
def sign_addendum(
    addendum: Addendum,
    *,
    signed_on: date,
    place: str,
    by: User,
    scan: Scan | None = None,
    numbers: Mapping[AgreementParty, str] | None = None,
) -> None:
    """Record that all parties signed; from here on the database refuses every change to it.

    Promises of the days from its own on are replaced, a part added gets its line and is judged for supply clearance,
    and a later end becomes the agreement's. Days before keep their price and promise. Tells whom it concerns.
    """
    if signed_on > timezone.localdate():
        raise ValidationError({"signed_on": _("Tanggal tanda tangan tidak boleh setelah hari ini.")})
    if not place.strip():
        raise ValidationError({"place": _("Isi tempat tanda tangan.")})
    addendum.refresh_from_db(from_queryset=Addendum.objects.select_for_update(of=("self",)))
    if not addendum.can_become(Status.SIGNED):
        addendum.move_to(Status.SIGNED, by=by)  # says why not, before anything is written
    refuse_bad_terms(addendum)
    refuse_bad_changes(addendum)
    agreement = Agreement.objects.get(pk=addendum.agreement_id)
    values: dict[str, Any] = {"signed_on": signed_on, "signed_at_place": place.strip()}
    if scan:
        addendum.scan.save(scan.name, ContentFile(scan.content), save=False)
        values |= {"scan": addendum.scan.name, "scan_sha256": scan.sha256}
    if addendum.extends_to:
        values["extended_from"] = agreement.ends_on
    for party, number in (numbers or {}).items():
        if number := " ".join(number.split()):
            AddendumNumber.objects.create(addendum=addendum, party=party, number=number)
    write_added(addendum)
    promise_again(addendum, agreement)
    if addendum.extends_to:
        agreement.ends_on = addendum.extends_to
        agreement.save(update_fields=["ends_on"])
    addendum.move_to(Status.SIGNED, by=by, sequence=agreement.addenda.signed().count() + 1, **values)
    say_signed(addendum, agreement, by=by)


def write_added(addendum: Addendum) -> None:
    """Give each part that is added its line; from here on the change names the line alone."""
    pairs = set()
    for change in addendum.changes.filter(kind=Kind.ADD).select_related("enterprise", "buyer"):
        enterprise, buyer, price = change.enterprise, change.buyer, change.unit_price
        if enterprise is None or buyer is None or price is None:
            continue  # the database lets no such draft in
        change.line = ScopeLine.objects.create(
            agreement=addendum.agreement,
            enterprise=enterprise,
            buyer=buyer,
            part_number=change.part_number,
            part_name=change.part_name,
            unit_price=price,
        )
        change.enterprise, change.buyer, change.part_name, change.part_number = None, None, "", ""
        change.save()
        pairs.add((enterprise, buyer))
    refresh_clearances(pairs)


def promise_again(addendum: Addendum, agreement: Agreement) -> None:
    """Replace the promises of every line it changes, from its day on; a later end adds days to all lines in force."""
    changed = {one.line_id: one for one in addendum.changes.select_related("addendum")}
    lines = agreement.lines.select_related("agreement")
    if addendum.extends_to is None:
        lines = lines.filter(changes__addendum=addendum)
    known = histories(lines)
    for line in lines:
        if line.pk in changed:
            change = change_of(changed[line.pk])
            now = None if changed[line.pk].kind == Kind.ADD else on_day(known[line.pk], change.on)
            kept, rest = taken_back(line, addendum)
        else:
            change, kept, rest = None, [], []
            now = on_day(known.get(line.pk, []), agreement.ends_on)
        until = addendum.extends_to or agreement.ends_on
        write_promises(line, addendum, kept + promised_after(rest, now, change, agreement.ends_on, until))


def taken_back(line: ScopeLine, addendum: Addendum) -> tuple[list[Piece], list[Piece]]:
    """Mark the rows that reach the addendum's day as replaced; return what they say of the days before, and from it."""
    rows = Promise.objects.select_for_update(of=("self",)).counted()
    reached = list(rows.filter(line=line, ends_on__gte=addendum.effective_on))
    kept, rest = [], []
    for row in reached:
        piece = Piece(row.starts_on, row.ends_on, row.volume, row.value)
        before, after = split(piece, addendum.effective_on)
        kept += [before] if before else []
        rest += [after] if after else []
    Promise.objects.filter(pk__in=[row.pk for row in reached]).update(replaced_by=addendum)
    return kept, rest


def write_promises(line: ScopeLine, addendum: Addendum, pieces: list[Piece]) -> None:
    Promise.objects.bulk_create(
        Promise(line=line, addendum=addendum, quarter_starts_on=quarter_of(piece.starts_on), **vars(piece))
        for piece in pieces
    )


def say_signed(addendum: Addendum, agreement: Agreement, *, by: User) -> None:
    """Put it on the timeline of each IKM it concerns, and tell these and the buyers."""
    parties = concerned(addendum, agreement)
    enterprises = parties.filter(part=AgreementParty.Part.ENTERPRISE).select_related("enterprise")
    for party in enterprises:
        record(
            "agreement_party.amended",
            party,
            by=by,
            number=addendum.number,
            effective_on=addendum.effective_on,
            extends_to=addendum.extends_to,
        )
    owners = User.objects.filter(role=Role.OWNER, pk__in=people_of(enterprises))
    contacts = BuyerContact.objects.active().filter(buyer__in=parties.values("buyer")).accounts()
    with for_others():
        title = _("Adendum %(number)s ditandatangani") % {"number": addendum.number}
    tell(
        [*owners, *contacts], "addendum.signed", title, body=addendum.reason, path=addendum.get_absolute_url()
    )


def concerned(addendum: Addendum, agreement: Agreement):
    """Return the parties whose lines it changes; a later end concerns all."""
    if addendum.extends_to:
        return agreement.parties.all()
    lines: Iterable[UUID | None] = addendum.changes.values_list("line", flat=True)
    touched = ScopeLine.objects.filter(pk__in=list(lines))
    return agreement.parties.filter(
        Q(enterprise__in=touched.values("enterprise")) | Q(buyer__in=touched.values("buyer"))
    )

"""What comes when an agreement nears its end: notices 90, 60 and 30 days before, and the draft that follows it."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from partnerships.actions.agreements import LineDraft, draft_agreement, draft_line, tell_parties
from partnerships.agreed import histories
from partnerships.milestones import notice_due
from partnerships.models import Agreement, AgreementParty, ExpiryNotice
from partnerships.terms import on_day

Part, Status = AgreementParty.Part, Agreement.Status


@transaction.atomic
def send_expiry_notices(*, today: date | None = None) -> int:
    """Tell parties and staff of agreements in force that end soon, each step once; return how many were told."""
    today, told = today or timezone.localdate(), 0
    for agreement in Agreement.objects.in_force().select_for_update(of=("self",)):
        days = notice_due(agreement.ends_on, today)
        if days is None:
            continue
        _notice, created = ExpiryNotice.objects.get_or_create(
            agreement=agreement, ends_on=agreement.ends_on, days_before=days
        )
        if created:
            told += 1
            announce(agreement, days, (agreement.ends_on - today).days)
    return told


def announce(agreement: Agreement, step: int, left: int) -> None:
    record("agreement.expiry_announced", agreement, by=None, days_before=step)
    with for_others():
        title = _("Perjanjian %(number)s berakhir %(days)s hari lagi") % {
            "number": agreement.number,
            "days": left,
        }
    tell_parties(agreement, "agreement.expiring", title)
    staff = User.objects.active().with_role(Role.STAFF)
    tell(staff, "agreement.expiring", title, path=agreement.get_absolute_url())


@transaction.atomic
def renew(agreement: Agreement, *, by: User) -> Agreement:
    """Draft the agreement that follows this one: same parties and parts, as long, from the day after its end.

    When the new one is activated, this one becomes *diperpanjang*. A second draft beside one under way is refused.
    """
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if agreement.status not in (Status.ACTIVE, Status.SUSPENDED):
        raise ValidationError(_("Hanya perjanjian yang berlaku dapat diperpanjang."))
    if agreement.renewals.exclude(status=Status.TERMINATED).exists():
        raise ValidationError(_("Perpanjangan perjanjian ini sudah disiapkan."))
    starts_on = agreement.ends_on + timedelta(days=1)
    ends_on = starts_on + (agreement.ends_on - agreement.starts_on)
    parties = list(agreement.parties.select_related("enterprise", "buyer", "organisation"))
    renewal = draft_agreement(
        by=by,
        number=number_after(agreement),
        title=agreement.title,
        kind=agreement.kind,
        starts_on=starts_on,
        ends_on=ends_on,
        enterprises=[one.enterprise for one in parties if one.enterprise],
        buyers=[one.buyer for one in parties if one.buyer],
        facilitator=next((one.organisation for one in parties if one.part == Part.FACILITATOR), None),
        witnesses=[one.organisation for one in parties if one.organisation and one.part == Part.WITNESS],
        lines=lines_again(agreement, starts_on, ends_on),
        max_ppm=agreement.max_ppm,
        min_on_time=agreement.min_on_time,
        payment_days=agreement.payment_days,
        renews=agreement,
    )
    record("agreement.renewal_drafted", agreement, by=by, number=renewal.number)
    return renewal


def lines_again(agreement: Agreement, starts_on: date, ends_on: date) -> list[LineDraft]:
    """Return the parts in force on the last day, at the price and monthly volume of that day, over the new period."""
    lines = list(agreement.lines.select_related("agreement", "enterprise", "buyer").order_by("created_at"))
    known = histories(lines)
    last = {line.pk: on_day(known[line.pk], agreement.ends_on) for line in lines}
    return [
        draft_line(
            line.enterprise,
            line.buyer,
            line.part_name,
            terms.price,
            monthly_volume=terms.monthly_volume or 0,
            starts_on=starts_on,
            ends_on=ends_on,
            part_number=line.part_number,
            unit=line.unit,
        )
        for line in lines
        if (terms := last[line.pk])
    ]


def number_after(agreement: Agreement) -> str:
    """Return a number that nobody has used: the old one with how often it was renewed; the paper's own replaces it."""
    for count in range(1, 100):
        number = f"{agreement.number[:70]}-P{count}"
        if not Agreement.objects.filter(number=number).exists():
            return number
    raise ValidationError(_("Nomor perjanjian ini sudah dipakai."))

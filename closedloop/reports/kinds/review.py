"""Notulen Tinjauan MoU: one quarterly review of an agreement, with the figures as they stood on its day."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.core import formats
from closedloop.figures.catalogue import Scope, Sheet
from closedloop.reports import supply
from closedloop.reports.frame import add_figures, base_context, frame, pairs
from closedloop.reports.kinds import agreement
from closedloop.reports.models import Kind
from partnerships.models import Agreement, AgreementParty, ReviewDecision, ReviewMeeting, ScopeLine
from partnerships.quarter_words import rows_of

KIND = Kind.REVIEW
PREFIX = "NTM"
TEMPLATE = "reports/pdf/review.html"

HEADLINES = agreement.HEADLINES
FIGURES = agreement.FIGURES


def everything() -> QuerySet[ReviewMeeting]:
    return ReviewMeeting.objects.select_related("agreement", "recorded_by")


def subjects(user: User) -> QuerySet[ReviewMeeting]:
    """Reviews of the agreements one may know of."""
    if not (user.may(Permission.DOCUMENT_REQUEST) and user.may(Permission.AGREEMENT_VIEW)):
        return ReviewMeeting.objects.none()
    return ReviewMeeting.objects.visible_to(user).select_related("agreement", "recorded_by")


def snapshots(
    subjects: Sequence[ReviewMeeting], *, language: str, by: User | None, as_of: datetime
) -> Iterator[dict]:
    """Yield everything each paper says, in the order of the subjects."""
    for subject in subjects:
        yield one_snapshot(subject, language=language, by=by, as_of=as_of)


def one_snapshot(subject: ReviewMeeting, *, language: str, by: User | None, as_of: datetime) -> dict:
    """Return everything the paper will say; the figures are those of the review's last hour, or of now before it."""
    end = timezone.make_aware(datetime.combine(subject.held_on, time(23, 59)))
    deal, cut = subject.agreement, min(as_of, end)
    scope = Scope(user=by, agreement=deal, as_of=cut)
    found = frame(
        KIND,
        heading=deal.title,
        line=" · ".join((deal.number, deal.get_kind_display())),
        filters=[
            (_("Tinjauan"), formats.date_medium(subject.held_on)),
            (_("Angka"), _("sampai %(moment)s") % {"moment": formats.moment(cut)}),
        ],
        language=language,
        by=by,
        as_of=as_of,
    )
    add_figures(found, Sheet(scope), FIGURES, headlines=HEADLINES)
    lines = ScopeLine.objects.filter(agreement=deal)
    if by:
        lines = lines.visible_to(by)
    known = list(lines.values_list("enterprise", "buyer"))
    return found | {
        "facts": [
            [_("Hari dan tanggal"), formats.date_long(subject.held_on)],
            [_("Masa perjanjian"), formats.date_range(deal.starts_on, deal.ends_on)],
            [_("Dicatat oleh"), subject.recorded_by.full_name],
            [_("Tinjauan berikutnya"), formats.date_medium(subject.next_on)],
            [_("Ditutup"), formats.moment(subject.closed_at)],
        ],
        "attendees": [line.strip() for line in subject.attendees.splitlines() if line.strip()],
        "minutes": subject.minutes,
        "decisions": decision_rows(subject, by),
        "frozen": frozen_rows(subject, by),
        "quarters": supply.quarter_series(
            agreement.ledger_of(scope).of(agreements=[deal.pk]), deal.starts_on, deal.ends_on, scope.day
        )["rows"],
        "signers": agreement.signers(parties_of(deal, known)),
        "public": [
            [_("Perjanjian"), deal.number],
            [_("Tinjauan"), formats.date_medium(subject.held_on)],
        ],
    }


def parties_of(deal: Agreement, known: list[tuple]) -> list[AgreementParty]:
    """Return the parties that whoever asked deals with: one of several buyers reads of no other."""
    ours = {pk for pair in known for pk in pair}
    rows = deal.parties.select_related("enterprise", "buyer", "organisation")
    return [one for one in rows if ours.issuperset({one.enterprise_id, one.buyer_id} - {None})]


def frozen_rows(subject: ReviewMeeting, by: User | None) -> list[list[str]]:
    """Return the figures frozen at the review; they are of all parties together, so that no party reads them."""
    if not subject.figures or (by and not by.may(Permission.BUYER_VIEW)):
        return []
    return [list(pair) for pair in rows_of(subject.figures)]


def decision_rows(subject: ReviewMeeting, by: User | None) -> list[dict]:
    """Return the decisions on everybody and on the IKM that whoever asked deals with."""
    rows = subject.decisions.dealt_with_by(by, subject.agreement) if by else subject.decisions.all()
    return [
        {
            "kind": str(one.get_kind_display()),
            "text": one.text,
            "who": str(one.enterprise) if one.enterprise else _("Semua pihak"),
            "module": one.module_code,
            "due": formats.date_medium(one.due_on),
            "responsible": one.responsible,
            "led_to": led_to(one),
        }
        for one in rows.select_related("enterprise", "session", "plan_item__criterion")
    ]


def led_to(decision: ReviewDecision) -> str:
    """Return what the decision set going: a session or an item of the plan."""
    if decision.session:
        day = formats.date_medium(decision.session.day)
        return _("Sesi %(title)s, %(day)s") % {"title": decision.session.title, "day": day}
    if decision.plan_item:
        return _("Butir rencana %(item)s") % {"item": decision.plan_item}
    return ""


def context(snapshot: dict) -> dict:
    return {**base_context(snapshot), "facts": pairs(snapshot["facts"])}

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
from closedloop.reports.frame import add_figures, base_context, frame, pairs, text
from closedloop.reports.kinds import agreement
from closedloop.reports.models import Kind
from partnerships.models import ReviewMeeting

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
    parties = list(deal.parties.select_related("enterprise", "buyer", "organisation"))
    return found | {
        "facts": [
            [_("Hari"), formats.date_long(subject.held_on)],
            [_("Masa perjanjian"), formats.date_range(deal.starts_on, deal.ends_on)],
            [_("Dicatat oleh"), subject.recorded_by.full_name],
            [_("Tinjauan berikutnya"), formats.date_medium(subject.next_on)],
        ],
        "attendees": [line.strip() for line in subject.attendees.splitlines() if line.strip()],
        "minutes": subject.minutes,
        "decisions": decision_rows(subject),
        "quarters": supply.quarter_series(
            agreement.ledger_of(scope).of(agreements=[deal.pk]), deal.starts_on, deal.ends_on, scope.day
        )["rows"],
        "signers": agreement.signers(parties),
        "public": [
            [_("Perjanjian"), deal.number],
            [_("Tinjauan"), formats.date_medium(subject.held_on)],
            [_("Keputusan"), formats.number(subject.decisions.count())],
        ],
    }


def decision_rows(subject: ReviewMeeting) -> list[dict]:
    return [
        {
            "kind": str(one.get_kind_display()),
            "text": one.text,
            "who": text(one.enterprise),
            "module": one.module_code,
            "due": formats.date_medium(one.due_on),
        }
        for one in subject.decisions.select_related("enterprise")
    ]


def context(snapshot: dict) -> dict:
    return {**base_context(snapshot), "facts": pairs(snapshot["facts"])}

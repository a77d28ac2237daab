"""Sessions put into the plan: one, a weekly series, a whole module. All of them or none."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from closedloop.accounts.models import User
from closedloop.core.formats import date_medium
from closedloop.core.languages import for_others
from closedloop.regions.models import Regency
from participants.models import Cohort
from trainings.actions.sessions import add, tell_of
from trainings.clashes import NotAgreed, imagined, review
from trainings.models import Module, TrainingSession

PLAN_LOCK = 4_2026  # any number of our own; held while a plan is compared with those of others and saved
NAMED = 12  # the most days that a message lists

Status = TrainingSession.Status


class RowRefused(ValidationError):
    """What is wrong with one of many sessions; `row` is its number from 0."""

    def __init__(self, error: ValidationError, row: int):
        super().__init__(error)
        self.row = row


@transaction.atomic
def plan_sessions(
    cohort: Cohort,
    rows: list[dict],
    *,
    by: User,
    key: UUID | None = None,
    publish: bool = True,
    agreed: str | None = None,
) -> list[TrainingSession]:
    """Put all the sessions into the cohort's plan or none, published or as drafts; owners are told once.

    Each row holds the details of schedule_session. The key becomes the first session's id, so that the same form
    sent twice makes one plan. `agreed` is the digest of what the person read against it (None: nobody is asked).
    Sessions in the past may be entered late; nobody is told of those. Raises NotAgreed, and RowRefused as
    schedule_session raises ValidationError.
    """
    one_at_a_time()
    if key and TrainingSession.objects.filter(pk=key).exists():
        return list(TrainingSession.objects.filter(pk=key))
    if agreed is not None:
        ask([imagined(cohort, row) for row in rows], agreed)
    status = Status.SCHEDULED if publish else Status.DRAFT
    sessions = []
    for number, row in enumerate(rows):
        own = {"id": key} if key and number == 0 else {}
        try:
            sessions.append(add(by=by, cohort=cohort, status=status, **own, **row))
        except ValidationError as error:
            raise RowRefused(error, number) from error
    if publish:
        tell_of_new([one for one in sessions if one.starts_at > timezone.now()])
    return sessions


@transaction.atomic
def publish_drafts(cohort: Cohort, *, by: User, agreed: str | None = None) -> int:
    """Schedule every draft of the cohort, tell the owners on its roster once, and return how many there were.

    `agreed` is as in plan_sessions: also drafts that were made without a look may clash. Raises NotAgreed.
    """
    one_at_a_time()
    drafts = list(TrainingSession.objects.filter(cohort=cohort, status=Status.DRAFT).with_place())
    if agreed is not None:
        ask(drafts, agreed)
    for session in drafts:
        session.move_to(Status.SCHEDULED, by=by)
    tell_of_new([one for one in drafts if one.starts_at > timezone.now()])
    return len(drafts)


def schedule_session(
    *,
    by: User,
    cohort: Cohort,
    module: Module,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    lesson_hours: int,
    place: str,
    regency: Regency,
    trainer: User,
    **details: Any,
) -> TrainingSession:
    """Put a session into the cohort's plan and tell the owners on its roster once; nobody is asked of clashes.

    `details` are kind, address, seats, opens_before and late_after. Raises ValidationError for a module of another
    curriculum, a trainer who may not run sessions, or a session that stands there already.
    """
    row = {
        "module": module,
        "title": title,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "lesson_hours": lesson_hours,
        "place": place,
        "regency": regency,
        "trainer": trainer,
        **details,
    }
    return plan_sessions(cohort, [row], by=by)[0]


@for_others()
def series(row: dict, *, count: int, every_days: int = 7) -> list[dict]:
    """Return `count` rows for plan_sessions, `every_days` apart on the same hour, with their titles numbered."""
    if count == 1:
        return [row]
    return [
        {
            **row,
            "title": _("%(title)s, pertemuan %(number)d") % {"title": row["title"], "number": number + 1},
            "starts_at": row["starts_at"] + timedelta(days=every_days * number),
            "ends_at": row["ends_at"] + timedelta(days=every_days * number),
        }
        for number in range(count)
    ]


def one_at_a_time() -> None:
    """Wait until nobody else is saving a plan, so that of two plans at once the second sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PLAN_LOCK])


def ask(sessions: list[TrainingSession], agreed: str) -> None:
    """Raise NotAgreed unless what speaks against the sessions is what somebody agreed to."""
    found = review(sessions)
    if found.digest not in ("", agreed):
        raise NotAgreed(found)


@for_others()
def tell_of_new(sessions: list[TrainingSession]) -> None:
    """Tell the owners on the roster once of all these sessions of one cohort."""
    if not sessions:
        return
    first, *later = sorted(sessions, key=lambda one: one.starts_at)
    title = _("Sesi baru: %(session)s") % {"session": first}
    if later:
        title = ngettext("%(count)d sesi baru: %(title)s", "%(count)d sesi baru: %(title)s", len(sessions))
        modules = {one.module.title for one in sessions}
        subject = modules.pop() if len(modules) == 1 else str(first.cohort)
        title = title % {"count": len(sessions), "title": subject}
    tell_of(first, "session.scheduled", title, more=days_of(later))


def days_of(sessions: list[TrainingSession]) -> str:
    """Return "Sesudahnya: 8 Desember 2026, …" in the zones of the places; "" for none."""
    days = [date_medium(one.starts_at.astimezone(one.zone).date()) for one in sessions]
    if len(days) > NAMED:
        days = [*days[:NAMED], "…"]
    return _("Sesudahnya: %(days)s") % {"days": ", ".join(days)} if days else ""

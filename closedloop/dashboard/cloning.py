"""A cohort copied with its plan: every date moved, versions pinned, and no member taken along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

import participants.actions
import trainings.actions
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.audit.trail import record
from closedloop.dashboard.pinning import set_pins
from closedloop.dashboard.pins import Pins
from closedloop.dashboard.shifting import WEEK, days_between, is_day_off, moved_day, moved_moment
from participants.models import Cohort
from trainings.models import Module, TrainingSession

COPIED = (
    "kind",
    "title",
    "lesson_hours",
    "place",
    "address",
    "regency",
    "opens_before",
    "late_after",
    "asks_exit",
)


@dataclass(frozen=True)
class Line:
    """One session of the old plan and where it comes to lie; without a module it is not copied."""

    session: TrainingSession
    starts_at: datetime
    ends_at: datetime
    module: Module | None
    trainer: User | None  # None where the old one may run no session any more

    @property
    def old_day(self) -> date:
        """The day at the session's place."""
        return self.session.starts_at.astimezone(ZoneInfo(self.session.time_zone)).date()

    @property
    def day(self) -> date:
        return self.starts_at.date()

    @property
    def is_day_off(self) -> bool:
        return is_day_off(self.day)


@dataclass(frozen=True)
class Plan:
    """The old plan on its new days."""

    days: int
    starts_on: date
    ends_on: date
    lines: tuple[Line, ...]
    asked: int = 0  # days between the old first day and the new one

    @property
    def weeks_if_rounded(self) -> int | None:
        """The full weeks that the days asked for were rounded up to; None where nothing was rounded."""
        return self.days // WEEK if self.days != self.asked else None

    @property
    def copied(self) -> list[Line]:
        return [line for line in self.lines if line.module]


def plan_of(cohort: Cohort, starts_on: date, pins: Pins, *, keep_weekdays: bool) -> Plan:
    """Return the cohort's plan as it begins on another day; cancelled sessions are left out.

    Raises OverflowError for a day that no calendar reaches.
    """
    days = days_between(cohort.starts_on, starts_on, keep_weekdays=keep_weekdays)
    sessions = TrainingSession.objects.live().filter(cohort=cohort).with_place().order_by("starts_at")
    modules = {module.code: module for module in pins.curriculum.modules.all()} if pins.curriculum else {}
    lines = tuple(
        Line(
            session=session,
            starts_at=moved_moment(session.starts_at, days, session.time_zone),
            ends_at=moved_moment(session.ends_at, days, session.time_zone),
            module=modules.get(session.module.code),
            trainer=session.trainer if may_train(session.trainer) else None,
        )
        for session in sessions
    )
    ends_on = max(moved_day(cohort.ends_on, days), last_day(lines, starts_on))
    return Plan(days, starts_on, ends_on, lines, asked=(starts_on - cohort.starts_on).days)


def may_train(user: User) -> bool:
    return user.is_active and user.may(Permission.SESSION_RUN)


def last_day(lines: Iterable[Line], otherwise: date) -> date:
    return max((line.ends_at.date() for line in lines), default=otherwise)


@transaction.atomic
def clone_cohort(
    cohort: Cohort, *, by: User, starts_on: date, keep_weekdays: bool, pins: Pins, **fields: Any
) -> Cohort:
    """Plan a new cohort after an old one and return it; its sessions are drafts without attendance.

    `fields` are the code and the name, and the id where a form gave one. A trainer who may run no session any
    more is replaced by whoever copies. Raises ValidationError, among others for a code in use.
    """
    plan = plan_of(cohort, starts_on, pins, keep_weekdays=keep_weekdays)
    made = participants.actions.create_cohort(
        by=by,
        sector=cohort.sector,
        region=cohort.region,
        quota=cohort.quota,
        is_practice=cohort.is_practice,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        **fields,
    )
    set_pins(made, pins, by=by)
    for line in plan.copied:
        trainings.actions.draft_session(
            by=by,
            cohort=made,
            module=line.module,
            trainer=line.trainer or by,
            starts_at=line.starts_at,
            ends_at=line.ends_at,
            **{name: getattr(line.session, name) for name in COPIED},
        )
    record("cohort.cloned", made, by=by, source=cohort.code, days=plan.days, sessions=len(plan.copied))
    return made

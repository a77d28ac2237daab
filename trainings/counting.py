"""How much of what was held somebody attended: the one place where a session turns into lesson hours (JP).

Pure functions over marks that progress.py read. Held are closed sessions at which the IKM was expected or
somebody of it was present, except make-up sessions, which only give back what was missed. A session earns its
hours times the best points among the people counted (the session's own StatusSet), so two people of one IKM
count once; a rejected mark earns nothing. Source: domain.md §1.6, features.md C1, C11, C12.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from trainings.models import TrainingSession

ZERO = Decimal(0)


@dataclass(frozen=True)
class Mark:
    """One person's mark as it counts: its points 0–1, and the day on which it was made."""

    points: Decimal
    is_present: bool
    day: date | None = None
    person: UUID | None = None
    by_owner: bool = False
    is_away: bool = False  # excused or sick
    made_up_at: "TrainingSession | None" = None  # the other cohort's session where this one was made up for


@dataclass(frozen=True)
class Meeting:
    """One closed session as it concerns one enrolment."""

    session: "TrainingSession"
    hours: int
    day: date
    is_expected: bool
    is_make_up: bool = False
    is_visit: bool = False
    marks: tuple[Mark, ...] = ()

    @property
    def was_attended(self) -> bool:
        """Whether anybody of the IKM was there."""
        return any(mark.is_present for mark in self.marks)

    @property
    def is_held(self) -> bool:
        """Whether it belongs in the denominator."""
        return not self.is_make_up and (self.is_expected or self.was_attended)


class Why(StrEnum):
    """Why a session counts as it does."""

    PRESENT = "present"  # all of its hours
    PART = "part"  # some of its hours, by the points of its status set
    AWAY = "away"  # held, nothing earned
    MADE_UP = "made_up"  # missed, and made up for at another cohort's session
    GIVES_BACK = "gives_back"  # a make-up session that restores what was missed
    SPARE = "spare"  # a make-up session with nothing left to give back
    NOT_EXPECTED = "not_expected"  # held before joining, after leaving or during a leave
    NOT_TAUGHT = "not_taught"  # its module is not in the cohort's curriculum


@dataclass(frozen=True)
class Counted:
    """One line of a share: the lines of an enrolment add up to its share."""

    meeting: Meeting
    why: Why
    is_present: bool = False
    is_held: bool = False
    jp_present: Decimal = ZERO
    jp_held: int = 0

    @property
    def made_up_at(self) -> "TrainingSession | None":
        """The other cohort's session at which the hours were earned, if they were."""
        return next((mark.made_up_at for mark in self.meeting.marks if mark.made_up_at), None)

    @property
    def counts(self) -> bool:
        """Whether it changes the share at all."""
        return self.is_held or self.is_present or self.jp_present > 0


@dataclass(frozen=True)
class AttendanceShare:
    """Sessions and lesson hours (JP) attended, of those held."""

    sessions_present: int = 0
    sessions_held: int = 0
    jp_present: Decimal = ZERO
    jp_held: int = 0

    @property
    def ratio(self) -> Decimal | None:
        """JP present / JP held, 0–1; unknown while nothing was held."""
        return self.jp_present / self.jp_held if self.jp_held else None

    @property
    def is_full(self) -> bool:
        """Whether all that was held is earned, so that nothing is left to make up for."""
        return self.jp_present == self.jp_held


def everybody(_mark: Mark) -> bool:
    return True


def count(meetings: Iterable[Meeting], *, of: Callable[[Mark], bool] = everybody) -> list[Counted]:
    """Return one line for each session, in the order of their days; `of` says whose marks earn hours.

    Make-up sessions come last: together they give back at most the sessions and hours that were missed.
    """
    meetings = sorted(meetings, key=lambda meeting: (meeting.is_make_up, meeting.day))
    lines = [_line(meeting, of) for meeting in meetings if not meeting.is_make_up]
    sums = share_of(lines)
    missed, missed_jp = sums.sessions_held - sums.sessions_present, sums.jp_held - sums.jp_present
    for meeting in meetings:
        if meeting.is_make_up:
            line = _make_up(meeting, of, missed, missed_jp)
            missed, missed_jp = missed - line.is_present, missed_jp - line.jp_present
            lines.append(line)
    return sorted(lines, key=lambda line: line.meeting.day)


def share_of(lines: Iterable[Counted]) -> AttendanceShare:
    """Return the sum of the lines."""
    lines = list(lines)
    return AttendanceShare(
        sessions_present=sum(line.is_present for line in lines),
        sessions_held=sum(line.is_held for line in lines),
        jp_present=sum((line.jp_present for line in lines), ZERO),
        jp_held=sum(line.jp_held for line in lines),
    )


def total(shares: Iterable[AttendanceShare]) -> AttendanceShare:
    """Return the sum of several shares: hours and sessions added, never percentages averaged."""
    shares = list(shares)
    return AttendanceShare(
        sessions_present=sum(share.sessions_present for share in shares),
        sessions_held=sum(share.sessions_held for share in shares),
        jp_present=sum((share.jp_present for share in shares), ZERO),
        jp_held=sum(share.jp_held for share in shares),
    )


def exact(value: Decimal | int) -> str:
    """Return hours as a machine keeps them: 4.50 is "4.5", 4.00 is "4"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _line(meeting: Meeting, of: Callable[[Mark], bool]) -> Counted:
    if not meeting.is_held:
        return Counted(meeting, Why.NOT_EXPECTED)
    marks = [mark for mark in meeting.marks if of(mark)]
    points = max((mark.points for mark in marks), default=ZERO)
    at_home = max((mark.points for mark in marks if not mark.made_up_at), default=ZERO)
    earned = Why.MADE_UP if points > at_home else Why.PRESENT if points == 1 else Why.PART
    return Counted(
        meeting,
        earned if points else Why.AWAY,
        is_present=any(mark.is_present for mark in marks),
        is_held=True,
        jp_present=meeting.hours * points,
        jp_held=meeting.hours,
    )


def _make_up(meeting: Meeting, of: Callable[[Mark], bool], missed: int, missed_jp: Decimal) -> Counted:
    points = max((mark.points for mark in meeting.marks if of(mark) and mark.is_present), default=None)
    if points is None or not (missed or missed_jp):
        return Counted(meeting, Why.SPARE)
    given = min(meeting.hours * points, missed_jp)
    return Counted(meeting, Why.GIVES_BACK, is_present=missed > 0, jp_present=given)

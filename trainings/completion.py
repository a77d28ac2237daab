"""Whether a module is passed, and what is missing (domain.md §1.6).

Passed means: the share of the lesson hours held that somebody of the IKM attended reaches the module's
minimum (80%), and the mark after the module reaches its pass mark (70). Where the owner must attend in
person, only the owner's hours count. Where the module asks for it, something must also have changed at the
IKM: at least one factory action, and all of them checked by its mentor (features.md B3). What nobody has
recorded stays unknown and is never taken for zero.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class State(StrEnum):
    """How far an IKM is with a module."""

    UNKNOWN = "unknown"  # nothing was held and no mark is known
    RUNNING = "running"  # can still go either way
    PASSED = "passed"
    NOT_PASSED = "not_passed"  # as things stand; a make-up session or a second test can change it


class Gap(StrEnum):
    """What keeps a module from being passed."""

    NOT_HELD = "not_held"
    SESSIONS_TO_COME = "sessions_to_come"
    ATTENDANCE = "attendance"
    OWNER_AWAY = "owner_away"
    MARK_UNKNOWN = "mark_unknown"
    MARK_LOW = "mark_low"
    NO_ACTION = "no_action"
    ACTIONS_OPEN = "actions_open"


@dataclass(frozen=True)
class Completion:
    """The verdict and, in the order of their weight, its reasons."""

    state: State
    missing: tuple[Gap, ...] = ()


def completion_of(
    *,
    jp_present: Decimal | int,
    jp_held: int,
    post_mark: Decimal | None,
    min_attendance: Decimal,
    pass_mark: Decimal,
    jp_to_come: int = 0,
    jp_by_owner: Decimal | int | None = None,
    actions_total: int | None = None,
    actions_open: int = 0,
) -> Completion:
    """Judge one module for one IKM.

    Hours are lesson hours (JP): present and held in closed sessions, to come in those still scheduled.
    `jp_by_owner` is given only where the owner must attend in person, `actions_total` only where the module
    asks for factory actions; `actions_open` of them no mentor has checked. An action can always still be done,
    so it keeps a module open and never fails it. `min_attendance` is a share 0–1, the marks are 0–100. Nothing
    is rounded before it is compared.
    """
    credited = jp_present if jp_by_owner is None else jp_by_owner
    total = jp_held + jp_to_come
    attendance_is_safe = jp_held > 0 and credited >= min_attendance * total
    attendance_is_lost = jp_held > 0 and credited + jp_to_come < min_attendance * total
    mark_is_low = post_mark is not None and post_mark < pass_mark
    missing = _missing(
        jp_present, jp_held, jp_to_come, credited, min_attendance, attendance_is_safe, post_mark, mark_is_low
    ) + _undone(actions_total, actions_open)
    if not missing:
        return Completion(State.PASSED)
    if attendance_is_lost or mark_is_low:
        return Completion(State.NOT_PASSED, missing)
    if jp_held == 0 and post_mark is None:
        return Completion(State.UNKNOWN, missing)
    return Completion(State.RUNNING, missing)


def _missing(
    jp_present: Decimal | int,
    jp_held: int,
    jp_to_come: int,
    credited: Decimal | int,
    min_attendance: Decimal,
    attendance_is_safe: bool,
    post_mark: Decimal | None,
    mark_is_low: bool,
) -> tuple[Gap, ...]:
    gaps = []
    if jp_held == 0:
        gaps.append(Gap.NOT_HELD)
    elif not attendance_is_safe:
        if credited >= min_attendance * jp_held:
            gaps.append(Gap.SESSIONS_TO_COME)
        elif jp_present >= min_attendance * jp_held:
            gaps.append(Gap.OWNER_AWAY)
        else:
            gaps.append(Gap.ATTENDANCE)
    if post_mark is None:
        gaps.append(Gap.MARK_UNKNOWN)
    elif mark_is_low:
        gaps.append(Gap.MARK_LOW)
    return tuple(gaps)


def _undone(total: int | None, still_open: int) -> tuple[Gap, ...]:
    if total == 0:
        return (Gap.NO_ACTION,)
    return (Gap.ACTIONS_OPEN,) if total and still_open else ()

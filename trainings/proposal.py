"""Which days a module is taught on, and how long: a proposal that people change before it is saved.

Pure functions. A lesson hour (JP) is 45 minutes (domain.md §1.6).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

LESSON = timedelta(minutes=45)
FARTHEST = 3 * 366  # days looked ahead; a plan that needs more has nothing but holidays


@dataclass(frozen=True)
class Block:
    """A module, by its key, the lesson hours it takes, and how many of its meetings are factory visits."""

    module: str
    lesson_hours: int
    visits: int = 0


@dataclass(frozen=True)
class Meeting:
    """One proposed session: of which module, its number in it, on which day, how long, and whether in a factory."""

    module: str
    number: int
    day: date
    lesson_hours: int
    is_visit: bool = False


def propose(
    blocks: Iterable[Block],
    *,
    first_day: date,
    weekdays: Collection[int],
    most_hours: int,
    holidays: Collection[date] = (),
) -> list[Meeting]:
    """Return one session a day on the weekdays (Monday is 0) from the first day on, none on a holiday.

    The modules follow each other, and each one's hours add up exactly. Raises ValueError without weekdays or
    hours, or when no day can be found.
    """
    days = _teaching_days(first_day, weekdays, holidays)
    return [
        Meeting(block.module, number, next(days), hours, is_visit)
        for block in blocks
        for number, (hours, is_visit) in enumerate(parts(block, most_hours), start=1)
    ]


def parts(block: Block, most_hours: int) -> list[tuple[int, bool]]:
    """Return (lesson hours, is a visit) of each meeting of a module, as even as whole hours allow.

    A visit follows what it is about, so there are at least as many class days as visits where the hours
    suffice: a day in class, then the factory.
    """
    if most_hours < 1:
        raise ValueError("a meeting needs hours")
    hours = block.lesson_hours
    count = max(-(-hours // most_hours), min(2 * block.visits, hours))
    visits = min(block.visits, count)
    at = {-(-count * (number + 1) // visits) - 1 for number in range(visits)}
    return [(hours // count + (place < hours % count), place in at) for place in range(count)]


def _teaching_days(first: date, weekdays: Collection[int], holidays: Collection[date]) -> Iterator[date]:
    for offset in range(FARTHEST):
        day = first + timedelta(days=offset)
        if day.weekday() in weekdays and day not in holidays:
            yield day
    raise ValueError("no day left")


def skipped(
    first_day: date, last_day: date, *, weekdays: Collection[int], holidays: Collection[date]
) -> list[date]:
    """Return the holidays that fell on a wanted weekday between the two days."""
    return sorted(day for day in holidays if first_day <= day <= last_day and day.weekday() in weekdays)


def end_of(begin: time, lesson_hours: int) -> time | None:
    """Return when so many lesson hours without a break end, or None when that is past midnight."""
    start = datetime.combine(date(2000, 1, 1), begin)
    end = start + LESSON * lesson_hours
    return end.time() if end.date() == start.date() else None

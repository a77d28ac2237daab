"""Play stories in the order of their days.

A story is a generator: it yields the moment at which it goes on, and does its acts when it is resumed, with
the clock at that moment. Many stories run side by side; whatever lies after today simply has not happened yet.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from django.db import connection

from closedloop.demonstration.cast import Cast
from closedloop.demonstration.clock import clock_at

WIB = ZoneInfo("Asia/Jakarta")
SEED = 2026

# after so many scenes PostgreSQL counts its tables: nobody else does it for rows of an open transaction, and
# what looks empty is read in the slowest way
PAUSES = (250, 700, 1500, 3000, 5000)

Story = Iterator[datetime]


class Show:
    """The stage on which stories are played up to `now`, and the cast they share."""

    def __init__(self, now: datetime):
        self.now = now
        self.today: date = now.astimezone(WIB).date()
        self.cast = Cast()
        self.waiting: list[tuple[datetime, int, Story]] = []
        self.order = count()

    def tell(self, story: Story) -> None:
        """Begin a story; nothing of it happens before its first moment has come."""
        moment = next(story, None)
        if moment is not None:
            heappush(self.waiting, (moment, next(self.order), story))

    def play(self) -> None:
        """Play everything up to now, oldest moment first."""
        for scene in count(1):
            if not self.waiting or self.waiting[0][0] > self.now:
                return
            if scene in PAUSES:
                count_tables()
            moment, _order, story = heappop(self.waiting)
            with clock_at(moment):
                following = next(story, None)
            if following is not None:
                heappush(self.waiting, (max(following, moment), next(self.order), story))

    def random(self, *names: object) -> Random:
        """Return the dice of one story: the same for the same names, whatever else is told."""
        return Random("/".join(map(str, (SEED, *names))))  # noqa: S311 a story, no secret

    def day(self, days_ago: int) -> date:
        """Return the working day so many days ago (negative: to come), weekends moved away from today."""
        day = self.today - timedelta(days=days_ago)
        if day.weekday() < 5 or days_ago == 0:
            return day
        back, ahead = timedelta(days=day.weekday() - 4), timedelta(days=7 - day.weekday())
        return day - back if days_ago > 0 else day + ahead

    def at(self, days_ago: int, clock: str = "09.00", zone: ZoneInfo = WIB) -> datetime:
        """Return a moment of that working day by the clocks of the zone."""
        hour, _dot, minute = clock.partition(".")
        return datetime.combine(self.day(days_ago), time(int(hour), int(minute)), zone)

    def working(self, day: date) -> date:
        """Return the day, or the Monday after it when it lies in a weekend."""
        return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def count_tables() -> None:
    """Count the portal's own tables, and not the server's shared ones: those stay locked until the load is over."""
    with connection.cursor() as cursor:
        own = connection.introspection.table_names(cursor)
        cursor.execute("ANALYZE " + ", ".join(map(connection.ops.quote_name, own)))

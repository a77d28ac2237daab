"""What the portal does by itself: months are closed, and supply clearance is judged again."""

from datetime import date, datetime, time, timedelta

from closedloop.demonstration.show import WIB, Show, Story
from participants.models import Enterprise
from partnerships.actions import close_month, refresh_clearances
from partnerships.models import Agreement, ScopeLine, SupplyClearance

CLOSES_ON = 5  # of the next month, when every buyer's grace is over
FIRST = 445  # days ago: the first agreement began


def closed_months(show: Show) -> Story:
    """Close each month for every IKM that had an agreement or an order by then; judge clearance every quarter."""
    month = show.day(FIRST).replace(day=1)
    while month <= show.today:
        following = (month + timedelta(days=32)).replace(day=1)
        yield datetime.combine(following.replace(day=CLOSES_ON), time(6), WIB)
        for enterprise in suppliers(following):
            close_month(enterprise, month)
        if month.month % 3 == 0:
            refresh_clearances(pairs())
        month = following


def suppliers(before: date) -> list[Enterprise]:
    """Return the IKM that were bound or had an order before the day, by name."""
    bound = Agreement.objects.signed().filter(starts_on__lt=before).values("parties__enterprise")
    ordered = Enterprise.objects.filter(orders__ordered_on__lt=before)
    return sorted({*Enterprise.objects.filter(pk__in=bound), *ordered}, key=lambda one: one.name)


def pairs() -> list[tuple[Enterprise, object]]:
    """Return every IKM and buyer that an agreement names together or that are judged already."""
    lines = ScopeLine.objects.select_related("enterprise", "buyer")
    known = SupplyClearance.objects.select_related("enterprise", "buyer")
    found = {(one.enterprise, one.buyer) for one in (*lines, *known)}
    return sorted(found, key=lambda pair: (pair[0].name, pair[1].name))


def last_night(show: Show) -> Story:
    """Papers that ran out lately show this morning."""
    yield show.now - timedelta(minutes=40)
    refresh_clearances(pairs())

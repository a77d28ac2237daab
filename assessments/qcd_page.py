"""The QCD scorecards of one IKM as its page shows them: charts, and a table that says the same."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.class_rules import HIGHEST, next_level
from assessments.inputs import rules_of
from assessments.models import Scorecard
from assessments.needs import pin_of
from assessments.qcd_standing import Band, score_of, standing_of_card
from assessments.trend import Card, Limits, Point, limits_of, trend
from closedloop.core.charts import monthly
from closedloop.core.formats import month_short, number
from participants.models import ClassLevel, Enterprise


@dataclass(frozen=True)
class QcdRow:
    """One month of the table."""

    point: Point
    limits: Limits

    @property
    def standing(self) -> Band | None:
        """Where the month's score puts the IKM; None while it is not closed, and without transactions."""
        return standing_of_card(self.point.card) if self.point.card else None

    @property
    def score(self) -> Decimal | None:
        return score_of(self.point.card) if self.point.card else None

    @property
    def is_late(self) -> bool:
        return _both(self.point.on_time, self.limits.on_time) and self.point.on_time < self.limits.on_time

    @property
    def is_bad(self) -> bool:
        return _both(self.point.ppm, self.limits.ppm) and self.point.ppm > self.limits.ppm


def _both(figure, limit) -> bool:
    return figure is not None and limit is not None


@dataclass(frozen=True)
class Qcd:
    """The page: rows, newest first, two charts, and how many of the months are what."""

    rows: list[QcdRow]
    on_time_chart: str
    ppm_chart: str
    level_name: str

    @property
    def frozen(self) -> int:
        return sum(row.point.is_frozen for row in self.rows)

    @property
    def quiet(self) -> int:
        return sum(row.point.is_quiet for row in self.rows)


def qcd_of(enterprise: Enterprise, *, today: date | None = None) -> Qcd:
    """Return the thirteen months; two or three queries."""
    points = trend(cards_of(enterprise), today or timezone.localdate())
    level, pin = next_level(enterprise.class_level), pin_of(enterprise)
    rules = rules_of(pin.scheme) if pin and enterprise.class_level != HIGHEST else []
    rows = [QcdRow(point, limits_of(point, level, rules)) for point in points]
    asked = any(row.limits != Limits() for row in rows)
    return Qcd(
        rows=rows[::-1],
        on_time_chart=on_time_chart(rows),
        ppm_chart=ppm_chart(rows),
        level_name=str(ClassLevel(level).label) if asked and rules else "",
    )


def cards_of(enterprise: Enterprise) -> dict[date, Card]:
    """Return the frozen months of an IKM by their first day."""
    return {row.month: card_of(row) for row in Scorecard.objects.filter(enterprise=enterprise)}


def card_of(row: Scorecard) -> Card:
    """Return the quantities of a stored month."""
    return Card(
        due=row.due_quantity,
        on_time=row.on_time_quantity,
        delivered=row.delivered_quantity,
        rejected=row.rejected_quantity,
        price_gap=row.price_gap,
        max_ppm=row.max_ppm,
        min_on_time=row.min_on_time,
    )


def on_time_chart(rows: list[QcdRow]) -> str:
    """Draw the share on time in percent, with a dash where each month is held against something."""
    values = [_percent(row.point.on_time) for row in rows]
    label = _("Tepat kirim per bulan dalam persen; %(said)s") % {"said": _said(rows, values, "%")}
    plan = [_percent(row.limits.on_time) for row in rows]
    return monthly(_names(rows), plan, values, label=label, unit="%", width=420, height=200)


def ppm_chart(rows: list[QcdRow]) -> str:
    """Draw the rejects per million; a dash is the most that is allowed."""
    values = [row.point.ppm for row in rows]
    label = _("Cacat di pelanggan per bulan dalam ppm; %(said)s") % {"said": _said(rows, values, " ppm")}
    plan = [row.limits.ppm for row in rows]
    return monthly(_names(rows), plan, values, label=label, width=420, height=200)


def _percent(share):
    return None if share is None else share * 100


def _names(rows: list[QcdRow]) -> list[str]:
    return [month_short(row.point.month) for row in rows]


def _said(rows: list[QcdRow], values: list, unit: str) -> str:
    """Say the newest known month and how many have no transaction, for who does not see the chart."""
    known = [(row, value) for row, value in zip(rows, values, strict=True) if value is not None]
    quiet = _("%(n)s bulan tanpa transaksi") % {"n": sum(row.point.is_quiet for row in rows)}
    if not known:
        return quiet
    row, value = known[-1]
    return f"{month_short(row.point.month)} {number(value, 1, trim=True)}{unit}; {quiet}"

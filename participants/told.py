"""What enterprises said of their figures, wherever it is kept, and how it stands against the beginning.

Exact sales and workers of a year are kept once, in AnnualFigure; everything else, ranges and *tidak tahu*
included, in IndicatorAnswer. Readers need not know: they ask here.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from participants.models import AnnualFigure, Indicator, IndicatorAnswer, IndicatorLine, IndicatorSet
from participants.periods import Period, asked_about, quarter_of, quarters_between, years_between

Source = Indicator.Source


@dataclass(frozen=True)
class Told:
    """One figure for one time. Without a value and without a range it was said to be unknown."""

    period: Period
    at: datetime
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    is_baseline: bool = False
    by: str = ""
    channel: str = ""

    @property
    def is_known(self) -> bool:
        return self.value is not None or self.low is not None

    @property
    def amount(self) -> Decimal | None:
        """The value, for a range its middle, or None."""
        if self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        return self.value

    @property
    def is_range(self) -> bool:
        return self.low is not None


@dataclass(frozen=True)
class Standing:
    """One figure of one enterprise: how it began, how it is now, and what lies between."""

    indicator: Indicator
    first: Told | None
    last: Told | None

    @property
    def pair(self) -> tuple[Decimal, Decimal] | None:
        """First and last; None where either is unknown, or they are counted in different units."""
        if not (self.first and self.last and self.is_later and self.first.unit == self.last.unit):
            return None
        if self.first.amount is None or self.last.amount is None:
            return None
        return self.first.amount, self.last.amount

    @property
    def difference(self) -> Decimal | None:
        """Last less first, where both can be compared."""
        return self.pair[1] - self.pair[0] if self.pair else None

    @property
    def is_later(self) -> bool:
        return bool(self.first and self.last and self.last.period > self.first.period)

    @property
    def ratio(self) -> Decimal | None:
        """The difference as a part of the first value; percentages are compared in points instead."""
        if not self.pair or not self.pair[0] or self.indicator.unit == Indicator.Unit.PERCENT:
            return None
        return (self.pair[1] - self.pair[0]) / self.pair[0]

    @property
    def years(self) -> int | None:
        """Whole years between; None where both are quarters, which `quarters` counts."""
        if not (self.first and self.last and self.is_later) or self.quarters is not None:
            return None
        return years_between(self.first.period, self.last.period)

    @property
    def quarters(self) -> int | None:
        """Quarters between two figures of quarters, else None."""
        if not (self.first and self.last and self.is_later):
            return None
        return quarters_between(self.first.period, self.last.period)

    @property
    def direction(self) -> str:
        """ "up", "down", "same", or "" where nothing can be said; whether that is good is for people to say."""
        if self.difference is None:
            return ""
        return "same" if not self.difference else "up" if self.difference > 0 else "down"


def told_of(
    enterprises: Iterable[UUID], indicators: Sequence[Indicator]
) -> dict[tuple[UUID, str], list[Told]]:
    """Return {(enterprise, code of the indicator): what was told, oldest time first}. Two queries."""
    ids = list(enterprises)
    found: dict[tuple[UUID, str], dict[Period, Told]] = defaultdict(dict)
    answers = IndicatorAnswer.objects.filter(enterprise__in=ids, indicator__in=indicators)
    for answer in answers.select_related("told_by", "indicator"):
        period = Period(answer.year, answer.quarter)
        found[answer.enterprise_id, answer.indicator.code][period] = Told(
            period=period,
            at=answer.told_at,
            value=answer.value,
            low=answer.low,
            high=answer.high,
            unit=answer.unit,
            is_baseline=answer.is_baseline,
            by=str(answer.told_by),
            channel=str(answer.get_channel_display()),
        )
    kept_yearly = {one.source: one.code for one in indicators if one.source != Source.ANSWER}
    if kept_yearly:
        for figure in AnnualFigure.objects.filter(enterprise__in=ids).order_by():
            period = Period(figure.year)
            for column, code in kept_yearly.items():
                value = getattr(figure, column)
                if value is not None:
                    found[figure.enterprise_id, code][period] = Told(
                        period=period,
                        at=figure.created_at,
                        value=Decimal(value),
                        is_baseline=figure.is_baseline,
                    )
    return {key: [rows[period] for period in sorted(rows)] for key, rows in found.items()}


def standing_of(indicator: Indicator, told: Sequence[Told]) -> Standing:
    """Set the last figure that is known against the first.

    The first is the one put down as baseline; where that is unknown, the earliest that is known. Told of
    only one time, that time is the beginning, and there is no change yet.
    """
    known = [one for one in told if one.is_known]
    baselines = [one for one in told if one.is_baseline]
    first = next((one for one in baselines if one.is_known), None) or (known or baselines or [None])[0]
    return Standing(indicator, first, known[-1] if known else first)


@dataclass(frozen=True)
class Question:
    """A line of the set as it stands for one enterprise today."""

    line: IndicatorLine
    period: Period
    told: tuple[Told, ...]
    is_due: bool

    @property
    def code(self) -> str:
        return self.line.indicator.code

    @property
    def is_first(self) -> bool:
        """Whether the answer becomes the baseline."""
        return not self.told

    @property
    def takes_range(self) -> bool:
        """Whether a range will do: only for a beginning that nobody measured."""
        is_baseline = any(one.is_baseline and one.period == self.period for one in self.told)
        return self.line.allows_range and (self.is_first or is_baseline)

    @property
    def present(self) -> Told | None:
        """What is on record for the time asked about, else the newest."""
        exact = next((one for one in self.told if one.period == self.period), None)
        return exact or (self.told[-1] if self.told else None)


def is_due(told: Sequence[Told], period: Period, day: date) -> bool:
    """Whether the figure may be asked for: unknown for that time, and not told of in this quarter.

    No figure is asked twice in a quarter, whoever asked first: another cohort, an import, a mentor.
    """
    if any(one.period == period and one.is_known for one in told):
        return False
    return all(quarter_of(timezone.localtime(one.at).date()) != quarter_of(day) for one in told)


def set_of(enterprise) -> IndicatorSet | None:
    """Return the set its newest cohort started with, else the newest that is published."""
    pinned = IndicatorSet.objects.filter(cohort_pins__cohort__enrolments__enterprise=enterprise)
    newest = pinned.order_by("-cohort_pins__cohort__starts_on").first()
    published = IndicatorSet.objects.filter(published_at__isnull=False)
    return newest or published.order_by("-published_at", "-version").first()


def questions_for(enterprise, day: date | None = None) -> list[Question]:
    """Return the lines of the enterprise's set, each with what is on record and whether it is due."""
    today = day or timezone.localdate()
    chosen = set_of(enterprise)
    if chosen is None:
        return []
    lines = list(chosen.lines.select_related("indicator"))
    told = told_of([enterprise.pk], [line.indicator for line in lines])
    questions = []
    for line in lines:
        rows = tuple(told.get((enterprise.pk, line.indicator.code), ()))
        period = asked_about(frequency=line.frequency, about=line.about, day=today)
        questions.append(Question(line, period, rows, is_due(rows, period, today)))
    return questions

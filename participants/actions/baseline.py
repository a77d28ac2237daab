"""Writes to the figures an enterprise is asked for: the shipped set, a cohort's pin, the answers."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.actions.standing import hold
from participants.actions.yearly import record_annual_figure
from participants.models import (
    Cohort,
    CohortIndicators,
    Enterprise,
    Indicator,
    IndicatorAnswer,
    IndicatorLine,
    IndicatorSet,
)
from participants.periods import Period
from participants.told import told_of

DATA = Path(__file__).resolve().parent.parent / "data"
HELD = ("value", "low", "high", "unit", "is_unknown")


@dataclass(frozen=True)
class Answer:
    """What was said of one figure: a value, a range from `low` to `high`, or that it is unknown."""

    indicator: Indicator
    period: Period
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    is_unknown: bool = False


@transaction.atomic
def load_indicators() -> IndicatorSet:
    """Publish the shipped set (an example for staff to edit); a version that is there stays as it is."""
    shipped = json.loads((DATA / "indicators-1.json").read_text(encoding="utf-8"))
    indicator_set, created = IndicatorSet.objects.get_or_create(
        code=shipped["code"],
        version=shipped["version"],
        defaults={"name": shipped["name"]},
    )
    if created:
        for order, row in enumerate(shipped["lines"], start=1):
            line = {name: row.pop(name) for name in ("frequency", "about", "allows_range") if name in row}
            indicator, _created = Indicator.objects.get_or_create(code=row.pop("code"), defaults=row)
            IndicatorLine.objects.create(
                indicator_set=indicator_set, indicator=indicator, order=order, **line
            )
        indicator_set.published_at = timezone.now()
        indicator_set.save(update_fields=["published_at"])
        record("indicatorset.published", indicator_set, by=None, lines=len(shipped["lines"]))
    return indicator_set


@transaction.atomic
def pin_indicators(
    cohort: Cohort, indicator_set: IndicatorSet, *, by: User | None, reason: str = ""
) -> CohortIndicators:
    """Let the cohort ask the figures of this version; the same pin a second time changes nothing.

    Once the cohort runs with another, a reason is needed, else ValidationError; a closed cohort keeps its own.
    Answers stay, because they belong to figures and not to a set.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    pin = CohortIndicators.objects.filter(cohort=cohort).select_related("indicator_set").first()
    if pin and pin.indicator_set_id == indicator_set.pk:
        return pin
    if indicator_set.published_at is None:
        raise ValidationError(_("Terbitkan set indikator ini sebelum dipakai."))
    is_late = cohort.status == Cohort.Status.RUNNING and not reason.strip()
    if pin and (is_late or cohort.status == Cohort.Status.CLOSED):
        raise ValidationError(
            _("%(cohort)s sudah berjalan dengan %(set)s, jadi indikatornya tidak dapat diganti.")
            % {"cohort": cohort, "set": pin.indicator_set}
        )
    before = str(pin.indicator_set) if pin else None
    pin, _created = CohortIndicators.objects.update_or_create(
        cohort=cohort, defaults={"indicator_set": indicator_set}
    )
    data = {"reason": reason.strip()} if reason.strip() else {}
    record("cohort.indicators_pinned", cohort, by=by, before=before, after=str(indicator_set), **data)
    return pin


@transaction.atomic
def record_answers(enterprise: Enterprise, answers: Iterable[Answer], *, by: User, channel: str) -> list[str]:
    """Record what an enterprise said of its figures, all or nothing; returns the codes that changed.

    `channel` says whether the owner filled it in or somebody on their behalf. The first answer to a figure
    is its baseline. An answer given again for the same time corrects the one on record, with its trace.
    """
    hold(enterprise)
    told = list(answers)
    known = told_of([enterprise.pk], [answer.indicator for answer in told])
    changed: dict[str, list] = {}
    for answer in told:
        is_first = not known.get((enterprise.pk, answer.indicator.code))
        differences = _keep(enterprise, answer, by=by, channel=channel, is_first=is_first)
        if differences:
            changed[answer.indicator.code] = differences
    if changed:
        record(
            "enterprise.figures_told",
            enterprise,
            by=by,
            channel=channel,
            figures=[str(answer.indicator.name) for answer in told if answer.indicator.code in changed],
            answers=changed,
        )
    return list(changed)


def _keep(enterprise: Enterprise, answer: Answer, *, by: User, channel: str, is_first: bool) -> list | None:
    """Write one answer where it belongs and return [time, before, after], or None where nothing changed.

    Exact sales and workers go into the year's figure, all else is an answer of its own.
    """
    period = answer.period
    stored = IndicatorAnswer.objects.filter(
        enterprise=enterprise, indicator=answer.indicator, year=period.year, quarter=period.quarter
    ).first()
    if answer.indicator.source != Indicator.Source.ANSWER:
        if answer.value is not None:
            return _keep_yearly(enterprise, answer, stored, by=by)
        _require_no_exact(enterprise, answer)
    row = stored or IndicatorAnswer(
        enterprise=enterprise,
        indicator=answer.indicator,
        year=period.year,
        quarter=period.quarter,
        is_baseline=is_first,
    )
    after = held(answer)
    before = held(stored) if stored else None
    if before == after:
        return None
    for name in HELD:
        setattr(row, name, getattr(answer, name))
    row.channel, row.told_by, row.told_at = channel, by, timezone.now()
    row.full_clean(validate_constraints=False)
    row.save()
    return [str(period), before, after]


def held(answer: Answer | IndicatorAnswer) -> dict[str, str | bool]:
    """Return what is known of an answer, without what was left open."""
    values = {name: getattr(answer, name) for name in HELD}
    return {
        name: f"{value.normalize():f}" if isinstance(value, Decimal) else value
        for name, value in values.items()
        if value not in (None, "", False)
    }


def _require_no_exact(enterprise: Enterprise, answer: Answer) -> None:
    """Refuse a range or *tidak tahu* where the exact figure of that year is on record."""
    year, column = answer.period.year, answer.indicator.source
    if enterprise.annual_figures.filter(year=year, **{f"{column}__isnull": False}).exists():
        raise ValidationError(
            _("%(name)s tahun %(year)s sudah tercatat dengan angka pasti. Betulkan angkanya bila keliru.")
            % {"name": answer.indicator, "year": year}
        )


def _keep_yearly(
    enterprise: Enterprise, answer: Answer, stored: IndicatorAnswer | None, *, by: User
) -> list | None:
    """Write an exact figure into its year, and drop the range or *tidak tahu* that stood in for it."""
    assert answer.value is not None
    column, year = answer.indicator.source, answer.period.year
    before = enterprise.annual_figures.filter(year=year).values_list(column, flat=True).first()
    value = int(answer.value)
    if before == value:
        return None
    if column == Indicator.Source.ANNUAL_SALES:
        record_annual_figure(enterprise, by=by, year=year, annual_sales=value)
    else:
        record_annual_figure(enterprise, by=by, year=year, employee_count=value)
    guess = held(stored) if stored else None
    if stored:
        stored.delete()
    return [str(answer.period), guess if before is None else {"value": before}, {"value": value}]

"""What could satisfy requirements, read for many IKM at once; the number of queries is fixed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from assessments.models import Assessment, Score, Scorecard
from assessments.qcd import on_time_rate, ppm
from participants.capability import CAPACITY
from participants.line_days import said_on
from participants.models import (
    Capability,
    Document,
    Enterprise,
    Indicator,
    LineConfirmation,
    Machine,
    Material,
    MeasuringTool,
)
from participants.told import Told, told_of
from partnerships.known import Known, PaperKnown, RangeKnown, RateKnown, ScoreKnown, ThingKnown
from partnerships.realisation import next_month

MONTHS_OF_RATES = 3


def known_of(enterprises: Iterable[Enterprise], day: date, criteria: Collection[str]) -> dict[UUID, Known]:
    """Return, by the id of each enterprise, what is known on the day; scores only of these criteria.

    Scores come from official assessments alone, never from an owner's own rating. What the profile holds was said
    when it was entered, and again when the line or the whole of it was last confirmed.
    """
    enterprises = list(enterprises)
    ids = [one.pk for one in enterprises]
    work = {row.enterprise_id: row for row in Capability.objects.filter(enterprise__in=ids)}
    confirmed = {key: row.confirmed_on for key, row in work.items()}
    scores, papers = scores_of(ids, day, criteria), papers_of(enterprises)
    machines, materials = things_of(Machine, ids, confirmed), things_of(Material, ids, confirmed)
    tools, processes = things_of(MeasuringTool, ids, confirmed), processes_of(ids)
    process_days = process_days_of(ids)
    capacities, rates = capacities_of(ids), rates_of(ids, day)
    return {
        one.pk: Known(
            scores=scores[one.pk],
            papers=papers[one.pk],
            confirmed_on=confirmed.get(one.pk),
            processes=processes[one.pk],
            processes_on=said_on(one, confirmed.get(one.pk)),
            process_days=process_days[one.pk],
            machines=machines[one.pk],
            materials=materials[one.pk],
            tools=tools[one.pk],
            tolerance=tolerance_of(work.get(one.pk)),
            capacity=capacities.get(one.pk),
            ppm=rates[one.pk][0],
            on_time=rates[one.pk][1],
        )
        for one in enterprises
    }


def scores_of(ids: list[UUID], day: date, criteria: Collection[str]) -> dict[UUID, dict[str, ScoreKnown]]:
    """The newest official score of each criterion; of several areas the lowest that applies."""
    found: dict[UUID, dict[str, ScoreKnown]] = defaultdict(dict)
    if not criteria:
        return found
    official = Assessment.objects.official().filter(enterprise__in=ids, visited_on__lte=day)
    rows = Score.objects.filter(assessment__in=official, criterion__code__in=criteria).select_related(
        "assessment__rubric", "criterion"
    )
    for row in rows.order_by("assessment__visited_on", "assessment__created_at"):
        visit, code = row.assessment, row.criterion.code
        own = found[visit.enterprise_id]
        before, value = own.get(code), row.value
        if before and before.assessment == visit.code and before.value is not None:
            value = before.value if value is None else min(before.value, value)
        own[code] = ScoreKnown(value, visit.rubric.scale_max, visit.visited_on, visit.code)
    return found


def papers_of(enterprises: list[Enterprise]) -> dict[UUID, list[PaperKnown]]:
    """Documents, and the numbers of the registry, which stand for their papers."""
    found: dict[UUID, list[PaperKnown]] = defaultdict(list)
    rows = Document.objects.kept().filter(enterprise__in=enterprises).select_related("confirmation")
    for row in rows.order_by("created_at"):
        words = f"{row.get_kind_display()} {row.number} {row.issuer}"
        on = said_on(row, None)
        paper = PaperKnown(row.kind, words, row.issued_on, row.expires_on, str(row.pk), on)
        found[row.enterprise_id].append(paper)
    for one in enterprises:
        found[one.pk] += [PaperKnown(kind, kind) for kind in ("nib", "npwp") if getattr(one, kind)]
    return found


def things_of(
    model: type[Machine] | type[Material] | type[MeasuringTool],
    ids: list[UUID],
    confirmed: dict[UUID, date | None],
) -> dict[UUID, list[ThingKnown]]:
    found: dict[UUID, list[ThingKnown]] = defaultdict(list)
    for row in model.objects.filter(enterprise__in=ids).select_related("confirmation"):
        on = said_on(row, confirmed.get(row.enterprise_id))
        match row:
            case Machine():
                thing = ThingKnown(str(row), on, row.capacity, row.capacity_unit)
            case MeasuringTool():
                thing = ThingKnown(row.name, on, row.accuracy_mm, "mm", row.calibrated_until)
            case _:
                thing = ThingKnown(str(row), on)
        found[row.enterprise_id].append(thing)
    return found


def tolerance_of(row: Capability | None) -> ThingKnown | None:
    if row is None or row.tolerance_mm is None:
        return None
    return ThingKnown(row.tolerance_note, said_on(row, row.confirmed_on), row.tolerance_mm, "mm")


def processes_of(ids: list[UUID]) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    rows = Enterprise.objects.filter(pk__in=ids, processes__isnull=False).order_by()
    for key, code, name in rows.values_list("pk", "processes__code", "processes__name"):
        found[key][code] = name
    return found


def process_days_of(ids: list[UUID]) -> dict[UUID, dict[str, date]]:
    """When a process was last confirmed by itself, by its code."""
    found: dict[UUID, dict[str, date]] = defaultdict(dict)
    rows = LineConfirmation.objects.filter(enterprise__in=ids)
    for key, code, day in rows.values_list("enterprise", "process__code", "confirmed_on"):
        found[key][code] = day
    return found


def capacities_of(ids: list[UUID]) -> dict[UUID, RangeKnown]:
    """The newest capacity a month that was told with a number or a range."""
    indicator = Indicator.objects.filter(code=CAPACITY).first()
    if indicator is None:
        return {}
    told = told_of(ids, [indicator])
    newest = {
        key: next((one for one in reversed(rows) if one.is_known), None)
        for (key, _code), rows in told.items()
    }
    return {key: range_of(one) for key, one in newest.items() if one}


def range_of(told: Told) -> RangeKnown:
    low = told.low if told.value is None else told.value
    high = told.high if told.value is None else told.value
    on = timezone.localtime(told.at).date()
    return RangeKnown(low or Decimal(0), high if high is not None else low or Decimal(0), told.unit, on)


def rates_of(ids: list[UUID], day: date) -> dict[UUID, tuple[RateKnown | None, RateKnown | None]]:
    """Rejects per million and the share on time over the newest closed months; None where nothing was sent or due."""
    cards: dict[UUID, list[Scorecard]] = defaultdict(list)
    rows = Scorecard.objects.filter(enterprise__in=ids, month__lt=day.replace(day=1)).order_by("-month")
    for row in rows:
        if len(cards[row.enterprise_id]) < MONTHS_OF_RATES:
            cards[row.enterprise_id].append(row)
    return defaultdict(lambda: (None, None), {key: rates_in(own) for key, own in cards.items()})


def rates_in(cards: list[Scorecard]) -> tuple[RateKnown | None, RateKnown | None]:
    last_day = next_month(cards[0].month) - timedelta(days=1)
    rejects = ppm(sum(one.rejected_quantity for one in cards), sum(one.delivered_quantity for one in cards))
    on_time = on_time_rate(sum(one.on_time_quantity for one in cards), sum(one.due_quantity for one in cards))
    return (
        None if rejects is None else RateKnown(rejects, last_day, len(cards)),
        None if on_time is None else RateKnown(on_time, last_day, len(cards)),
    )

"""Which class an IKM has reached, and what is missing (domain.md §5.3). Pure: plain inputs in, verdicts out.

All requirements of a class must hold. A verdict is True, False, or None where the requirement does not apply.
Nothing is rounded before it is compared. What nobody knows is not met: a class is given on proof.

Delivery in a row of months: each month of the period must keep the rule. A month without deliveries says
nothing at L2 and L3 (else trial orders and clearance would wait for each other) and breaks the row at L4; a
period without any delivery makes the requirement not applicable at L2 and L3 and unmet at L4.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from assessments.qcd import on_time_rate, ppm, realisation_rate

LOWEST, HIGHEST = 1, 4
QUIET_MONTHS_COUNT_FROM = 4  # the level at which a month without deliveries breaks the row


@dataclass(frozen=True)
class Rule:
    """One requirement of one class. Rates are shares 0 to 1, scores 0 to 100, ages days."""

    level: int
    measure: str
    subject: str = ""
    threshold: Decimal | None = None
    months: int | None = None
    max_age_days: int | None = None


@dataclass(frozen=True)
class Month:
    """One closed month; `month` is its first day. The two limits are the strictest of the MoU in force."""

    month: date
    due: int = 0
    on_time: int = 0
    delivered: int = 0
    rejected: int = 0
    accepted_value: Decimal = Decimal(0)
    promised_value: Decimal | None = None
    agreements: int = 0
    buyers: int = 0
    max_ppm: Decimal | None = None
    min_on_time: Decimal | None = None


@dataclass(frozen=True)
class Inputs:
    """Everything a class decision rests on, as known on `today`."""

    today: date
    overall: Decimal | None = None
    dimensions: dict[str, Decimal | None] = field(default_factory=dict)
    # by dimension and area's name, for dimensions filled per area; an item asked there counts by its lowest score
    areas: dict[str, dict[str, Decimal | None]] = field(default_factory=dict)
    criteria: dict[str, int | None] = field(default_factory=dict)
    modules: frozenset[str] = frozenset()
    critical_ages: tuple[int, ...] = ()  # days since each open critical finding was found
    documents: frozenset[str] = frozenset()  # kinds valid today
    months: tuple[Month, ...] = ()  # closed months, in any order


@dataclass(frozen=True)
class Requirement:
    """The verdict on one rule: the figure it was judged by, and what it was compared with.

    `part` counts what is behind the figure: n of m (dimensions, modules, months, pieces).
    """

    level: int
    measure: str
    subject: str
    met: bool | None
    figure: Decimal | None = None
    threshold: Decimal | None = None
    part: tuple[int, int] | None = None
    short: tuple[str, ...] = ()  # codes or areas that fall short, lowest first
    months: int | None = None
    max_age_days: int | None = None


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def month_before(day: date, count: int = 1) -> date:
    """Return the first day of the month `count` months before that of `day`."""
    index = day.year * 12 + day.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def period(inputs: Inputs, length: int) -> list[Month]:
    """Return the last `length` calendar months, oldest first; one without a scorecard is a quiet month.

    The period ends with the last complete month, or with the one before while that is not closed yet.
    """
    known = {one.month: one for one in inputs.months}
    end = month_before(inputs.today)
    if end not in known and month_before(inputs.today, 2) in known:
        end = month_before(inputs.today, 2)
    months = [month_before(end, back) for back in range(length - 1, -1, -1)]
    return [known.get(month, Month(month)) for month in months]


def latest(inputs: Inputs) -> Month | None:
    """Return the last closed month, unless it is so old that it says nothing about today."""
    end = period(inputs, 1)[0]
    return end if any(one.month == end.month for one in inputs.months) else None


def judge(rule: Rule, inputs: Inputs) -> Requirement:
    """Return the verdict on one rule."""
    verdict = Requirement(
        level=rule.level,
        measure=rule.measure,
        subject=rule.subject,
        met=False,
        threshold=rule.threshold,
        months=rule.months,
        max_age_days=rule.max_age_days,
    )
    return JUDGES[rule.measure](rule, inputs, verdict)


def _at_least(verdict: Requirement, figure: Decimal | None) -> Requirement:
    met = figure is not None and verdict.threshold is not None and figure >= verdict.threshold
    return replace(verdict, figure=figure, met=met)


def _overall(rule: Rule, inputs: Inputs, verdict: Requirement) -> Requirement:
    return _at_least(verdict, inputs.overall)


def _dimension(rule: Rule, inputs: Inputs, verdict: Requirement) -> Requirement:
    return _at_least(verdict, inputs.dimensions.get(rule.subject))


def _criterion(rule: Rule, inputs: Inputs, verdict: Requirement) -> Requirement:
    value = inputs.criteria.get(rule.subject)
    return _at_least(verdict, None if value is None else Decimal(value))


def _every_dimension(rule: Rule, inputs: Inputs, verdict: Requirement) -> Requirement:
    scores = inputs.dimensions
    known = [score for score in scores.values() if score is not None]
    short = [code for code, score in scores.items() if score is None or score < (rule.threshold or 0)]
    short.sort(key=lambda code: (scores[code] is not None, scores[code] or Decimal(0)))
    return replace(
        verdict,
        met=bool(scores) and not short,
        figure=min(known, default=None) if len(known) == len(scores) else None,
        part=(len(scores) - len(short), len(scores)) if scores else None,
        short=tuple(short),
    )


def _every_area(rule: Rule, inputs: Inputs, verdict: Requirement) -> Requirement:
    """Every area of one dimension; a factory that was seen as one whole is its only area (domain.md §2.2)."""
    scores = inputs.areas.get(rule.subject) or {"": inputs.dimensions.get(rule.subject)}
    known = [score for score in scores.values() if score is not None]
    short = [name for name, score in scores.items() if score is None or score < (rule.threshold or 0)]
    short.sort(key=lambda name: (scores[name] is not None, scores[name] or Decimal(0), name))
    return replace(
        verdict,
        met=not short,
        figure=min(known) if len(known) == len(scores) else None,
        part=(len(scores) - len(short), len(scores)),
        short=tuple(name for name in short if name),
    )


def _module_passed(rule: Rule, inputs: Inputs, verdict: Requirement) -> Requirement:
    return replace(verdict, met=rule.subject in inputs.modules)


def _document(rule: Rule, inputs: Inputs, verdict: Requirement) -> Requirement:
    return replace(verdict, met=rule.subject in inputs.documents)


def _critical_findings(rule: Rule, inputs: Inputs, verdict: Requirement) -> Requirement:
    counted = [age for age in inputs.critical_ages if rule.max_age_days is None or age > rule.max_age_days]
    allowed = rule.threshold or Decimal(0)
    open_now = len(inputs.critical_ages)
    return replace(
        verdict, met=len(counted) <= allowed, figure=Decimal(len(counted)), part=(len(counted), open_now)
    )


def _on_time(rule: Rule, inputs: Inputs, verdict: Requirement) -> Requirement:
    months = period(inputs, rule.months or 1)
    floor = max([rule.threshold or Decimal(0), *(m.min_on_time for m in months if m.min_on_time is not None)])
    rates = [on_time_rate(month.on_time, month.due) for month in months]
    return _in_a_row(
        replace(verdict, threshold=floor),
        [None if rate is None else rate >= floor for rate in rates],
        figure=on_time_rate(sum(m.on_time for m in months), sum(m.due for m in months)),
        part=(sum(m.on_time for m in months), sum(m.due for m in months)),
    )


def _reject_ppm(rule: Rule, inputs: Inputs, verdict: Requirement) -> Requirement:
    """Customer rejects over the whole period: a month of few pieces proves little by itself."""
    months = period(inputs, rule.months or 1)
    limits = [m.max_ppm for m in months if m.max_ppm is not None]
    ceiling = min([rule.threshold, *limits]) if rule.threshold is not None else min(limits, default=None)
    delivered, rejected = sum(m.delivered for m in months), sum(m.rejected for m in months)
    figure = ppm(rejected, delivered)
    verdict = replace(verdict, threshold=ceiling, figure=figure, part=(rejected, delivered))
    if figure is None or ceiling is None:
        return replace(verdict, met=_without_delivery(rule.level))
    return replace(verdict, met=figure <= ceiling)


def _without_delivery(level: int) -> bool | None:
    return False if level >= QUIET_MONTHS_COUNT_FROM else None


def _in_a_row(
    verdict: Requirement,
    kept: Sequence[bool | None],
    *,
    figure: Decimal | None,
    part: tuple[int, int],
) -> Requirement:
    verdict = replace(verdict, figure=figure, part=part)
    if all(one is None for one in kept):
        return replace(verdict, met=_without_delivery(verdict.level))
    quiet_is_fine = verdict.level < QUIET_MONTHS_COUNT_FROM
    return replace(verdict, met=all(quiet_is_fine if one is None else one for one in kept))


def _active_agreement(rule: Rule, inputs: Inputs, verdict: Requirement) -> Requirement:
    month = latest(inputs)
    return _at_least(verdict, None if month is None else Decimal(month.agreements))


def _buyers(rule: Rule, inputs: Inputs, verdict: Requirement) -> Requirement:
    month = latest(inputs)
    return _at_least(verdict, None if month is None else Decimal(month.buyers))


def _realisation(rule: Rule, inputs: Inputs, verdict: Requirement) -> Requirement:
    months = [m for m in period(inputs, rule.months or 12) if m.promised_value is not None]
    promised = sum((m.promised_value for m in months if m.promised_value is not None), Decimal(0))
    accepted = sum((m.accepted_value for m in months), Decimal(0))
    return _at_least(
        replace(verdict, part=(int(accepted), int(promised)) if promised else None),
        realisation_rate(accepted, promised),
    )


JUDGES = {
    "overall": _overall,
    "every_dimension": _every_dimension,
    "every_area": _every_area,
    "dimension": _dimension,
    "criterion": _criterion,
    "module_passed": _module_passed,
    "document": _document,
    "critical_findings": _critical_findings,
    "on_time": _on_time,
    "reject_ppm": _reject_ppm,
    "active_agreement": _active_agreement,
    "buyers": _buyers,
    "realisation": _realisation,
}


def requirements(level: int, rules: Iterable[Rule], inputs: Inputs) -> list[Requirement]:
    """Return the verdict on every rule of one class, in the order of the rules."""
    return [judge(rule, inputs) for rule in rules if rule.level == level]


def holds(verdicts: Iterable[Requirement]) -> bool:
    """Whether a class is reached: nothing is unmet. What does not apply does not stand in the way."""
    return all(verdict.met is not False for verdict in verdicts)


def unmet(verdicts: Iterable[Requirement]) -> list[Requirement]:
    return [verdict for verdict in verdicts if verdict.met is False]


def reached_level(rules: Iterable[Rule], inputs: Inputs) -> int:
    """Return the highest class whose requirements, and those of every class below it, hold."""
    rules = list(rules)
    level = LOWEST
    while level < HIGHEST and holds(requirements(level + 1, rules, inputs)):
        level += 1
    return level


def next_level(present: int | None) -> int:
    """Return the class above; an enrolled IKM without a class counts as Pemula (L1). Above L4 there is none."""
    return min((present or LOWEST) + 1, HIGHEST)


def recommended_level(present: int | None, rules: Iterable[Rule], inputs: Inputs) -> int:
    """Return the class the rules speak for: one step up, or the present one.

    The portal never recommends a step down; only the board may take one (domain.md §5.3, process rule 5).
    """
    level = present or LOWEST
    above = next_level(level)
    return above if above > level and holds(requirements(above, rules, inputs)) else level


def floors(level: int, rules: Iterable[Rule], codes: Iterable[str]) -> dict[str, Decimal | None]:
    """Return the lowest score each dimension needs at a class: the stricter of its own and that of every one."""
    rules = [rule for rule in rules if rule.level == level and rule.threshold is not None]
    everywhere = [rule.threshold for rule in rules if rule.measure == "every_dimension"]
    own = {rule.subject: rule.threshold for rule in rules if rule.measure == "dimension"}
    found = {code: [*everywhere, *([own[code]] if code in own else [])] for code in codes}
    return {
        code: max((one for one in values if one is not None), default=None) for code, values in found.items()
    }


def overall_floor(level: int, rules: Iterable[Rule]) -> Decimal | None:
    """Return the lowest overall a class needs, or None where it asks for none."""
    return next((rule.threshold for rule in rules if (rule.level, rule.measure) == (level, "overall")), None)

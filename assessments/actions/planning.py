"""From an approved assessment to the plan: what is below its target becomes an item, what reached it closes."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from assessments.lifting import code_of, groups_of, next_floors, scored
from assessments.models import Assessment, Criterion, Finding, PlanItem, Score
from assessments.raising import Raise, gaps
from closedloop.audit.trail import record
from closedloop.core.languages import for_others

DAYS_TO_REACH = 90  # [assumed] a mentor comes each quarter (domain.md §2.2); the mentor may set another day


@dataclass
class Changes:
    """What an approval does to the plan; codes of items for the trail."""

    made: list[PlanItem] = field(default_factory=list)
    kept: list[PlanItem] = field(default_factory=list)
    reached: list[PlanItem] = field(default_factory=list)
    dropped: list[PlanItem] = field(default_factory=list)


@transaction.atomic
def plan_from(assessment: Assessment, *, by) -> None:
    """Bring the plan of an IKM up to its newest official assessment; an older one approved late changes nothing.

    One act, so one event: a rubric has more than a hundred items. An item with an open finding gets no second
    one here, and what the rubric words differently now is no longer the same item.
    """
    newer = Assessment.objects.official().filter(
        enterprise=assessment.enterprise_id, visited_on__gt=assessment.visited_on
    )
    if assessment.kind == Assessment.Kind.SELF or newer.exists():
        return
    scores = scored(assessment)
    floors, top = next_floors(assessment, scores), assessment.rubric.scale_max
    below = _by_code(gaps(groups_of(scores), floors, top=top))
    changes = _judged(assessment, _standings(scores), below)
    _write(changes, assessment, by)
    if any((changes.made, changes.reached, changes.dropped)):
        data = {
            name: [item.criterion.code for item in getattr(changes, name)]
            for name in ("made", "reached", "dropped")
        }
        record("assessment.planned", assessment, by=by, **data)


def _standings(scores: list[Score]) -> dict[str, tuple[Criterion, int | None]]:
    """Return each item with its score, the lowest of its areas; None where it applies nowhere."""
    found: dict[str, tuple[Criterion, int | None]] = {}
    for score in scores:
        _criterion, lowest = found.get(score.criterion.code, (score.criterion, None))
        known = [value for value in (lowest, score.value) if value is not None]
        found[score.criterion.code] = score.criterion, min(known, default=None)
    return found


def _by_code(raises: list[Raise]) -> dict[str, Raise]:
    """Put the areas of an item together: its lowest score, and what all of them add."""
    found: dict[str, Raise] = {}
    for one in raises:
        code = code_of(one.key)
        if known := found.get(code):
            value, to = min(known.value, one.value), max(known.to, one.to)
            one = replace(one, value=value, to=to, gain=known.gain + one.gain)
        found[code] = replace(one, key=code)
    return found


def _judged(assessment: Assessment, standings: dict, below: dict[str, Raise]) -> Changes:
    """Sort what is open by what the assessment says of it, and add what is new."""
    changes, waiting = Changes(), dict(below)
    items = (
        PlanItem.objects.filter(enterprise=assessment.enterprise_id).open().select_for_update(of=("self",))
    )
    for item in items.select_related("criterion__dimension"):
        criterion, value = standings.get(item.criterion.code, (None, None))
        if criterion is None or value is None or not same_sense(item.criterion, criterion):
            changes.dropped.append(item)
        elif value >= item.target_value:
            changes.reached.append(item)
            waiting.pop(criterion.code, None)
        else:
            changes.kept.append(item)
            one = waiting.pop(criterion.code, None)
            item.assessment, item.criterion, item.current_value = assessment, criterion, value
            item.gain = _points(one) if one else item.gain
    found = Finding.objects.filter(enterprise=assessment.enterprise_id, criterion__isnull=False).open()
    for code in found.values_list("criterion__code", flat=True):
        waiting.pop(code, None)
    due_on = timezone.localdate() + timedelta(days=DAYS_TO_REACH)
    changes.made = [_item(assessment, standings[code][0], one, due_on) for code, one in waiting.items()]
    return changes


def same_sense(one: Criterion, other: Criterion) -> bool:
    """Whether two items ask the same with the same meanings of the scores (comparable.py)."""
    return one.pk == other.pk or (one.code, one.text, one.anchors) == (other.code, other.text, other.anchors)


def _points(one: Raise) -> Decimal:
    return round(Decimal(one.gain.numerator) / Decimal(one.gain.denominator), 4)


def _item(assessment: Assessment, criterion: Criterion, one: Raise, due_on) -> PlanItem:
    return PlanItem(
        enterprise=assessment.enterprise,
        enrolment=assessment.enrolment,
        assessment=assessment,
        criterion=criterion,
        current_value=one.value,
        target_value=one.to,
        gain=_points(one),
        due_on=due_on,
    )


def _write(changes: Changes, assessment: Assessment, by) -> None:
    PlanItem.objects.bulk_create(changes.made)
    PlanItem.objects.bulk_update(changes.kept, ["assessment", "criterion", "current_value", "gain"])
    closing = {"closed_at": timezone.now(), "closed_by": by, "closed_in": assessment}
    _close(changes.reached, status=PlanItem.Status.DONE, **closing)
    with for_others():  # stays with the record, which everybody reads
        remark = gettext("Butir ini tidak berlaku lagi atau berbunyi lain pada penilaian terakhir.")
    _close(changes.dropped, status=PlanItem.Status.DROPPED, remark=remark, **closing)


def _close(items: list[PlanItem], **values) -> None:
    """Close several at once; the event about the assessment names them."""
    PlanItem.objects.filter(pk__in=[item.pk for item in items]).update(**values)

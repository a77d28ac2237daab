"""A check item put into the plan from outside an assessment: a review of an agreement asked for it."""

from datetime import date

from django.db import transaction

from assessments.models import Assessment, PlanItem, Score
from closedloop.audit.trail import record
from participants.models import Enterprise


@transaction.atomic
def commission_plan_item(
    enterprise: Enterprise, code: str, *, action: str, responsible: str, due_on: date, by
) -> PlanItem | None:
    """Return the open plan item of the check item `code`, made where there is none, with these words and day.

    It aims one score higher than the newest official assessment gave, the lowest of its areas. None where no
    assessment scored the item, or gave it the highest score: then there is nothing to lift.
    """
    items = PlanItem.objects.select_for_update(of=("self",)).open().filter(enterprise=enterprise)
    words = {"action": action[:300], "responsible": responsible[:120], "due_on": due_on}
    if item := items.filter(criterion__code=code).first():
        PlanItem.objects.filter(pk=item.pk).update(**words)
        item.refresh_from_db()
        record("planitem.commissioned", item, by=by, **words)
        return item
    scores = Score.objects.filter(
        assessment__in=Assessment.objects.official().filter(enterprise=enterprise),
        criterion__code=code,
        value__isnull=False,
    ).select_related("assessment__rubric", "criterion")
    score = scores.order_by("-assessment__visited_on", "value").first()
    if score is None or score.value is None or score.value >= (score.assessment.rubric.scale_max or 0):
        return None
    item = PlanItem.objects.create(
        enterprise=enterprise,
        enrolment=score.assessment.enrolment,
        assessment=score.assessment,
        criterion=score.criterion,
        current_value=score.value,
        target_value=score.value + 1,
        **words,
    )
    record("planitem.commissioned", item, by=by, **words)
    return item

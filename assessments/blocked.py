"""What a finding blocks by the class rules that its IKM's cohort keeps."""

from datetime import date

from assessments.blocking import Block, blocks
from assessments.inputs import rules_of
from assessments.models import CohortRubric, Finding


def blocks_of(finding: Finding, today: date) -> list[Block]:
    """Return what an open critical finding blocks now and later; nothing for any other. Two queries."""
    if not (finding.is_critical and finding.is_open):
        return []
    pin = (
        CohortRubric.objects.filter(cohort__enrolments__enterprise=finding.enterprise_id)
        .select_related("scheme")
        .order_by("-cohort__starts_on")
        .first()
    )
    return blocks(finding.found_on, rules_of(pin.scheme) if pin else [], today)

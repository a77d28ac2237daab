"""The pair of photos of a finding: how it was, from the assessment or uploaded, and how it is after the mending."""

from collections.abc import Iterable
from uuid import UUID

from assessments.models import Evidence, Finding


def evidence_of(finding: Finding):
    """Return the photos of the assessment that raised the finding."""
    photos = Evidence.objects.photos()
    if not (finding.assessment_id and finding.criterion_id):
        return photos.none()
    return photos.filter(
        assessment=finding.assessment_id, criterion=finding.criterion_id, area=finding.area_id
    )


def has_before(finding: Finding) -> bool:
    """Whether there is a photo of before, from either source."""
    return bool(finding.before) or evidence_of(finding).exists()


def with_before(findings: Iterable[Finding]) -> set[UUID]:
    """Return the ids of those that have a photo of before; one query for all."""
    findings = list(findings)
    photos = Evidence.objects.photos().filter(assessment__in=[one.assessment_id for one in findings])
    shown = set(photos.values_list("assessment", "criterion", "area"))
    return {
        one.pk
        for one in findings
        if one.before or (one.assessment_id, one.criterion_id, one.area_id) in shown
    }

"""A version of a requirement as plain values, so that two versions can be compared and one copied."""

from typing import Any

from partnerships.models import Requirement, RequirementLine

FIELDS = (
    "contact", "part_number", "part_name", "process", "volume", "per", "unit", "target_price", "max_ppm",
    "min_on_time", "tolerance", "standard", "lead_time_days", "needed_on", "evidence_months", "is_open",
)  # fmt: skip
LINE_FIELDS = ("order", "kind", "text", "subject", "threshold", "unit")


def values_of(requirement: Requirement) -> dict[str, Any]:
    """Return what the requirement itself says."""
    return {name: getattr(requirement, name) for name in FIELDS}


def lines_of(requirement: Requirement) -> list[dict[str, Any]]:
    """Return its lines in order. A line is the same one while it asks for the same thing."""
    return [
        {
            "code": f"{line.kind}:{line.subject}",
            "title": line.text,
            "text": line.text,
            "threshold": line.threshold,
            "unit": line.unit,
        }
        for line in RequirementLine.objects.filter(requirement=requirement)
    ]


def is_same(before: Requirement, after: Requirement) -> bool:
    """Whether two versions ask for the same."""
    return values_of(before) == values_of(after) and lines_of(before) == lines_of(after)

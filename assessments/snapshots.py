"""What a class decision rested on, as plain JSON that is hashed and never read again from elsewhere.

Every figure is a text with all its digits, so that it comes back from the database as it went in and
the rules can be run over it again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from assessments.class_rules import Inputs, Month, Requirement, Rule
from assessments.models import Assessment, ClassDecision, Evidence
from closedloop.audit.trail import plain

DECIMALS = {"accepted_value", "promised_value", "max_ppm", "min_on_time"}


def sha256_of(snapshot: Mapping) -> str:
    """Return the hash of the snapshot, whatever the order in which the database keeps its keys."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def of_decision(
    decision: ClassDecision,
    *,
    inputs: Inputs,
    verdicts: Iterable[Requirement],
    recommended: tuple[int, str],
    names: dict[str, dict[str, str]],
    board: Iterable,
    at: datetime,
) -> dict:
    """Return everything the decision rests on; `board` begins with the person who signs."""
    assessment, enrolment = decision.assessment, decision.enrolment
    earlier = previous_official(assessment)
    return plain(
        {
            "at": at,
            "enterprise": {"code": decision.enterprise.code, "name": str(decision.enterprise)},
            "cohort": {"code": enrolment.cohort.code, "name": str(enrolment.cohort)},
            "rubric": {"code": assessment.rubric.code, "version": assessment.rubric.version},
            "scheme": {
                "code": decision.scheme.code,
                "version": decision.scheme.version,
                "is_example": decision.scheme.is_example,
            },
            "assessment": _assessment(assessment),
            "earlier": _assessment(earlier) if earlier else None,
            "dimensions": [
                {"code": row.code, "name": row.name, "name_en": row.name_en, "weight": row.weight}
                for row in assessment.rubric.dimensions.all()
            ],
            "inputs": _inputs(inputs),
            "requirements": [asdict(verdict) for verdict in verdicts],
            "recommended": {"level": recommended[0], "outcome": str(recommended[1])},
            "names": names,
            "board": [{"name": str(person), "title": person.title} for person in board],
            "evidence": evidence_of(assessment),
        }
    )


def evidence_of(assessment: Assessment) -> list[dict]:
    """Return what backs the scores, in the order in which it came."""
    return [
        {
            "id": item.pk,
            "criterion": item.criterion.code,
            "area": item.area.name if item.area else "",
            "kind": item.kind,
            "sha256": item.sha256,
            "caption": item.caption,
            "taken_on": item.taken_on,
            **more_of(item),
        }
        for item in assessment.evidence.select_related("criterion", "area")
    ]


def more_of(evidence: Evidence) -> dict:
    """Return what a piece of evidence says beyond its file; decisions from before lack these words."""
    more = {name: getattr(evidence, name) for name in ("basis", "valid_until", "value", "unit", "instrument")}
    return {name: value for name, value in more.items() if value not in (None, "")}


def previous_official(assessment: Assessment) -> Assessment | None:
    """Return the official assessment before this one, whatever its cohort."""
    return (
        Assessment.objects.official()
        .filter(enterprise=assessment.enterprise_id, visited_on__lt=assessment.visited_on)
        .order_by("-visited_on")
        .first()
    )


def _assessment(assessment: Assessment) -> dict:
    return {
        "code": assessment.code,
        "kind": assessment.kind,
        "visited_on": assessment.visited_on,
        "approved_at": assessment.approved_at,
        "assessor": str(assessment.assessor),
        "reviewer": str(assessment.reviewed_by),
        "rubric": str(assessment.rubric),
        "overall": assessment.overall,
        "dimensions": assessment.dimension_scores,
        "areas": assessment.area_scores,
        "recommendation": assessment.recommendation,
    }


def _inputs(inputs: Inputs) -> dict:
    return {
        **{one.name: getattr(inputs, one.name) for one in fields(inputs) if one.name != "months"},
        "modules": sorted(inputs.modules),
        "documents": sorted(inputs.documents),
        "months": [asdict(month) for month in inputs.months],
    }


def inputs_from(snapshot: Mapping) -> Inputs:
    """Return the inputs as they were, so that the rules can be run over them again."""
    data = snapshot["inputs"]
    return Inputs(
        today=date.fromisoformat(data["today"]),
        overall=_decimal(data["overall"]),
        dimensions={code: _decimal(value) for code, value in data["dimensions"].items()},
        areas={  # decisions of before there were areas have none
            code: {name: _decimal(value) for name, value in areas.items()}
            for code, areas in data.get("areas", {}).items()
        },
        criteria=dict(data["criteria"]),
        modules=frozenset(data["modules"]),
        critical_ages=tuple(data["critical_ages"]),
        documents=frozenset(data["documents"]),
        months=tuple(_month(row) for row in data["months"]),
    )


def requirements_from(snapshot: Mapping) -> list[Requirement]:
    """Return the verdicts as they were stored."""
    return [
        Requirement(
            **{
                **row,
                "figure": _decimal(row["figure"]),
                "threshold": _decimal(row["threshold"]),
                "part": tuple(row["part"]) if row["part"] else None,
                "short": tuple(row["short"]),
            }
        )
        for row in snapshot["requirements"]
    ]


def rules_from(verdicts: Iterable[Requirement]) -> list[Rule]:
    """Return the rules behind stored verdicts, as far as scores are concerned."""
    return [Rule(one.level, one.measure, one.subject, one.threshold) for one in verdicts]


def scores_from(stored: Mapping) -> tuple[Decimal | None, dict[str, Decimal | None]]:
    """Return overall and dimension scores of an assessment in a snapshot."""
    dimensions = {code: _decimal(value) for code, value in stored["dimensions"].items()}
    return _decimal(stored["overall"]), dimensions


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _month(row: Mapping) -> Month:
    values: dict[str, Any] = {
        name: _decimal(value) if name in DECIMALS else value for name, value in row.items()
    }
    return Month(**{**values, "month": date.fromisoformat(row["month"])})

"""What the minutes of a sitting say: written into the snapshot of the decision, and read from nowhere else."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from assessments.models import ClassDecision
from assessments.validity import objection_until, reassess_on


def record_of(
    decision: ClassDecision,
    fields: Mapping[str, Any],
    *,
    reason: str,
    conditions: Sequence,
    board: Iterable,
    decided_on: date,
    at: datetime,
) -> dict:
    """Return the minutes; `fields` are the columns about to be written, `board` begins with who signs."""
    return {
        "number": fields["record_number"],
        "on": decided_on,
        "outcome": str(fields["outcome"]),
        "level_before": decision.level_before,
        "level_proposed": decision.level_proposed,
        "level_after": fields["level_after"],
        "is_recommended": fields["is_recommended"],
        "reason": reason,
        "conditions": [{"text": one.text, "due_on": one.due_on} for one in conditions],
        "valid_until": fields["valid_until"],
        "reassess_on": reassess_on(fields["valid_until"]),
        "objection_until": objection_until(decided_on),
        "proposed_by": str(decision.proposed_by),
        "proposed_at": decision.created_at,
        "board": [
            {
                "name": str(person),
                "title": person.title,
                "role": person.role,
                "organisation": str(person.organisation or ""),
                "declared_at": at,
            }
            for person in board
        ],
    }


def says_the_same(decision: ClassDecision) -> bool:
    """Whether the columns of the decision are those its minutes name; true for one of before minutes were stored."""
    stored = decision.snapshot.get("record")
    if stored is None:
        return True
    columns = {
        "number": decision.record_number,
        "outcome": decision.outcome,
        "level_before": decision.level_before,
        "level_proposed": decision.level_proposed,
        "level_after": decision.level_after,
        "is_recommended": decision.is_recommended,
        "reason": decision.reason,
        "valid_until": decision.valid_until.isoformat() if decision.valid_until else None,
    }
    return all(stored[name] == value for name, value in columns.items())

"""The minutes of a sitting as they were written; a page and a paper say the same from here."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from assessments.models import ClassDecision
from assessments.validity import objection_until, reassess_on
from closedloop.accounts.roles import Role
from participants.models import ClassLevel

Outcome = ClassDecision.Outcome


@dataclass(frozen=True)
class Member:
    """Somebody of the board, the signer first; `has_declared` is unknown of before declarations were asked."""

    name: str
    title: str
    has_declared: bool


@dataclass(frozen=True)
class Minutes:
    """What was decided, by whom, until when. Days are those of the portal's clock."""

    number: str
    at: datetime
    outcome: str
    level_before: int | None
    level_proposed: int
    level_after: int
    is_recommended: bool
    reason: str
    conditions: list[tuple[str, date | None]]
    valid_until: date
    reassess_on: date
    objection_until: date
    proposed_by: str
    board: list[Member]

    @property
    def outcome_label(self) -> str:
        return str(Outcome(self.outcome).label)

    @property
    def level_name(self) -> str:
        return str(ClassLevel(self.level_after).label)

    @property
    def heading(self) -> str:
        return f"{self.outcome_label}: {self.level_name}"

    @property
    def proposed_name(self) -> str:
        return str(ClassLevel(self.level_proposed).label)


def minutes_of(decision: ClassDecision) -> Minutes:
    """Return the minutes from the snapshot; of before they were stored, from the decision's own columns."""
    snapshot = decision.snapshot
    stored = snapshot.get("record") or _from_columns(decision)
    return Minutes(
        number=stored["number"],
        at=datetime.fromisoformat(snapshot["at"]),
        outcome=stored["outcome"],
        level_before=stored["level_before"],
        level_proposed=stored["level_proposed"],
        level_after=stored["level_after"],
        is_recommended=stored["is_recommended"],
        reason=stored["reason"],
        conditions=[(one["text"], _day(one["due_on"])) for one in stored["conditions"]],
        valid_until=date.fromisoformat(stored["valid_until"]),
        reassess_on=date.fromisoformat(stored["reassess_on"]),
        objection_until=date.fromisoformat(stored["objection_until"]),
        proposed_by=stored["proposed_by"],
        board=[_member(one) for one in stored["board"]],
    )


def _from_columns(decision: ClassDecision) -> dict[str, Any]:
    decided_on = timezone.localdate(datetime.fromisoformat(decision.snapshot["at"]))
    last = decision.valid_until or decided_on
    return {
        "number": decision.record_number,
        "outcome": decision.outcome,
        "level_before": decision.level_before,
        "level_proposed": decision.level_proposed,
        "level_after": decision.level_after,
        "is_recommended": decision.is_recommended,
        "reason": decision.reason,
        "conditions": [{"text": decision.conditions, "due_on": None}] if decision.conditions else [],
        "valid_until": last.isoformat(),
        "reassess_on": reassess_on(last).isoformat(),
        "objection_until": objection_until(decided_on).isoformat(),
        "proposed_by": "",
        "board": decision.snapshot["board"],
    }


def _member(stored: dict[str, Any]) -> Member:
    """A title, else what the person was in the programme; with the organisation where there is one."""
    role = stored.get("role")
    words = [stored["title"] or (str(Role(role).label) if role else ""), stored.get("organisation", "")]
    return Member(stored["name"], ", ".join(word for word in words if word), bool(stored.get("declared_at")))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

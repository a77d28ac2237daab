"""What a decided class decision has come to since: objected to, heard again, replaced, or due for a look. Read only."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import ClassDecision, Objection
from assessments.validity import answer_due, needs_review


@dataclass(frozen=True)
class Standing:
    """One badge: its words and its tone."""

    word: str
    tone: str


def standing_of(decision: ClassDecision, objections: list[Objection], *, today: date) -> Standing | None:
    """Return the badge of a decided decision, or None where nothing happened to it."""
    for objection in reversed(objections):
        if objection.status == Objection.Status.OPEN:
            return Standing(_("Dalam keberatan"), "todo")
        if objection.status == Objection.Status.ACCEPTED:
            new = objection.new_decision
            is_replaced = new is not None and new.status == ClassDecision.Status.DECIDED
            return Standing(_("Diganti"), "bad") if is_replaced else Standing(_("Sidang ulang"), "todo")
    if decision.valid_until and needs_review(decision.valid_until, today):
        return Standing(_("Perlu ditinjau"), "todo")
    return None


def due_of(objection: Objection) -> date:
    """Return the last day on which the objection is answered in time."""
    return answer_due(timezone.localdate(objection.created_at))


def is_late(objection: Objection, today: date) -> bool:
    return objection.status == Objection.Status.OPEN and today > due_of(objection)

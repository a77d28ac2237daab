"""Impossible calls for a visit."""

from assessments.models import VisitCall
from tests.guards.rows import change, one

VIOLATIONS = {
    "visit_call_is_settled_in_words": lambda: change(one(VisitCall), note="Sudah dikunjungi"),
}

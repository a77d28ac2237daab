"""A decided class decision as it was: every line from its snapshot."""

from django.utils.translation import get_language

from assessments.area_board import area_boards, parts_from
from assessments.class_rules import floors, overall_floor
from assessments.models import ClassDecision
from assessments.results import Board, Line, headline
from assessments.snapshots import requirements_from, rules_from, scores_from


def stored_board(decision: ClassDecision) -> Board:
    """Return the dimensions, thresholds and overall on which the board decided."""
    snapshot = decision.snapshot
    earlier = snapshot["earlier"]
    overall, now = scores_from(snapshot["assessment"])
    before, then = scores_from(earlier) if earlier else (None, {})
    level = decision.level_proposed
    rules = rules_from(requirements_from(snapshot))
    codes = [row["code"] for row in snapshot["dimensions"]]
    needed = floors(level, rules, codes)
    name = "name_en" if get_language() == "en" else "name"
    lines = [
        Line(
            code=row["code"],
            name=row[name],
            weight=row["weight"],
            score=now.get(row["code"]),
            before=then.get(row["code"]),
            floor=needed[row["code"]],
        )
        for row in snapshot["dimensions"]
    ]
    floor = overall_floor(level, rules)
    areas = area_boards(
        decision.assessment.rubric.dimensions.all(),  # the words of a published rubric never change
        now,
        parts_from(snapshot["assessment"].get("areas", [])),
        rules=rules,
        level=level,
    )
    title = headline(overall, floor, lines, level)
    return Board(lines, overall, before, floor, level, title, areas=areas)

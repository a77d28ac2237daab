"""The areas of the last official assessment, as the printed report shows them."""

from django.utils.translation import gettext as _

from assessments.area_board import AreaBoard, AreaLine, area_boards, parts_from
from assessments.class_rules import next_level
from assessments.inputs import rules_of, stored_scores
from closedloop.core import formats
from closedloop.reports.desk import Desk
from participants.models import Enterprise


def area_rows(desk: Desk, enterprise: Enterprise) -> list[dict]:
    """Return, per dimension seen in several areas, the company's score and each area's."""
    row = desk.assessed.get(enterprise.pk)
    if row is None:
        return []
    scheme = desk.scheme_of(enterprise)
    boards = area_boards(
        desk.dimensions[row.last.rubric_id],
        stored_scores(row.last),
        parts_from(row.last.area_scores),
        rules=rules_of(scheme) if scheme else (),
        level=next_level(enterprise.class_level),
    )
    return [_plain(one) for one in boards if len(one.lines) > 1]


def _plain(one: AreaBoard) -> dict:
    return {
        "code": one.code,
        "name": one.name,
        "score": one.shown,
        "band": one.band,
        "rows": [
            {
                "name": line.name,
                "weight": formats.number(line.weight, 2, trim=True),
                "score": line.shown,
                "band": line.band,
                "note": _note(one, line),
            }
            for line in one.lines
        ],
    }


def _note(one: AreaBoard, line: AreaLine) -> str:
    words = [_("Terendah")] if line.is_lowest else []
    if line.is_short:
        floor = formats.number(one.floor, 1, trim=True)
        words.append(_("di bawah syarat %(floor)s") % {"floor": floor})
    return "; ".join(words)

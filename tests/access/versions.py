"""Who may open what: corrections of approved assessments, and the second assessor."""

from tests.access.table import Row
from tests.world.versions import REASON


def code(name):
    return lambda world: [getattr(world, name).code]


ROWS: list[Row] = [
    Row("assessments:correct", args=code("assessment"), allowed="mentor assessor", hidden="other_mentor"),
    Row(
        "assessments:correct",
        "post",
        args=code("assessment"),
        data=lambda w: {"reason": REASON},
        allowed="mentor assessor",
        hidden="other_mentor",
        code=302,
    ),
    Row(
        "assessments:discard_correction",
        args=code("correction_draft"),
        allowed="mentor",
        hidden="other_mentor assessor",
    ),
    Row(
        "assessments:discard_correction",
        "post",
        args=code("correction_draft"),
        allowed="mentor",
        hidden="other_mentor assessor",
        code=302,
    ),
]

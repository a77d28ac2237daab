"""Who may open what: corrections of approved assessments, and the second assessor."""

from tests.access.table import Row
from tests.world.versions import REASON


def code(name):
    return lambda world: [getattr(world, name).code]


def of(name):
    """The address of a second look bears the code of its assessment."""
    return lambda world: [getattr(world, name).assessment.code]


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
    # the second assessor
    Row("assessments:seconds", before=lambda w: w.waiting_second, allowed="lead assessor"),
    Row(
        "assessments:second",
        args=of("handed_in_second"),
        allowed="lead staff assessor viewer admin",
        hidden="owner other_owner mentor other_mentor",
    ),
    Row(
        "assessments:second",
        args=of("taken_second"),
        query="?buta",
        allowed="lead staff assessor viewer admin",
        hidden="owner other_owner mentor other_mentor",
    ),
    Row("assessments:take_second", "post", args=of("waiting_second"), allowed="assessor lead", code=302),
    Row(
        "assessments:assign_second",
        "post",
        args=of("waiting_second"),
        data=lambda w: {"assessor": w.assessor.pk},
        allowed="lead assessor",
        code=302,
    ),
    Row("assessments:give_back_second", "post", args=of("taken_second"), allowed="assessor lead", code=302),
    Row(
        "assessments:score_second",
        "post",
        args=of("taken_second"),
        data=lambda w: {f"nilai_{w.taken_second.scores.get().pk}": "3"},
        allowed="assessor lead",
        code=302,
    ),
    Row(
        "assessments:settle_second",
        "post",
        args=of("second_to_settle"),
        data=lambda w: {
            f"nilai_{w.second_to_settle.scores.get().pk}": "2",
            f"catatan_{w.second_to_settle.scores.get().pk}": "Separuh rak belum berlabel",
        },
        allowed="assessor",
        hidden="mentor other_mentor",
        code=302,
    ),
    Row(
        "assessments:confirm_second",
        "post",
        args=of("written_second"),
        data=lambda w: {"butir": w.written_second.scores.get().agreement_mark},
        allowed="assessor lead",
        code=302,
    ),
    Row("assessments:rater_agreement", before=lambda w: w.handed_in_second, allowed="lead staff"),
    Row(
        "assessments:discard_correction",
        "post",
        args=code("correction_draft"),
        allowed="mentor",
        hidden="other_mentor assessor",
        code=302,
    ),
]

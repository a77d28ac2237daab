"""Who may open what: visits that a month of quality, cost and delivery asks for."""

from uuid import uuid4

from tests.access.table import OVERSIGHT, Row

KNOWS = f"{OVERSIGHT} mentor assessor"


def call(world):
    return [world.visit_call.pk]


def visit_data(world):
    return {
        "key": str(uuid4()), "module": str(world.module.pk), "title": "Kunjungan pabrik", "day": "2026-12-07",
        "begin": "09:00", "end": "12:00", "lesson_hours": "4", "place": "Pabrik contoh",
        "regency": world.enterprise.regency.name, "trainer": str(world.mentor.pk),
    }  # fmt: skip


ROWS: list[Row] = [
    Row("assessments:visit_calls", before=lambda w: w.visit_call, allowed=f"{KNOWS} other_mentor"),
    Row("assessments:visit_call", args=call, allowed=KNOWS, hidden="other_mentor"),
    Row("assessments:plan_visit", "post", args=call, data=visit_data, allowed="staff", code=302),
    Row(
        "assessments:settle_visit_call",
        "post",
        args=call,
        data=lambda w: {"note": "Mentor sudah datang pada 20 November"},
        allowed="staff mentor",
        hidden="other_mentor",
        code=302,
    ),
]

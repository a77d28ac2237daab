"""Who may set the reports that make themselves each month: leads alone."""

from uuid import uuid4

from tests.access.table import Row


def of_schedule(world):
    return [world.report_schedule.code]


ROWS: list[Row] = [
    Row("reports:schedules", before=lambda world: world.report_schedule, allowed="lead"),
    Row(
        "reports:schedules",
        "post",
        data=lambda world: {"kind": "programme", "day": 31, "language": "id", "key": uuid4()},
        allowed="lead",
        code=302,
    ),
    Row("reports:schedule", args=of_schedule, allowed="lead"),
    Row(
        "reports:schedule",
        "post",
        args=of_schedule,
        data=lambda world: {"day": 15, "language": "en"},
        allowed="lead",
        code=302,
    ),
    Row(
        "reports:pause_schedule",
        "post",
        args=of_schedule,
        data=lambda world: {"jeda": "1"},
        allowed="lead",
        code=302,
    ),
    Row("reports:retry_schedule", "post", args=of_schedule, allowed="lead", code=302),
]

"""Who may open what: sheets of the registry, given out and typed in the browser."""

import json
from uuid import uuid4

from tests.access.table import Row
from tests.factories.participants import KbliFactory, ProcessFactory


def held_clash(world):
    """Let the row hold a clash, so that there is something to decide."""
    row = world.import_row
    row.values |= {"changes": {}, "clashes": {"address": ["Jl. Lama", "Jl. Baru"]}}
    row.save()


LINE = ["Contoh Tempa", "CV", "Bima", "081234567899", "", "", "", "", "", "", "Kab. Tegal", "", "", "", "", "", "",
        "", "", "", "Ya"]  # fmt: skip


def typed(world):
    """One row as the browser sends it."""
    return {"rows": json.dumps([[2, LINE]]), "cohort": world.cohort.code, "key": str(uuid4())}


def enterprise(world):
    return [world.enrolment.enterprise.code]


def process(world):
    return [ProcessFactory(code="turning", name="Bubut dan CNC").code]


ROWS: list[Row] = [
    Row("participants:kbli_list", allowed="staff"),
    Row(
        "participants:edit_kbli",
        args=lambda world: [KbliFactory(code="29300", version="2020").pk],
        allowed="staff",
    ),
    Row("participants:indicator_sets", allowed="lead staff mentor other_mentor assessor viewer admin"),
    Row("participants:new_indicator_set", allowed="staff", before=lambda world: world.indicator_line),
    Row("participants:add_indicator", allowed="staff"),
    Row("participants:processes", allowed="staff"),
    Row("participants:add_process", allowed="staff"),
    Row(
        "participants:add_process",
        "post",
        allowed="staff",
        code=302,
        data=lambda world: {"key": str(uuid4()), "name": "Hidroforming"},
    ),
    Row("participants:edit_process", args=process, allowed="staff"),
    Row(
        "participants:edit_process",
        "post",
        args=process,
        allowed="staff",
        code=302,
        data=lambda world: {"name": "Bubut halus", "is_retired": "on"},
    ),
    Row("participants:my_siinas", allowed="owner other_owner"),
    Row(
        "participants:my_siinas_sheet",
        allowed="owner other_owner",
        before=lambda world: (world.enterprise, world.other_enterprise),
    ),
    Row("participants:siinas", args=enterprise, allowed="staff"),
    Row("participants:siinas_sheet", args=enterprise, allowed="staff"),
    Row("participants:grid", allowed="staff"),
    Row("participants:grid", "post", allowed="staff", code=302, data=typed),
    Row("participants:grid_check", "post", allowed="staff", data=typed),
    Row("participants:export_full", "post", allowed="lead staff"),
    Row(
        "participants:take_sheet_value",
        "post",
        args=lambda world: [world.import_row.pk],
        allowed="staff",
        code=302,
        data=lambda world: {"isi": "address"},
        before=held_clash,
    ),
]

"""Who may open what: imports. The programme's staff, and nobody else."""

from tests.access.table import Row


def batch(world):
    return [world.import_batch.pk]


def uploaded(world):
    return [world.uploaded_batch.pk]


def saved(world):
    return [world.saved_batch.pk]


ROWS: list[Row] = [
    Row("participants:imports", allowed="staff"),
    Row("participants:upload", allowed="staff"),
    Row("participants:import_template", allowed="staff"),
    Row("participants:import", args=batch, allowed="staff"),
    Row("participants:import_columns", args=uploaded, allowed="staff"),
    Row("participants:import_progress", args=batch, allowed="staff", code=286),
    Row("participants:problems", args=batch, allowed="staff"),
    Row("participants:check_import", "post", args=uploaded, allowed="staff", code=302),
    Row(
        "participants:import_columns",
        "post",
        args=uploaded,
        allowed="staff",
        code=302,
        data=lambda world: {
            f"kolom_{index}": field
            for index, field in enumerate(["name", "legal_form", "phone", "regency", "consent"])
        },
    ),
    Row("participants:save_import", "post", args=batch, allowed="staff", code=302),
    Row("participants:discard_import", "post", args=batch, allowed="staff", code=302),
    Row("participants:undo_import", args=saved, allowed="staff"),
    Row("participants:undo_import", "post", args=saved, allowed="staff", code=302),
    Row("participants:compare_row", args=lambda world: [world.import_row.pk], allowed="staff"),
    Row(
        "participants:compare_row",
        "post",
        args=lambda world: [world.import_row.pk],
        allowed="staff",
        code=302,
        data=lambda world: {"keputusan": "lewati"},
    ),
    Row(
        "participants:import_as_new",
        "post",
        args=lambda world: [world.import_row.pk],
        allowed="staff",
        code=302,
    ),
]

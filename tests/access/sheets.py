"""Who may open what: sheets of the registry, given out and typed in the browser."""

from tests.access.table import Row


def held_clash(world):
    """Let the row hold a clash, so that there is something to decide."""
    row = world.import_row
    row.values |= {"changes": {}, "clashes": {"address": ["Jl. Lama", "Jl. Baru"]}}
    row.save()


ROWS: list[Row] = [
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

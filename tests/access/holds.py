"""Who may open what: agreements that a month of quality, cost and delivery holds back."""

from tests.access.table import Row


def held(world):
    return [world.held_agreement.code]


ROWS: list[Row] = [
    Row("partnerships:override_hold", args=held, allowed="lead"),
    Row(
        "partnerships:override_hold",
        "post",
        args=held,
        data=lambda world: {"reason": "Pembeli meminta sendiri; perbaikan cetakan sudah diperiksa."},
        allowed="lead",
        code=302,
    ),
]

"""Who may open one quarterly review: its parties and the programme; who records one stands with the agreements."""

from tests.access.table import OVERSIGHT, Row

ROWS: list[Row] = [
    Row(
        "partnerships:review",
        args=lambda world: [world.agreement.code, world.closed_review.pk],
        allowed=f"{OVERSIGHT} owner buyer",
        hidden="other_owner other_buyer",
    ),
]

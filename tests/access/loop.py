"""Who may open what: the closed-loop board. A mentor sees their IKM, an owner their own, a buyer its own pairs."""

from tests.access.table import OVERSIGHT, Row

READERS = f"{OVERSIGHT} mentor other_mentor owner other_owner buyer other_buyer"

ROWS = [
    Row(
        "dashboard:loop",
        allowed=READERS,
        before=lambda w: (w.linked_complaint, w.closed_review, w.requirement),
    ),
    Row("dashboard:loop_sheet", allowed=READERS, before=lambda w: (w.linked_complaint, w.closed_review)),
]

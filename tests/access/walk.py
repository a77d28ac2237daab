"""Who may open what: one check item of one IKM. Owners read theirs among their assessments, buyers none."""

from tests.access.table import OVERSIGHT, Row

ROWS = [
    Row(
        "dashboard:item",
        args=lambda w: [w.linked_complaint.enterprise.code, w.linked_complaint.criterion.code],
        allowed=f"{OVERSIGHT} mentor assessor",
        hidden="other_mentor",
    ),
]

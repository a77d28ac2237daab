"""Who may open what: complaints of buyers. The buyer checks, the IKM answers, staff for those without account."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from tests.access.records import picture
from tests.access.table import OVERSIGHT, Row

READERS = f"{OVERSIGHT} mentor owner buyer"
STRANGERS = "other_mentor other_owner other_buyer"
ANSWERERS = "staff owner"
DAY = timedelta(days=3)


def complaint(world):
    return [world.complaint.code]


def contained(world):
    return [world.contained_complaint.code]


def planned(world):
    due = (timezone.localdate() + DAY).isoformat()
    return {"key": str(uuid4()), "description": "Ganti pin", "responsible": "Kepala", "due_on": due}


def written(name, args, data, *, allowed=ANSWERERS, hidden="other_owner"):
    """A form of who answers: the page and the act."""
    name = f"partnerships:{name}"
    return [
        Row(name, args=args, allowed=allowed, hidden=hidden),
        Row(name, "post", args=args, allowed=allowed, hidden=hidden, code=302, data=data),
    ]


ROWS: list[Row] = [
    Row("partnerships:complaints", allowed=f"{READERS} {STRANGERS}"),
    Row("partnerships:complaint", args=complaint, allowed=READERS, hidden=STRANGERS),
    Row("partnerships:complaint_photo", args=complaint, allowed=READERS, hidden=STRANGERS),
    Row(
        "partnerships:complaint_action_photo",
        args=lambda world: [world.done_complaint_action.pk],
        allowed=READERS,
        hidden=STRANGERS,
    ),
    Row("partnerships:add_complaint", allowed="staff buyer other_buyer"),
    # an empty form comes back with its messages; that a stranger's part cannot be chosen is tested with the page
    Row("partnerships:add_complaint", "post", allowed="staff buyer other_buyer"),
    *written("contain_complaint", complaint, lambda world: {"containment": "Stok dipisah"}),
    *written(
        "complaint_causes",
        complaint,
        lambda world: {"why_1": "Pin aus", "why_2": "Tidak diganti", "root_cause": "Tanpa jadwal"},
    ),
    *written("plan_complaint_action", contained, planned),
    *written(
        "finish_complaint_action",
        lambda world: [world.complaint_action.pk],
        lambda world: {"photo": picture()},
    ),
    Row(
        "partnerships:propose_complaint",
        "post",
        args=lambda world: [world.worked_complaint.code],
        allowed=ANSWERERS,
        hidden="other_owner",
        code=302,
    ),
    # staff only for a buyer whose people have no account, which is tested with the act
    *written(
        "check_complaint",
        lambda world: [world.proposed_complaint.code],
        lambda world: {"verdict": "effective", "note": "Tiga kiriman baik"},
        allowed="buyer",
        hidden="other_buyer",
    ),
    *written(
        "link_complaint",
        complaint,
        lambda world: {"closer": f"m-{world.taught_module.code}"},
        allowed="staff mentor",
        hidden="other_mentor",
    ),
]

"""Who may open what: findings on the way from why to whether it holds."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.access.table import Row
from tests.factories.capability import jpeg

KNOWS = "lead staff mentor assessor viewer admin"
STRANGERS = "other_mentor other_owner"
MENDS = "owner staff mentor assessor"
JUDGES = "staff mentor assessor"


def photo():
    return SimpleUploadedFile("temuan.jpg", jpeg("green", (40, 30)), "image/jpeg")


def code(name):
    return lambda world: [getattr(world, name).code]


def in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def page(name, of, allowed, hidden):
    return Row(f"assessments:{name}", args=code(of), allowed=allowed, hidden=hidden)


def post(name, of, allowed, hidden, data):
    return Row(
        f"assessments:{name}", "post", args=code(of), data=data, allowed=allowed, hidden=hidden, code=302
    )


FINDING_ROWS: list[Row] = [
    page("before_photo", "shown_finding", f"{KNOWS} owner", STRANGERS),
    Row(
        "assessments:effectiveness_photo",
        args=lambda w: [w.effectiveness.pk],
        allowed=f"{KNOWS} owner",
        hidden=STRANGERS,
    ),
    post("show_before", "finding", MENDS, STRANGERS, lambda w: {"photo": photo()}),
    page("finding_causes", "finding", MENDS, STRANGERS),
    post(
        "finding_causes",
        "finding",
        MENDS,
        STRANGERS,
        lambda w: {"why_1": "Sensor rusak", "why_2": "Tidak dirawat", "root_cause": "Tidak ada jadwal"},
    ),
    page("plan_action", "finding", MENDS, STRANGERS),
    post(
        "plan_action",
        "finding",
        MENDS,
        STRANGERS,
        lambda w: {
            "key": "01930000-0000-7000-8000-000000000001",
            "description": "Pesan sensor",
            "responsible": "Kepala produksi",
            "due_on": in_days(3),
        },
    ),
    page("move_due", "finding", JUDGES, "other_mentor"),
    post(
        "move_due",
        "finding",
        JUDGES,
        "other_mentor",
        lambda w: {"due_on": in_days(40), "reason": "Suku cadang datang Senin"},
    ),
    page("finding_closer", "finding", JUDGES, "other_mentor"),
    post(
        "finding_closer", "finding", JUDGES, "other_mentor", lambda w: {"closer": f"m-{w.taught_module.code}"}
    ),
    page("check_effect", "closed_finding", JUDGES, "other_mentor"),
    post(
        "check_effect",
        "closed_finding",
        JUDGES,
        "other_mentor",
        lambda w: {"verdict": "effective", "note": "Masih rapi", "photo": photo()},
    ),
]

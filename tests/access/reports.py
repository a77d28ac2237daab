"""Who may open what: reports."""

from uuid import uuid4

from tests.access.documents import ROWS as DOCUMENTS
from tests.access.table import OVERSIGHT, Row

READERS = f"{OVERSIGHT} mentor other_mentor buyer other_buyer"
STRANGERS = "other_mentor assessor buyer other_buyer owner other_owner"  # may have reports, but this one is not theirs


def wish(world):
    """A report on the IKM that the mentor accompanies."""
    return {"enterprise": world.enrolment.enterprise.pk, "language": "id", "form_key": uuid4()}


ROWS: list[Row] = [
    Row(
        "reports:minutes",
        "post",
        args=lambda world: [world.decided_decision.code],
        data=lambda world: {"form_key": uuid4()},
        allowed="lead staff owner",
        hidden="other_owner",
        code=302,
    ),
    Row("reports:list", allowed=READERS),
    Row("reports:running", allowed=READERS, code=286),
    Row(
        "reports:request",
        "post",
        query="?jenis=enterprise",
        before=lambda world: world.enrolment,
        data=wish,
        allowed="lead staff mentor",
        code=302,
    ),
    Row(
        "reports:batch",
        args=lambda world: [world.report.batch.code],
        allowed=f"{OVERSIGHT} mentor",
        hidden=STRANGERS,
    ),
    Row(
        "reports:progress",
        args=lambda world: [world.report.batch.code],
        allowed=f"{OVERSIGHT} mentor",
        hidden=STRANGERS,
        code=286,
    ),
    Row(
        "reports:retry",
        "post",
        args=lambda world: [world.failed_report.batch.code],
        allowed="lead staff mentor",
        hidden=STRANGERS,
        code=302,
    ),
    *(
        Row(
            "reports:cancel",
            method,
            args=lambda world: [world.queued_report.batch.code],
            allowed="lead staff mentor",
            hidden=STRANGERS,
            code=code,
        )
        for method, code in (("get", 200), ("post", 302))
    ),
    Row("reports:revoke", args=lambda world: [world.report.code], allowed="lead"),
    Row(
        "reports:revoke",
        "post",
        args=lambda world: [world.report.code],
        data=lambda world: {"reason": "Nilai tes akhir salah masuk."},
        allowed="lead",
        code=302,
    ),
    Row(
        "reports:download",
        "post",
        args=lambda world: [world.report.code],
        allowed=f"{OVERSIGHT} mentor",
        hidden=STRANGERS,
    ),
    Row(
        "reports:download_all",
        "post",
        args=lambda world: [world.report.batch.code],
        allowed=f"{OVERSIGHT} mentor",
        hidden=STRANGERS,
    ),
    *DOCUMENTS,
]

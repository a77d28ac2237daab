"""Who may ask for which document, and take its Excel away."""

from uuid import uuid4

from tests.access.table import OVERSIGHT, Row


def asked(kind, of, *, allowed, hidden) -> Row:
    return Row(
        "reports:document",
        "post",
        query=f"?{kind}",  # names the row; the address has it too
        args=lambda world: [kind, of(world)],
        data=lambda world: {"form_key": uuid4()},
        allowed=allowed,
        hidden=hidden,
        code=302,
    )


ROWS: list[Row] = [
    Row("reports:documents", before=lambda world: world.enrolment, allowed="lead staff mentor"),
    Row(
        "reports:documents",
        "post",
        data=lambda world: {
            "kind": "kartu-kemajuan",
            "cohort": world.enrolment.cohort.pk,
            "form_key": uuid4(),
        },
        allowed="lead staff mentor",
        code=302,
    ),
    asked(
        "kartu-kemajuan",
        lambda world: world.enrolment.enterprise.code,
        allowed="lead staff mentor assessor owner",
        hidden="other_mentor other_owner buyer other_buyer",
    ),
    asked(
        "sertifikat-pelatihan",
        lambda world: world.certificate.code,
        allowed="lead staff mentor assessor owner",
        hidden="other_mentor other_owner buyer other_buyer",
    ),
    asked(
        "sertifikat-kelas",
        lambda world: world.decided_decision.code,
        allowed="lead staff owner",
        hidden="mentor other_mentor assessor other_owner buyer other_buyer",
    ),
    asked(
        "daftar-hadir",
        lambda world: world.training_session.code,
        allowed="lead staff mentor",
        hidden="other_mentor assessor owner other_owner buyer other_buyer",
    ),
    asked(
        "audit",
        lambda world: world.assessment.code,
        allowed="lead staff mentor assessor owner",
        hidden="other_mentor other_owner buyer other_buyer",
    ),
    asked(
        "notulen-tinjauan",
        lambda world: world.review_meeting.pk,
        allowed="lead staff owner buyer",
        hidden="mentor other_mentor assessor other_owner other_buyer",
    ),
    Row(
        "reports:download_sheet",
        "post",
        args=lambda world: [world.report.code],
        allowed=f"{OVERSIGHT} mentor",
        hidden="other_mentor buyer other_buyer owner other_owner assessor",
    ),
]

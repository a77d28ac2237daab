"""Who may open what: what follows from attendance, from excuses to certificates."""

from tests.access.table import Row
from tests.access.trainings import NOT_TAUGHT, OWNERS, PROGRAMME, RUNNERS, session


def earned(world):
    """Let the owner have earned a certificate that nobody has issued yet."""
    world.certificate.delete()


ROWS: list[Row] = [
    # certificates
    Row(
        "trainings:certificates",
        args=lambda w: [w.certificate and w.cohort.code],
        allowed=PROGRAMME,
        hidden=NOT_TAUGHT,
    ),
    Row(
        "trainings:issue_certificates",
        "post",
        args=lambda w: [w.cohort.code, w.module.code],
        before=earned,
        allowed="staff",
        code=302,
    ),
    Row("trainings:my_certificates", before=lambda w: w.certificate, allowed=OWNERS),
    Row("trainings:certificate_end", args=lambda w: [w.certificate.code], allowed="staff"),
    Row(
        "trainings:certificate_end",
        "post",
        args=lambda w: [w.certificate.code],
        data=lambda w: {"what": "revoke", "reason": "Terbit untuk orang yang salah"},
        allowed="staff",
        code=302,
    ),
    # requests
    Row("trainings:ask_excuse", args=session, allowed="owner", hidden="other_owner"),
    Row(
        "trainings:ask_excuse",
        "post",
        args=session,
        data=lambda w: {"kind": "sick", "reason": "Demam sejak kemarin"},
        allowed="owner",
        hidden="other_owner",
        code=302,
    ),
    Row(
        "trainings:ask_correction",
        args=lambda w: [w.closed_attendance.receipt],
        allowed="owner",
        hidden="other_owner",
    ),
    Row(
        "trainings:ask_correction",
        "post",
        args=lambda w: [w.closed_attendance.receipt],
        data=lambda w: {"wanted": "late", "reason": "Saya datang terlambat"},
        allowed="owner",
        hidden="other_owner",
        code=302,
    ),
    Row("trainings:requests", before=lambda w: w.excuse, allowed=f"{RUNNERS} {NOT_TAUGHT}"),
    Row("trainings:answer_excuse", args=lambda w: [w.excuse.pk], allowed=RUNNERS, hidden=NOT_TAUGHT),
    Row(
        "trainings:answer_excuse",
        "post",
        args=lambda w: [w.excuse.pk],
        data=lambda w: {"grant": "yes"},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row("trainings:answer_correction", args=lambda w: [w.correction_request.pk], allowed="staff"),
    Row(
        "trainings:answer_correction",
        "post",
        args=lambda w: [w.correction_request.pk],
        data=lambda w: {"grant": "no", "answer": "Daftar hadir kertas menunjukkan lain"},
        allowed="staff",
        code=302,
    ),
    Row(
        "trainings:excuse_photo",
        args=lambda w: [w.excuse.pk],
        allowed=f"{RUNNERS} owner",
        hidden=f"{NOT_TAUGHT} other_owner",
    ),
    Row(
        "trainings:correction_photo",
        args=lambda w: [w.correction_request.pk],
        allowed=f"{RUNNERS} owner",
        hidden=f"{NOT_TAUGHT} other_owner",
    ),
    # making up for a missed session with another cohort
    Row(
        "trainings:invite_make_up",
        args=lambda w: [w.enrolment.pk, w.missed_session.code],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
    ),
    Row(
        "trainings:invite_make_up",
        "post",
        args=lambda w: [w.enrolment.pk, w.missed_session.code],
        data=lambda w: {"session": w.make_up_session.code},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:withdraw_make_up",
        "post",
        args=lambda w: [w.make_up_seat.pk],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    # warnings
    Row("trainings:warnings", before=lambda w: w.warned, allowed=f"{RUNNERS} {NOT_TAUGHT}"),
    # a warning that is no more sends back to the list
    Row(
        "trainings:answer_warning",
        args=lambda w: [w.enrolment.pk],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:answer_warning",
        "post",
        args=lambda w: [w.enrolment.pk],
        data=lambda w: {"rule": w.warned.rule, "key": w.warned.key, "note": "Sudah ditelepon"},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
]

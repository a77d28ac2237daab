"""Who may open what: visits to factories, and what is done there."""

from uuid import uuid4

from django.utils import timezone

from tests.access.records import picture
from tests.access.table import Row
from tests.access.trainings import NOT_TAUGHT, OWNERS, PROGRAMME, RUNNERS

ROWS: list[Row] = [
    # factory visits
    Row("trainings:visits", before=lambda w: w.led_visit, allowed=f"{PROGRAMME} {NOT_TAUGHT}"),
    Row("trainings:visit", args=lambda w: [w.visit.session.code], allowed=RUNNERS, hidden=NOT_TAUGHT),
    Row(
        "trainings:visit",
        "post",
        args=lambda w: [w.visit.session.code],
        data=lambda w: {"verdict_1": "yes", "remark_1": "Area merah di belakang", "confirm": "1"},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:name_host",
        "post",
        args=lambda w: [w.unhosted_visit.code, w.enrolment.pk],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:add_visit_photo",
        "post",
        args=lambda w: [w.visit.session.code],
        data=lambda w: {"photo": picture()},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:visit_photo",
        args=lambda w: [w.visit_photo_row.pk],
        allowed=f"{PROGRAMME} owner",
        hidden=f"{NOT_TAUGHT} other_owner",
    ),
    Row(
        "trainings:my_visit",
        args=lambda w: [w.led_visit.session.code],
        allowed="owner",
        hidden="other_owner",
    ),
    Row(
        "trainings:confirm_visit",
        "post",
        args=lambda w: [w.led_visit.session.code],
        before=lambda w: w.person,
        allowed="owner",
        hidden="other_owner",
        code=302,
    ),
    # factory actions
    Row("trainings:my_actions", before=lambda w: w.action_report, allowed=OWNERS),
    Row(
        "trainings:enterprise_actions",
        args=lambda w: [w.action_report and w.enterprise.code],
        allowed=PROGRAMME,
        hidden=NOT_TAUGHT,
    ),
    Row(
        "trainings:session_actions",
        args=lambda w: [w.action_report.action.session.code],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
    ),
    Row(
        "trainings:session_actions",
        "post",
        args=lambda w: [w.closed_attendance.session.code],
        data=lambda w: {
            "text": "Pasang lampu di meja periksa",
            "due_on": timezone.localdate().isoformat(),
        },
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:give_action",
        args=lambda w: [w.action_report.action.session.code, w.enrolment.pk],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
    ),
    Row(
        "trainings:give_action",
        "post",
        args=lambda w: [w.closed_attendance.session.code, w.enrolment.pk],
        data=lambda w: {
            "text": "Pasang lampu di meja periksa",
            "due_on": timezone.localdate().isoformat(),
        },
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:no_action",
        "post",
        args=lambda w: [w.closed_attendance.session.code],
        data=lambda w: {"reason": "Hanya ujian"},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row("trainings:actions", before=lambda w: w.action_report, allowed=f"{PROGRAMME} {NOT_TAUGHT}"),
    Row(
        "trainings:action",
        args=lambda w: [w.action_report.action.code],
        allowed=f"{PROGRAMME} owner",
        hidden=f"{NOT_TAUGHT} other_owner",
    ),
    Row(
        "trainings:action_before",
        args=lambda w: [w.action_report.action.code],
        allowed=f"{PROGRAMME} owner",
        hidden=f"{NOT_TAUGHT} other_owner",
    ),
    Row(
        "trainings:action_photo",
        args=lambda w: [w.action_report.pk],
        allowed=f"{PROGRAMME} owner",
        hidden=f"{NOT_TAUGHT} other_owner",
    ),
    Row(
        "trainings:show_before",
        "post",
        args=lambda w: [w.factory_action.code],
        data=lambda w: {"photo": picture()},
        allowed="owner staff",
        hidden="other_owner",
        code=302,
    ),
    Row(
        "trainings:report_action",
        "post",
        args=lambda w: [w.factory_action.code],
        data=lambda w: {"key": str(uuid4()), "photo": picture(), "note": "Sudah rapi"},
        allowed="owner staff",
        hidden="other_owner",
        code=302,
    ),
    Row(
        "trainings:close_action",
        "post",
        args=lambda w: [w.action_report.action.code],
        allowed="mentor",
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:return_action",
        "post",
        args=lambda w: [w.action_report.action.code],
        data=lambda w: {"reason": "Labelnya belum terbaca"},
        allowed="mentor",
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:change_action",
        args=lambda w: [w.factory_action.code],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
    ),
    Row(
        "trainings:change_action",
        "post",
        args=lambda w: [w.factory_action.code],
        data=lambda w: {
            "text": "Beri garis di lantai",
            "owner": str(w.person.pk),
            "due_on": timezone.localdate().isoformat(),
        },
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:remove_action",
        args=lambda w: [w.factory_action.code],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
    ),
    Row(
        "trainings:remove_action",
        "post",
        args=lambda w: [w.factory_action.code],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
]

"""Who may open what: sessions, from planning to the roster, and calendars."""

from uuid import uuid4

from django.utils import timezone

from closedloop.core.models import new_id
from tests.access.records import picture
from tests.access.table import Row
from trainings.check_in_codes import spoken_code

PROGRAMME = "lead staff mentor assessor viewer admin"  # COHORT_VIEW

NOT_TAUGHT = "other_mentor"  # a mentor with no IKM in the cohort and no session of it

RUNNERS = "staff mentor"  # SESSION_RUN

OWNERS = "owner other_owner"


def session(world):
    return [world.training_session.code]


def as_draft(world):
    """Let the planned session be a draft that nobody has seen."""
    type(world.training_session).objects.filter(pk=world.training_session.pk).update(status="draft")


def reachable(world):
    """Let the owner have an address."""
    type(world.person).objects.filter(pk=world.person.pk).update(email="pemilik@contoh.id")


def running(world):
    return [world.open_session.code]


def plan(world):
    """The form of a session, filled in for a day on which nothing clashes with it."""
    tomorrow = world.training_session
    return {
        "key": str(new_id()),
        "cohort": str(world.cohort.pk),
        "module": str(world.module.pk),
        "title": "Sesi baru",
        "kind": "class",
        "day": f"{timezone.localdate().year + 1}-09-07",
        "begin": "09:00",
        "end": "12:00",
        "lesson_hours": "4",
        "place": "Balai contoh",
        "regency": tomorrow.regency.code,
        "trainer": str(world.mentor.pk),
        "repeat": "1",
    }


def version(module):
    return [module.curriculum.code, module.curriculum.version]


def key():
    return str(new_id())


ROWS: list[Row] = [
    # the owner's phone
    Row("trainings:my_schedule", allowed=OWNERS),
    Row("trainings:my_session", args=session, allowed="owner", hidden="other_owner"),
    Row("trainings:check_in", allowed=OWNERS),
    # a wrong code is told on the page itself
    Row("trainings:check_in", "post", data=lambda w: {"code": "AAAAAA"}, allowed=OWNERS),
    Row("trainings:check_in_session", args=running, allowed="owner", hidden="other_owner"),
    Row(
        "trainings:check_in_session",
        "post",
        args=running,
        data=lambda w: {"code": w.spoken},
        allowed="owner",
        hidden="other_owner",
        code=302,
    ),
    Row("trainings:receipt", args=lambda w: [w.attendance.receipt], allowed="owner", hidden="other_owner"),
    Row("trainings:leave", args=lambda w: [w.mark_to_leave.receipt], allowed="owner", hidden="other_owner"),
    Row(
        "trainings:leave",
        "post",
        args=lambda w: [w.mark_to_leave.receipt],
        data=lambda w: {"code": spoken_code(w.mark_to_leave.session.secret, timezone.now())},
        allowed="owner",
        hidden="other_owner",
        code=302,
    ),
    Row(
        "trainings:undo_check_in",
        "post",
        args=lambda w: [w.attendance.receipt],
        allowed="owner",
        hidden="other_owner",
        code=302,
    ),
    # planning
    Row(
        "trainings:publish",
        "post",
        args=lambda w: [w.training_session.cohort.code],
        before=as_draft,
        allowed="staff",
        code=302,
    ),
    Row("trainings:plan", args=lambda w: [w.training_session.cohort.code], allowed="staff"),
    # what it asks for is told on the page itself
    Row("trainings:plan", "post", args=lambda w: [w.training_session.cohort.code], allowed="staff"),
    Row("trainings:zone", allowed="staff"),
    Row("trainings:sessions", allowed=f"{PROGRAMME} {NOT_TAUGHT}"),
    Row("trainings:session_add", allowed="staff"),
    Row("trainings:session_add", "post", data=plan, allowed="staff", code=302),
    Row("trainings:session_edit", args=session, allowed="staff"),
    Row("trainings:session_edit", "post", args=session, data=plan, allowed="staff", code=302),
    Row("trainings:session_cancel", args=session, allowed="staff"),
    Row(
        "trainings:session_cancel",
        "post",
        args=session,
        data=lambda w: {"reason": "Banjir"},
        allowed="staff",
        code=302,
    ),
    Row(
        "trainings:cohort",
        args=lambda w: [w.training_session.cohort.code],
        allowed=PROGRAMME,
        hidden=NOT_TAUGHT,
    ),
    # running a session
    Row("trainings:session", args=session, allowed=PROGRAMME, hidden=NOT_TAUGHT),
    Row("trainings:session_screen", args=running, allowed=RUNNERS, hidden=NOT_TAUGHT),
    Row("trainings:session_point", args=running, allowed=RUNNERS, hidden=NOT_TAUGHT),
    Row(
        "trainings:session_point",
        "post",
        args=running,
        data=lambda w: {"latitude": "-6,86943", "longitude": "109.12559"},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row("trainings:session_review", args=running, allowed=RUNNERS, hidden=NOT_TAUGHT),
    Row(
        "trainings:answer_signal",
        "post",
        args=running,
        data=lambda w: {"kind": "shared_phone", "key": w.odd_check_in.receipt, "verdict": "fair"},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row("trainings:session_sheet", args=session, allowed=RUNNERS, hidden=NOT_TAUGHT),
    Row(
        "trainings:session_sheet",
        "post",
        args=session,
        data=lambda w: {"key": str(uuid4())},
        before=lambda w: w.enrolment,
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row("trainings:sheet", args=lambda w: [w.sheet.code], allowed=RUNNERS, hidden=NOT_TAUGHT),
    Row("trainings:fill_sheet", args=lambda w: [w.sheet.code], allowed=RUNNERS, hidden=NOT_TAUGHT),
    Row(
        "trainings:fill_sheet",
        "post",
        args=lambda w: [w.sheet.code],
        data=lambda w: {"isi": "1 (izin)"},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:sheet_photos",
        "post",
        args=lambda w: [w.sheet.code],
        data=lambda w: {"photos": picture()},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row("trainings:sheet_photo", args=lambda w: [w.sheet_photo.pk], allowed=RUNNERS, hidden=NOT_TAUGHT),
    Row(
        "trainings:session_open",
        "post",
        args=lambda w: [w.due_session.code],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row("trainings:session_close", args=running, allowed=RUNNERS, hidden=NOT_TAUGHT),
    Row(
        "trainings:session_close",
        "post",
        args=running,
        data=lambda w: {"head_count": "0"},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row("trainings:mark_all", "post", args=running, allowed=RUNNERS, hidden=NOT_TAUGHT, code=302),
    Row(
        "trainings:undo_tap",
        "post",
        args=running,
        data=lambda w: {"tap": str(w.roster_tap.pk)},
        before=lambda w: w.roster_tap,
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:verify",
        "post",
        args=lambda w: [w.attendance.session.code],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:mark",
        "post",
        args=lambda w: [w.open_session.code, w.enrolment.pk],
        data=lambda w: {"status": "present"},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:delegate",
        args=lambda w: [w.open_session.code, w.enrolment.pk],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
    ),
    Row(
        "trainings:delegate",
        "post",
        args=lambda w: [w.open_session.code, w.enrolment.pk],
        data=lambda w: {"name": "Wakil Contoh"},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row("trainings:guest_add", args=running, allowed=RUNNERS, hidden=NOT_TAUGHT),
    Row(
        "trainings:guest_add",
        "post",
        args=running,
        data=lambda w: {"key": str(uuid4()), "name": "Tamu Contoh", "organisation": "Dinas contoh"},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:guest_remove",
        "post",
        args=lambda w: [w.guest.pk],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row("trainings:guests", before=lambda w: w.guest, allowed="staff"),
    Row("trainings:guest", args=lambda w: [w.guest.pk], allowed="staff"),
    Row(
        "trainings:guest",
        "post",
        args=lambda w: [w.guest.pk],
        data=lambda w: {"enrolment": str(w.enrolment.pk)},
        before=lambda w: w.enrolment,
        allowed="staff",
        code=302,
    ),
    Row("trainings:session_reminders", args=session, allowed=RUNNERS, hidden=NOT_TAUGHT),
    Row(
        "trainings:session_reminders",
        "post",
        args=session,
        data=lambda w: {"key": str(uuid4()), "enrolment": str(w.enrolment.pk), "channel": "other"},
        before=reachable,
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row("trainings:reject", args=lambda w: [w.attendance.receipt], allowed=RUNNERS, hidden=NOT_TAUGHT),
    Row(
        "trainings:reject",
        "post",
        args=lambda w: [w.attendance.receipt],
        data=lambda w: {"reason": "Tidak ada di ruangan"},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row("trainings:correct", args=lambda w: [w.closed_attendance.receipt], allowed="staff"),
    Row(
        "trainings:correct",
        "post",
        args=lambda w: [w.closed_attendance.receipt],
        data=lambda w: {"status": "excused", "reason": "Surat izin menyusul"},
        allowed="staff",
        code=302,
    ),
    # tests, progress, curriculum
    Row(
        "trainings:results",
        args=lambda w: [w.training_session.cohort.code, w.module.code],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
    ),
    Row(
        "trainings:results",
        "post",
        args=lambda w: [w.training_session.cohort.code, w.module.code],
        data=lambda w: {"day_post": timezone.localdate().isoformat(), f"post_{w.enrolment.pk}": "82,5"},
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
        code=302,
    ),
    Row(
        "trainings:enterprise",
        args=lambda w: [w.training_session and w.enterprise.code],
        allowed=f"{PROGRAMME} owner",
        hidden="other_mentor other_owner",
    ),
    Row("trainings:curricula", before=lambda w: w.module, allowed=f"{PROGRAMME} {NOT_TAUGHT}"),
    Row(
        "trainings:curriculum",
        args=lambda w: [w.module.curriculum.code, w.module.curriculum.version],
        allowed=f"{PROGRAMME} {NOT_TAUGHT}",
    ),
    Row("trainings:status_sets", allowed=f"{PROGRAMME} {NOT_TAUGHT}"),
    Row("trainings:new_status_set", allowed="staff"),
    Row(
        "trainings:new_status_set",
        "post",
        data=lambda w: {
            "key": str(uuid4()),
            "name": "Aturan contoh",
            "present": "1",
            "late": "0,5",
            "excused": "0",
            "sick": "0",
            "absent": "0",
            "opens_before": "30",
            "late_after": "15",
            "closes_after": "10",
        },
        allowed="staff",
        code=302,
    ),
    # calendars: everybody their own
    Row("trainings:feeds", allowed=f"{PROGRAMME} {NOT_TAUGHT} {OWNERS}"),
    Row("trainings:make_feed", "post", allowed=f"{PROGRAMME} {NOT_TAUGHT} {OWNERS}", code=302),
    Row(
        "trainings:end_feed",
        "post",
        args=lambda w: [w.calendar_feed.pk],
        allowed="owner",
        hidden=f"{PROGRAMME} {NOT_TAUGHT} other_owner",
        code=302,
    ),
]

"""Who may open what: trainings."""

from uuid import uuid4

from django.utils import timezone

from closedloop.core.models import new_id
from tests.access.records import picture
from tests.access.table import Row
from tests.factories.trainings import ModuleFactory
from trainings.papers import find_test, tests_of

PROGRAMME = "lead staff mentor assessor viewer admin"  # COHORT_VIEW
NOT_TAUGHT = "other_mentor"  # a mentor with no IKM in the cohort and no session of it
RUNNERS = "staff mentor"  # SESSION_RUN
OWNERS = "owner other_owner"


def session(world):
    return [world.training_session.code]


def unpin(world):
    """Leave the cohort without a curriculum, so that pinning it is an act."""
    world.curriculum.cohort_pins.all().delete()


def as_draft(world):
    """Let the planned session be a draft that nobody has seen."""
    type(world.training_session).objects.filter(pk=world.training_session.pk).update(status="draft")


def earned(world):
    """Let the owner have earned a certificate that nobody has issued yet."""
    world.certificate.delete()


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


def own_test(world):
    return [world.tested_module and world.person and world.cohort.code, world.module.code, "awal"]


def answered(world):
    """The first choice shown for each of the owner's ten questions."""
    test = find_test(tests_of(world.enrolment, world.person), world.tested_module, "pre")
    return {"key": key(), "edition": test.edition, **{asked.name: "0" for asked in test.paper()}}


def version(module):
    return [module.curriculum.code, module.curriculum.version]


def in_draft(world):
    return version(world.draft_module)


def module_of_draft(world):
    return [*version(world.draft_module), world.draft_module.code]


def question_of_draft(world):
    return [*module_of_draft(world), world.draft_question.pk]


def a_module_above(world):
    """Something to change places with."""
    ModuleFactory(curriculum=world.draft_module.curriculum, code="BM", order=0)


def key():
    return str(new_id())


MODULE = {
    "name": "Modul lain",
    "name_en": "Another module",
    "lesson_hours": "8",
    "visits": "0",
    "min_attendance": "80",
    "pass_mark": "70",
}
QUESTION = {
    "text": "Mana yang benar?",
    "text_en": "Which is right?",
    "choices": "a\nb\nc\nd",
    "choices_en": "a\nb\nc\nd",
    "correct": "1",
}

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
    # tests on phones
    Row("trainings:my_tests", before=lambda w: w.tested_module, allowed=OWNERS),
    Row("trainings:take_test", args=own_test, allowed="owner", hidden="other_owner"),
    Row(
        "trainings:take_test",
        "post",
        args=own_test,
        data=answered,
        allowed="owner",
        hidden="other_owner",
        code=302,
    ),
    Row("trainings:my_attempt", args=lambda w: [w.attempt.pk], allowed="owner", hidden="other_owner"),
    Row(
        "trainings:test_answers",
        args=lambda w: [w.attempt.enrolment.cohort.code, w.module.code],
        allowed=RUNNERS,
        hidden=NOT_TAUGHT,
    ),
    Row("trainings:reopen_test", args=lambda w: [w.attempt.pk], allowed="staff"),
    Row(
        "trainings:reopen_test",
        "post",
        args=lambda w: [w.attempt.pk],
        data=lambda w: {"reason": "HP mati di tengah tes"},
        allowed="staff",
        code=302,
    ),
    # versions: edited by staff while they are drafts, hidden from everybody else
    Row("trainings:start_version", "post", args=lambda w: version(w.module), allowed="staff", code=302),
    Row("trainings:publish_version", args=in_draft, allowed="staff"),
    Row(
        "trainings:publish_version",
        "post",
        args=in_draft,
        data=lambda w: {"name": "Dasar baru", "change_note": "Jam 5R ditambah"},
        allowed="staff",
        code=302,
    ),
    Row("trainings:discard_version", args=in_draft, allowed="staff"),
    Row("trainings:discard_version", "post", args=in_draft, allowed="staff", code=302),
    Row("trainings:add_module", args=in_draft, allowed="staff"),
    Row(
        "trainings:add_module",
        "post",
        args=in_draft,
        data=lambda w: {"key": key(), "code": "KEU", **MODULE},
        allowed="staff",
        code=302,
    ),
    Row("trainings:edit_module", args=module_of_draft, allowed="staff"),
    Row(
        "trainings:edit_module",
        "post",
        args=module_of_draft,
        data=lambda w: MODULE,
        allowed="staff",
        code=302,
    ),
    Row(
        "trainings:move_module",
        "post",
        args=module_of_draft,
        data=lambda w: {"ke": "atas"},
        before=a_module_above,
        allowed="staff",
        code=302,
    ),
    Row("trainings:remove_module", "post", args=module_of_draft, allowed="staff", code=302),
    Row(
        "trainings:questions",
        args=lambda w: [*version(w.module), w.module.code],
        allowed=f"{RUNNERS} {NOT_TAUGHT}",
    ),
    Row("trainings:add_question", args=module_of_draft, allowed="staff"),
    Row(
        "trainings:add_question",
        "post",
        args=module_of_draft,
        data=lambda w: {"key": key(), **QUESTION},
        allowed="staff",
        code=302,
    ),
    Row("trainings:edit_question", args=question_of_draft, allowed="staff"),
    Row(
        "trainings:edit_question",
        "post",
        args=question_of_draft,
        data=lambda w: {"key": key(), **QUESTION},
        allowed="staff",
        code=302,
    ),
    Row("trainings:remove_question", "post", args=question_of_draft, allowed="staff", code=302),
    Row("trainings:pin_curriculum", args=lambda w: [w.cohort.code], allowed="staff"),
    Row(
        "trainings:pin_curriculum",
        "post",
        args=lambda w: [w.cohort.code],
        data=lambda w: {"curriculum": str(w.curriculum.pk)},
        before=unpin,
        allowed="staff",
        code=302,
    ),
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

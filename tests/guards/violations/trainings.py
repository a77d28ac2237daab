"""Impossible modules, sessions, marks and test results."""

from datetime import UTC, datetime
from decimal import Decimal

from django.db.models import F

from tests.guards.rows import MOMENT, again, change, one
from trainings.models import (
    ActionReport,
    Answer,
    Attempt,
    Attendance,
    AttendanceCorrection,
    CalendarFeed,
    Certificate,
    CorrectionRequest,
    Curriculum,
    Excuse,
    FactoryAction,
    Guest,
    Leaving,
    MakeUpSeat,
    Module,
    PlacePoint,
    Question,
    RosterTap,
    SentCheckIn,
    SessionReminder,
    Sheet,
    SheetPhoto,
    SignalAnswer,
    StatusSet,
    TestResult,
    TrainingSession,
    Visit,
    VisitAnswer,
    VisitPhoto,
    WarningAnswer,
)


def two_delegates_of_one_name():
    mark = one(Attendance, person=None, delegate_name="Sari")
    again(mark)


def a_draft_module():
    """What is published refuses every change; a draft refuses only what is impossible."""
    return one(Module, curriculum=one(Curriculum, published_at=None))


VIOLATIONS = {
    "one_make_up_seat_per_missed_session": lambda: again(one(MakeUpSeat), session=one(TrainingSession)),
    "one_make_up_seat_per_session_and_ikm": lambda: again(one(MakeUpSeat), missed=one(TrainingSession)),
    "make_up_is_at_another_session": lambda: change(one(MakeUpSeat), session=F("missed")),
    "status_set_version_is_unique": lambda: again(one(StatusSet)),
    "status_set_version_is_positive": lambda: again(one(StatusSet), version=0),
    "status_set_points_are_shares": lambda: again(one(StatusSet), version=9_000, late=Decimal("1.01")),
    "status_set_windows_fit_a_day": lambda: again(one(StatusSet), version=9_000, opens_before=601),
    "curriculum_version_is_unique": lambda: again(one(Curriculum)),
    "curriculum_version_is_positive": lambda: change(one(Curriculum), version=0),
    "test_source_is_known": lambda: change(one(TestResult), source="lore"),
    "one_attempt_per_person_until_reopened": lambda: again(one(Attempt)),
    "attempt_reopening_is_whole": lambda: change(one(Attempt), reopened_at=MOMENT),
    "attempt_has_no_more_right_than_asked": lambda: change(one(Attempt), right=11),
    "attempt_kind_is_known": lambda: change(one(Attempt), kind="mid"),
    "one_answer_per_question": lambda: again(one(Answer)),
    "answer_is_a_choice": lambda: change(one(Answer), choice=4),
    "one_draft_per_curriculum": lambda: again(one(Curriculum, published_at=None), version=2),
    "question_asks_something": lambda: change(one(Question, module=a_draft_module()), text_en=""),
    "question_has_four_choices": lambda: change(one(Question, module=a_draft_module()), choices=["Satu"]),
    "question_answer_is_a_choice": lambda: change(one(Question, module=a_draft_module()), correct=4),
    "module_code_once_per_curriculum": lambda: again(one(Module)),
    "module_has_hours": lambda: change(one(Module), lesson_hours=0),
    "module_attendance_is_a_share": lambda: change(one(Module), min_attendance=Decimal("1.001")),
    "module_pass_mark_is_a_mark": lambda: change(one(Module), pass_mark=Decimal("100.01")),
    "module_is_not_its_own_prerequisite": lambda: change(one(Module), prerequisite=F("id")),
    "session_ends_after_it_starts": lambda: change(one(TrainingSession), ends_at=F("starts_at")),
    "session_has_hours": lambda: change(one(TrainingSession), lesson_hours=0),
    "session_room_has_seats": lambda: change(one(TrainingSession), seats=0),
    "cohort_meets_once_at_a_time_and_place": lambda: again(one(TrainingSession)),
    "session_closing_is_whole": lambda: change(one(TrainingSession), status="closed"),
    "session_status_is_known": lambda: change(one(TrainingSession), status="late"),
    "session_kind_is_known": lambda: change(one(TrainingSession), kind="party"),
    "one_mark_per_person_and_session": lambda: again(one(Attendance)),
    "one_mark_per_delegate_and_session": two_delegates_of_one_name,
    "attendance_verification_is_whole": lambda: change(one(Attendance), verified_at=MOMENT),
    "attendance_status_is_known": lambda: change(one(Attendance), status="asleep"),
    "attendance_method_is_known": lambda: change(one(Attendance), method="pigeon"),
    "attendance_correction_has_a_reason": lambda: change(one(AttendanceCorrection), reason=""),
    "attendance_correction_changes_something": lambda: change(one(AttendanceCorrection), before="late"),
    "one_mark_per_test": lambda: again(one(TestResult)),
    "test_mark_is_between_0_and_100": lambda: change(one(TestResult), mark=Decimal("100.01")),
    "test_kind_is_known": lambda: change(one(TestResult), kind="mid"),
    "one_valid_certificate_per_person_and_module": lambda: again(
        one(Certificate), number="STP/2", code="B" * 12
    ),
    "certificate_end_is_whole": lambda: change(one(Certificate), ended_at=MOMENT),
    "certificate_replacement_is_named": lambda: change(
        one(Certificate), status="replaced", ended_at=MOMENT, ended_by=F("issued_by"), end_reason="Nama salah"
    ),
    "certificate_status_is_known": lambda: change(
        one(Certificate), status="lost", ended_at=MOMENT, ended_by=F("issued_by"), end_reason="Hilang"
    ),
    "attendance_is_marked_by_somebody_or_at_closing": lambda: change(one(Attendance), marked_by=None),
    "one_excuse_per_session_and_ikm": lambda: again(one(Excuse)),
    "excuse_kind_is_known": lambda: change(one(Excuse), kind="lazy"),
    "excuse_has_a_reason": lambda: change(one(Excuse), reason=""),
    "excuse_status_is_known": lambda: change(
        one(Excuse), status="lost", answered_at=MOMENT, answered_by=F("asked_by")
    ),
    "excuse_answer_is_whole": lambda: change(one(Excuse), answered_at=MOMENT),
    "excuse_refusal_has_words": lambda: change(
        one(Excuse), status="refused", answered_at=MOMENT, answered_by=F("asked_by")
    ),
    "one_open_correction_per_mark": lambda: again(one(CorrectionRequest)),
    "correction_request_wants_a_known_status": lambda: change(one(CorrectionRequest), wanted="asleep"),
    "correction_request_has_a_reason": lambda: change(one(CorrectionRequest), reason=""),
    "correction_request_status_is_known": lambda: change(
        one(CorrectionRequest), status="lost", answered_at=MOMENT, answered_by=F("asked_by")
    ),
    "correction_request_answer_is_whole": lambda: change(one(CorrectionRequest), answered_at=MOMENT),
    "correction_request_refusal_has_words": lambda: change(
        one(CorrectionRequest), status="refused", answered_at=MOMENT, answered_by=F("asked_by")
    ),
    "factory_actions_are_numbered": lambda: again(one(FactoryAction), code="LAIN", text="Lain"),
    "factory_action_is_set_once": lambda: again(one(FactoryAction), code="LAIN", order=2),
    "one_to_three_factory_actions": lambda: change(one(FactoryAction), order=4),
    "factory_action_says_what": lambda: change(one(FactoryAction), text=""),
    "factory_action_status_is_known": lambda: change(one(FactoryAction), status="lost"),
    "before_photo_has_its_hash": lambda: change(one(FactoryAction), before_sha256="a" * 64),
    "factory_action_return_has_words": lambda: change(one(FactoryAction), status="returned"),
    "factory_action_closing_is_whole": lambda: change(one(FactoryAction), status="closed"),
    "action_report_shows_it": lambda: change(one(ActionReport), photo=""),
    "visit_leading_is_whole": lambda: change(one(Visit), led_at=MOMENT),
    "visit_hosting_is_whole": lambda: change(one(Visit), hosted_at=MOMENT),
    "visit_answers_are_numbered": lambda: again(one(VisitAnswer)),
    "visit_verdict_is_known": lambda: change(one(VisitAnswer), verdict="maybe"),
    "visit_photo_once": lambda: again(one(VisitPhoto)),
    "visit_photo_has_its_hash": lambda: change(one(VisitPhoto), photo=""),
    "one_answer_per_warning_and_its_facts": lambda: again(one(WarningAnswer)),
    "warning_answer_says_what_was_done": lambda: change(one(WarningAnswer), note=""),
    "warning_rule_is_known": lambda: change(one(WarningAnswer), rule="mood"),
    "one_calendar_feed_per_person_and_cohort": lambda: again(one(CalendarFeed), token="lain"),
    "calendar_feed_ends_after_it_began": lambda: change(
        one(CalendarFeed), ended_at=datetime(2020, 1, 1, tzinfo=UTC)
    ),
    "roster_tap_status_is_known": lambda: change(one(RosterTap), status="asleep"),
    "roster_tap_outcome_is_known": lambda: change(one(RosterTap), outcome="lost"),
    "only_a_done_roster_tap_is_undone": lambda: change(one(RosterTap), outcome="closed", undone_at=MOMENT),
    "guest_has_a_name": lambda: change(one(Guest), name=""),
    "guest_came_from_somewhere": lambda: change(one(Guest), organisation=""),
    "guest_status_is_known": lambda: change(
        one(Guest), status="lost", reviewed_at=MOMENT, reviewed_by=F("added_by")
    ),
    "guest_review_is_whole": lambda: change(one(Guest), reviewed_at=MOMENT),
    "only_a_linked_guest_has_a_mark": lambda: change(
        one(Guest), status="linked", reviewed_at=MOMENT, reviewed_by=F("added_by")
    ),
    "guest_once_per_session_and_name": lambda: again(one(Guest, name="Sari"), name="SARI"),
    "sheet_typing_is_whole": lambda: change(one(Sheet), typed="semua hadir"),
    "sheet_has_rows": lambda: change(one(Sheet), rows=[]),
    "a_sheets_picture_is_kept_once": lambda: again(one(SheetPhoto)),
    "reminder_channel_is_known": lambda: change(one(SessionReminder), channel="pigeon"),
    "sent_check_in_outcome_is_known": lambda: change(one(SentCheckIn), outcome="lost"),
    "sent_check_in_proof_is_known": lambda: change(one(SentCheckIn), proof="word"),
    "only_a_late_check_in_has_no_receipt": lambda: change(one(SentCheckIn), receipt=""),
    "one_late_check_in_per_person_and_session": lambda: again(one(SentCheckIn, outcome="late", receipt="")),
    "leaving_proof_is_known": lambda: change(one(Leaving), proof="nose"),
    "sent_distance_is_on_earth": lambda: change(one(SentCheckIn), distance=20_100_001),
    "one_point_per_place": lambda: again(one(PlacePoint)),
    "place_point_is_in_indonesia": lambda: change(one(PlacePoint), latitude=Decimal("6.86943")),
    "one_answer_per_signal_and_its_facts": lambda: again(one(SignalAnswer)),
    "signal_kind_is_known": lambda: change(one(SignalAnswer), kind="mood"),
    "signal_verdict_is_known": lambda: change(one(SignalAnswer), verdict="maybe"),
    "a_signal_is_left_for_a_reason": lambda: change(one(SignalAnswer), verdict="left"),
}

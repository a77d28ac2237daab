"""Every write of the trainings. Views, commands and the demonstration all come through here."""

from trainings.actions.attempts import hand_in_test, reopen_test
from trainings.actions.certificates import (
    facts_today,
    issue_certificates,
    present_candidate,
    replace_certificate,
    revoke_certificate,
)
from trainings.actions.checking_in import check_in, undo_check_in
from trainings.actions.curriculum import pin_curriculum
from trainings.actions.delegates import name_delegate
from trainings.actions.factory import change_action, remove_action, say_no_action, set_actions
from trainings.actions.factory_reports import close_action, report_action, return_action, show_before
from trainings.actions.feeds import end_feed, make_feed
from trainings.actions.guests import add_guest, leave_guest, link_guest, remove_guest
from trainings.actions.leaving import leave_session
from trainings.actions.make_up import invite_to_make_up, withdraw_make_up
from trainings.actions.modules import add_module, change_module, move_module, remove_module
from trainings.actions.moving import move_session
from trainings.actions.planning import (
    RowRefused,
    plan_sessions,
    publish_drafts,
    schedule_session,
    series,
)
from trainings.actions.points import set_point
from trainings.actions.proposing import propose_session
from trainings.actions.questions import add_question, change_question, remove_question
from trainings.actions.reference import load_reference
from trainings.actions.reminders import remind
from trainings.actions.requests import answer_correction, answer_excuse, ask_correction, ask_excuse
from trainings.actions.results import enter_test_result, remove_test_result
from trainings.actions.reviewing import answer_signal, leave_signals
from trainings.actions.roster import correct, mark, mark_all_present, reject, verify
from trainings.actions.sending import Sending, keep_late
from trainings.actions.sessions import (
    cancel_session,
    close_forgotten,
    close_session,
    draft_session,
    open_session,
)
from trainings.actions.sheets import add_sheet_photos, fill_sheet, print_sheet
from trainings.actions.status_sets import publish_status_set
from trainings.actions.tapping import Tapped, tap, tap_all, undo_tap
from trainings.actions.versions import discard_version, publish_version, start_version
from trainings.actions.visits import add_visit_photo, confirm_hosting, confirm_leading, fill_visit, name_host
from trainings.actions.warnings import answer_warning

__all__ = [
    "RowRefused",
    "Sending",
    "Tapped",
    "add_guest",
    "add_module",
    "add_question",
    "add_sheet_photos",
    "add_visit_photo",
    "answer_correction",
    "answer_excuse",
    "answer_signal",
    "answer_warning",
    "ask_correction",
    "ask_excuse",
    "cancel_session",
    "change_action",
    "change_module",
    "change_question",
    "check_in",
    "close_action",
    "close_forgotten",
    "close_session",
    "confirm_hosting",
    "confirm_leading",
    "correct",
    "discard_version",
    "draft_session",
    "end_feed",
    "enter_test_result",
    "facts_today",
    "fill_sheet",
    "fill_visit",
    "hand_in_test",
    "invite_to_make_up",
    "issue_certificates",
    "keep_late",
    "leave_guest",
    "leave_session",
    "leave_signals",
    "link_guest",
    "load_reference",
    "make_feed",
    "mark",
    "mark_all_present",
    "move_module",
    "move_session",
    "name_delegate",
    "name_host",
    "open_session",
    "pin_curriculum",
    "plan_sessions",
    "present_candidate",
    "print_sheet",
    "propose_session",
    "publish_drafts",
    "publish_status_set",
    "publish_version",
    "reject",
    "remind",
    "remove_action",
    "remove_guest",
    "remove_module",
    "remove_question",
    "remove_test_result",
    "reopen_test",
    "replace_certificate",
    "report_action",
    "return_action",
    "revoke_certificate",
    "say_no_action",
    "schedule_session",
    "series",
    "set_actions",
    "set_point",
    "show_before",
    "start_version",
    "tap",
    "tap_all",
    "undo_check_in",
    "undo_tap",
    "verify",
    "withdraw_make_up",
]

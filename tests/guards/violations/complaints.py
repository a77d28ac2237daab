"""Impossible complaints, actions on them, and closings of reviews."""

from datetime import date, timedelta

from partnerships.models import Complaint, ComplaintAction, ReviewDecision, ReviewMeeting
from tests.factories.trainings import SessionFactory
from tests.guards.rows import MOMENT, change, one, without

VIOLATIONS = {
    "complaint_says_what": lambda: change(one(Complaint), problem=""),
    "complaint_is_due_after_it_was_raised": lambda: change(
        one(Complaint), due_on=one(Complaint).raised_on - timedelta(days=1)
    ),
    "complaint_is_raised_by_one": lambda: change(one(Complaint), raised_by=None),
    "complaint_photo_has_its_hash": lambda: change(one(Complaint), photo="a.jpg"),
    "complaint_is_held_before_it_goes_on": lambda: change(one(Complaint, status="contained"), containment=""),
    "complaint_has_its_cause_before_it_is_checked": lambda: change(
        one(Complaint, status="proposed"), whys=["Pin aus"]
    ),
    "complaint_asks_why_five_times_at_most": lambda: change(one(Complaint), whys=list("abcdef")),
    "complaint_check_is_whole": lambda: change(one(Complaint, status="effective"), verdict_note=""),
    "complaint_repeats_are_counted": lambda: change(one(Complaint), repeats=1),
    "complaint_session_has_its_module": lambda: change(one(Complaint), closing_session=SessionFactory()),
    "complaint_status_is_known": lambda: without(
        "complaint_is_held_before_it_goes_on",
        one(Complaint, status="contained", whys=["a", "b"], root_cause="c"),
        status="lost",
    ),
    "complaint_action_says_what_and_who": lambda: change(one(ComplaintAction), responsible=""),
    "complaint_action_done_is_shown": lambda: change(one(ComplaintAction), done_on=date(2026, 11, 20)),
    "review_quarter_is_a_first_day": lambda: change(one(ReviewMeeting), quarter_starts_on=date(2026, 2, 1)),
    "review_closing_is_whole": lambda: change(one(ReviewDecision).meeting, closed_at=MOMENT),
    "review_decision_wrote_what_its_kind_writes": lambda: change(
        one(ReviewDecision), session=SessionFactory()
    ),
}

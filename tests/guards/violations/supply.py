"""Impossible days of clearance, samples, milestones, notices and stalls."""

from datetime import date

from django.db.models import F

from partnerships.models import (
    Agreement,
    ClearanceDay,
    ExpiryNotice,
    Milestone,
    PurchaseOrder,
    Sample,
    Stall,
    StallAnswer,
)
from tests.guards.rows import again, change, one, without

VIOLATIONS = {
    "agreement_renews_another": lambda: change(one(Agreement), renews=F("id")),
    "one_clearance_state_per_day": lambda: again(one(ClearanceDay)),
    "clearance_day_status_is_known": lambda: change(one(ClearanceDay), status="maybe"),
    "clearance_day_lists_its_gates": lambda: change(one(ClearanceDay), gates=[]),
    "order_override_is_whole": lambda: change(
        one(PurchaseOrder, kind="regular"), clearance="not_ready", override_reason=""
    ),
    "sample_status_is_known": lambda: without("sample_decision_is_whole", one(Sample), status="lost"),
    "sample_has_pieces": lambda: change(one(Sample), quantity=0),
    "sample_names_its_part": lambda: change(one(Sample), part_name=""),
    "sample_decision_is_whole": lambda: change(one(Sample), decided_on=date(2026, 3, 9)),
    "sample_is_refused_for_a_reason": lambda: rejected_without_a_word(),
    "one_milestone_per_step": lambda: again(one(Milestone)),
    "milestone_step_is_known": lambda: change(one(Milestone), step="party"),
    "milestone_has_a_day": lambda: change(one(Milestone), planned_on=None),
    "one_expiry_notice_per_step": lambda: again(one(ExpiryNotice)),
    "expiry_notice_comes_at_its_step": lambda: change(one(ExpiryNotice), days_before=45),
    "stall_is_asked_once": lambda: again(one(Stall)),
    "one_stall_answer_per_side": lambda: again(one(StallAnswer)),
    "stall_answer_side_is_known": lambda: change(one(StallAnswer), side="nobody"),
    "stall_answer_reason_is_known": lambda: change(one(StallAnswer), reason="mood"),
    "stall_answer_other_is_said_in_words": lambda: change(one(StallAnswer), reason="other", note=""),
}


def rejected_without_a_word() -> None:
    sample = one(Sample)
    change(sample, status="rejected", decided_on=date(2026, 3, 9), decided_by=sample.submitted_by, remark="")

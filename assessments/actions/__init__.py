"""Every write of assessments. Views, commands and the demonstration programme all come through here."""

from assessments.actions.areas import add_area, change_area, remove_area, source_of_areas
from assessments.actions.assessing import (
    ConflictError,
    approve,
    save_changes,
    save_scores,
    save_section,
    start_assessment,
    submit,
    take_review,
    write_recommendation,
)
from assessments.actions.causes import close_by, plan_action, show_before, write_causes
from assessments.actions.commissioning import commission_plan_item
from assessments.actions.conditions import settle_condition
from assessments.actions.correcting import discard_correction, start_correction
from assessments.actions.deciding import decide, propose_decision, withdraw_decision
from assessments.actions.effectiveness import check_effect
from assessments.actions.evidence import add_evidence, remove_evidence
from assessments.actions.finding_reminders import escalate_findings, remind_of_findings
from assessments.actions.findings import add_finding, move_due, start_finding
from assessments.actions.mending import close_finding, propose_closing, reopen
from assessments.actions.objecting import answer_objection, object_to
from assessments.actions.pieces import add_piece, link_evidence
from assessments.actions.plan_items import (
    change_plan_item,
    close_plan_item,
    drop_plan_item,
    report_plan_item,
    return_plan_item,
    start_plan_item,
)
from assessments.actions.planning import plan_from
from assessments.actions.recommending import recommendation
from assessments.actions.reference import load_reference, pin_rubric
from assessments.actions.returning import answer_remarks, return_to_assessor
from assessments.actions.seconding import (
    give_back_second,
    hand_in_second,
    score_second,
    take_second,
)
from assessments.actions.settling import REWRITTEN, confirm_settlement, propose_settlement
from assessments.inputs import class_inputs

__all__ = [
    "REWRITTEN",
    "ConflictError",
    "add_area",
    "add_evidence",
    "add_finding",
    "add_piece",
    "answer_objection",
    "answer_remarks",
    "approve",
    "change_area",
    "change_plan_item",
    "check_effect",
    "class_inputs",
    "close_by",
    "close_finding",
    "close_plan_item",
    "commission_plan_item",
    "confirm_settlement",
    "decide",
    "discard_correction",
    "drop_plan_item",
    "escalate_findings",
    "give_back_second",
    "hand_in_second",
    "link_evidence",
    "load_reference",
    "move_due",
    "object_to",
    "pin_rubric",
    "plan_action",
    "plan_from",
    "propose_closing",
    "propose_decision",
    "propose_settlement",
    "recommendation",
    "remind_of_findings",
    "remove_area",
    "remove_evidence",
    "reopen",
    "report_plan_item",
    "return_plan_item",
    "return_to_assessor",
    "save_changes",
    "save_scores",
    "save_section",
    "score_second",
    "settle_condition",
    "show_before",
    "source_of_areas",
    "start_assessment",
    "start_correction",
    "start_finding",
    "start_plan_item",
    "submit",
    "take_review",
    "take_second",
    "withdraw_decision",
    "write_causes",
    "write_recommendation",
]

"""Every write a partnership can undergo. Views, the demonstration and commands all come through here."""

from partnerships.actions.agreements import (
    LineDraft,
    activate,
    complete,
    draft_agreement,
    draft_line,
    resume,
    return_to_draft,
    sign,
    submit_for_review,
    suspend,
    terminate,
    update_draft,
)
from partnerships.actions.buyer_scorecards import ScorecardDraft, import_scorecards
from partnerships.actions.buyers import (
    add_contact,
    invite_contact,
    register_buyer,
    update_buyer,
)
from partnerships.actions.clearances import (
    approve_sample,
    compute_clearance,
    refresh_all_clearances,
    refresh_clearances,
)
from partnerships.actions.complaint_links import link_complaint
from partnerships.actions.complaint_mending import (
    check_complaint,
    finish_complaint_action,
    plan_complaint_action,
    propose_complaint,
)
from partnerships.actions.complaint_reminders import remind_of_complaints
from partnerships.actions.complaints import contain, explain_complaint, raise_complaint
from partnerships.actions.deliveries import (
    confirm_delivery,
    confirm_many,
    enter_delivery,
    over_delivery,
    verify_delivery,
)
from partnerships.actions.delivery_corrections import correct_delivery
from partnerships.actions.disputes import Count, dispute, report_arrival, settle
from partnerships.actions.financings import enter_financing
from partnerships.actions.links import issue_link, issue_links_of_month, revoke_link
from partnerships.actions.months import close_month
from partnerships.actions.order_lines import correct_order_line
from partnerships.actions.orders import (
    OrderLineDraft,
    agree_reschedule,
    enter_invoice,
    enter_order,
    enter_payment,
)
from partnerships.actions.own_orders import note_order
from partnerships.actions.requirement_ends import address_requirement, close_requirement
from partnerships.actions.requirement_lines import add_line, change_line, remove_line
from partnerships.actions.requirements import (
    add_requirement,
    change_requirement,
    discard_requirement,
    publish_requirement,
    start_requirement_version,
)
from partnerships.actions.reviews import DecisionDraft, record_review
from partnerships.actions.row_disputes import dispute_row
from partnerships.actions.vouching import attach, confirm_row, correct_row, verify_row

__all__ = [
    "Count",
    "DecisionDraft",
    "LineDraft",
    "OrderLineDraft",
    "ScorecardDraft",
    "activate",
    "add_contact",
    "add_line",
    "add_requirement",
    "address_requirement",
    "agree_reschedule",
    "approve_sample",
    "attach",
    "change_line",
    "change_requirement",
    "check_complaint",
    "close_month",
    "close_requirement",
    "complete",
    "compute_clearance",
    "confirm_delivery",
    "confirm_many",
    "confirm_row",
    "contain",
    "correct_delivery",
    "correct_order_line",
    "correct_row",
    "discard_requirement",
    "dispute",
    "dispute_row",
    "draft_agreement",
    "draft_line",
    "enter_delivery",
    "enter_financing",
    "enter_invoice",
    "enter_order",
    "enter_payment",
    "explain_complaint",
    "finish_complaint_action",
    "import_scorecards",
    "invite_contact",
    "issue_link",
    "issue_links_of_month",
    "link_complaint",
    "note_order",
    "over_delivery",
    "plan_complaint_action",
    "propose_complaint",
    "publish_requirement",
    "raise_complaint",
    "record_review",
    "refresh_all_clearances",
    "refresh_clearances",
    "register_buyer",
    "remind_of_complaints",
    "remove_line",
    "report_arrival",
    "resume",
    "return_to_draft",
    "revoke_link",
    "settle",
    "sign",
    "start_requirement_version",
    "submit_for_review",
    "suspend",
    "terminate",
    "update_buyer",
    "update_draft",
    "verify_delivery",
    "verify_row",
]

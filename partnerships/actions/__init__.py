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
from partnerships.actions.buyers import (
    add_contact,
    add_requirement,
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
from partnerships.actions.deliveries import (
    confirm_delivery,
    confirm_many,
    enter_delivery,
    over_delivery,
    verify_delivery,
)
from partnerships.actions.disputes import Count, dispute, report_arrival, settle
from partnerships.actions.links import issue_link, issue_links_of_month, revoke_link
from partnerships.actions.months import close_month
from partnerships.actions.orders import (
    OrderLineDraft,
    agree_reschedule,
    enter_invoice,
    enter_order,
    enter_payment,
)
from partnerships.actions.reviews import DecisionDraft, record_review

__all__ = [
    "Count",
    "DecisionDraft",
    "LineDraft",
    "OrderLineDraft",
    "activate",
    "add_contact",
    "add_requirement",
    "agree_reschedule",
    "approve_sample",
    "close_month",
    "complete",
    "compute_clearance",
    "confirm_delivery",
    "confirm_many",
    "dispute",
    "draft_agreement",
    "draft_line",
    "enter_delivery",
    "enter_invoice",
    "enter_order",
    "enter_payment",
    "invite_contact",
    "issue_link",
    "issue_links_of_month",
    "over_delivery",
    "record_review",
    "refresh_all_clearances",
    "refresh_clearances",
    "register_buyer",
    "report_arrival",
    "resume",
    "return_to_draft",
    "revoke_link",
    "settle",
    "sign",
    "submit_for_review",
    "suspend",
    "terminate",
    "update_buyer",
    "update_draft",
    "verify_delivery",
]

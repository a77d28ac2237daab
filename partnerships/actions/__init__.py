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
    dispute,
    enter_delivery,
    over_delivery,
    settle,
    verify_delivery,
)
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
    "over_delivery",
    "record_review",
    "refresh_all_clearances",
    "refresh_clearances",
    "register_buyer",
    "resume",
    "return_to_draft",
    "settle",
    "sign",
    "submit_for_review",
    "suspend",
    "terminate",
    "update_buyer",
    "update_draft",
    "verify_delivery",
]

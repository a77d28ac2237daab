"""Buyers and what they need, agreements, orders, deliveries, reviews and supply clearance."""

from partnerships.models.addendum import Addendum, AddendumChange, AddendumNumber
from partnerships.models.agreement import Agreement, AgreementParty, Promise, ScopeLine
from partnerships.models.billing import Invoice, Payment
from partnerships.models.buyer import Buyer, BuyerContact
from partnerships.models.buyer_scorecard import BuyerScorecard
from partnerships.models.clearance import SupplyClearance
from partnerships.models.clearance_day import ClearanceDay
from partnerships.models.complaint import Complaint, ComplaintAction
from partnerships.models.dispute import Dispute
from partnerships.models.financing import Financing
from partnerships.models.hold import HoldOverride
from partnerships.models.link import ConfirmationLink
from partnerships.models.milestone import ExpiryNotice, Milestone
from partnerships.models.month_notice import MonthNotice
from partnerships.models.order import Delivery, OrderLine, PurchaseOrder, ScheduleLine
from partnerships.models.requirement import Requirement, RequirementLine
from partnerships.models.review import ReviewDecision, ReviewMeeting
from partnerships.models.row_dispute import RowDispute
from partnerships.models.sample import Sample
from partnerships.models.stall import Stall, StallAnswer

__all__ = [
    "Addendum",
    "AddendumChange",
    "AddendumNumber",
    "Agreement",
    "AgreementParty",
    "Buyer",
    "BuyerContact",
    "BuyerScorecard",
    "ClearanceDay",
    "Complaint",
    "ComplaintAction",
    "ConfirmationLink",
    "Delivery",
    "Dispute",
    "ExpiryNotice",
    "Financing",
    "HoldOverride",
    "Invoice",
    "Milestone",
    "MonthNotice",
    "OrderLine",
    "Payment",
    "Promise",
    "PurchaseOrder",
    "Requirement",
    "RequirementLine",
    "ReviewDecision",
    "ReviewMeeting",
    "RowDispute",
    "Sample",
    "ScheduleLine",
    "ScopeLine",
    "Stall",
    "StallAnswer",
    "SupplyClearance",
]

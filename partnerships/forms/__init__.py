"""Forms of partnerships: what people type, read and explained beside its field."""

from partnerships.forms.agreements import (
    LINE_FIELDS,
    MOST_LINES,
    AgreementForm,
    DecisionFormSet,
    LineFormSet,
    ReasonForm,
    ReviewForm,
    SignForm,
    drafts_of,
)
from partnerships.forms.buyers import BuyerForm, ContactForm, RequirementForm
from partnerships.forms.deliveries import ConfirmForm, DeliveryForm, SampleForm, SettleForm
from partnerships.forms.links import DisputeForm, LinkForm
from partnerships.forms.orders import InvoiceForm, OrderForm, OrderLineFormSet, PaymentForm, RescheduleForm

__all__ = [
    "LINE_FIELDS",
    "MOST_LINES",
    "AgreementForm",
    "BuyerForm",
    "ConfirmForm",
    "ContactForm",
    "DecisionFormSet",
    "DeliveryForm",
    "DisputeForm",
    "InvoiceForm",
    "LineFormSet",
    "LinkForm",
    "OrderForm",
    "OrderLineFormSet",
    "PaymentForm",
    "ReasonForm",
    "RequirementForm",
    "RescheduleForm",
    "ReviewForm",
    "SampleForm",
    "SettleForm",
    "SignForm",
    "drafts_of",
]

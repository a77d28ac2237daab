"""Forms of partnerships: what people type, read and explained beside its field."""

from partnerships.forms.agreements import (
    LINE_FIELDS,
    MOST_LINES,
    AgreementForm,
    LineFormSet,
    ReasonForm,
    SignForm,
    drafts_of,
)
from partnerships.forms.buyers import BuyerForm, ContactForm
from partnerships.forms.deliveries import ConfirmForm, DeliveryForm, SampleForm, SettleForm
from partnerships.forms.links import DisputeForm, LinkForm
from partnerships.forms.orders import InvoiceForm, OrderForm, OrderLineFormSet, PaymentForm, RescheduleForm
from partnerships.forms.requirements import EndForm, LineForm, PublishForm, RequirementForm

__all__ = [
    "LINE_FIELDS",
    "MOST_LINES",
    "AgreementForm",
    "BuyerForm",
    "ConfirmForm",
    "ContactForm",
    "DeliveryForm",
    "DisputeForm",
    "EndForm",
    "InvoiceForm",
    "LineForm",
    "LineFormSet",
    "LinkForm",
    "OrderForm",
    "OrderLineFormSet",
    "PaymentForm",
    "PublishForm",
    "ReasonForm",
    "RequirementForm",
    "RescheduleForm",
    "SampleForm",
    "SettleForm",
    "SignForm",
    "drafts_of",
]

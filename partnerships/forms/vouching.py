"""Forms that correct a row of the ledger or add its paper: at most six fields, for a thumb."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import DayField, form_helper
from partnerships.forms.fields import PriceField
from partnerships.models import Invoice, Payment, PurchaseOrder
from partnerships.scans import read_scan


class PaperField(forms.FileField):
    """A photo or a PDF; cleans to a Scan, or None where nothing was chosen."""

    def __init__(self, **options):
        options.setdefault("label", _("Foto atau PDF"))
        options.setdefault("help_text", _("PDF atau foto, paling besar 15 MB."))
        super().__init__(
            required=False,
            widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
            error_messages={"empty": _("Berkas ini kosong. Pilih berkas lain.")},
            **options,
        )

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return read_scan(upload) if upload else None


class CorrectionForm(forms.Form):
    """The values that may be corrected, the paper, and why."""

    document = PaperField()
    reason = forms.CharField(
        label=_("Alasan perubahan"),
        max_length=300,
        required=False,
        help_text=_("Diisi bila angka atau tanggal berubah. Nilai lama tetap terbaca di riwayat."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()


class OrderCorrection(CorrectionForm):
    field_order = ("number", "ordered_on", "document", "reason")
    number = forms.CharField(label=_("Nomor PO"), max_length=80)
    ordered_on = DayField(label=_("Tanggal PO"))


class InvoiceCorrection(CorrectionForm):
    field_order = ("number", "issued_on", "due_on", "amount", "document", "reason")
    number = forms.CharField(label=_("Nomor faktur"), max_length=80)
    issued_on = DayField(label=_("Tanggal faktur"))
    due_on = DayField(label=_("Jatuh tempo"), required=False)
    amount = PriceField(label=_("Nilai ditagih (Rp)"), help_text=_("Tidak termasuk PPN."))


class PaymentCorrection(CorrectionForm):
    field_order = ("paid_on", "amount", "document", "reason")
    paid_on = DayField(label=_("Tanggal bayar"))
    amount = PriceField(label=_("Nilai dibayar (Rp)"))


CORRECTIONS = {PurchaseOrder: OrderCorrection, Invoice: InvoiceCorrection, Payment: PaymentCorrection}

"""The form of a credit agreement: six fields, and no account number among them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import DayField, KeyedForm
from partnerships.forms.fields import PriceField
from partnerships.forms.vouching import PaperField
from partnerships.models import Financing


class FinancingForm(KeyedForm):
    lender = forms.CharField(
        label=_("Lembaga pembiayaan"),
        max_length=120,
        help_text=_("Nama bank atau koperasinya saja, tanpa nomor rekening."),
        error_messages={"required": _("Isi nama lembaga pembiayaan.")},
    )
    kind = forms.ChoiceField(
        label=_("Jenis pembiayaan"),
        choices=Financing.Kind.choices,
        error_messages={"required": _("Pilih jenis pembiayaan.")},
    )
    amount = PriceField(label=_("Nilai akad (Rp)"), error_messages={"required": _("Isi nilai akad.")})
    signed_on = DayField(label=_("Tanggal akad"), error_messages={"required": _("Isi tanggal akad.")})
    ends_on = DayField(label=_("Jatuh tempo akad"), required=False)
    document = PaperField(
        label=_("Foto atau PDF akad"), help_text=_("Tutup nomor rekening dan nomor KTP sebelum difoto.")
    )

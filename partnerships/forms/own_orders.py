"""Forms by which an IKM writes down an order, or corrects a part of it: at most six fields, for a thumb."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import CountField, DayField, KeyedForm, form_helper
from closedloop.core.money import rupiah
from partnerships.agreed import prices_on
from partnerships.forms.vouching import PaperField
from partnerships.models import ScopeLine


class AgreedPartField(forms.ModelChoiceField):
    """A part of an active agreement, with its buyer and the price of today."""

    prices: dict = {}

    def label_from_instance(self, line):
        price = self.prices.get(line.pk)
        return gettext("%(part)s untuk %(buyer)s, %(price)s") % {
            "part": line.part_name,
            "buyer": line.buyer,
            "price": gettext("tidak berlaku hari ini") if price is None else rupiah(price),
        }


class OwnOrderForm(KeyedForm):
    line = AgreedPartField(
        label=_("Part dari perjanjian"),
        queryset=ScopeLine.objects.none(),
        empty_label=_("Pilih part"),
        error_messages={"required": _("Pilih part yang dipesan.")},
    )
    number = forms.CharField(
        label=_("Nomor PO"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
        error_messages={"required": _("Isi nomor PO.")},
    )
    ordered_on = DayField(
        label=_("Tanggal PO"), initial=timezone.localdate, error_messages={"required": _("Isi tanggal PO.")}
    )
    quantity = CountField(
        label=_("Jumlah"), least=1, error_messages={"required": _("Isi jumlah yang dipesan.")}
    )
    due_on = DayField(label=_("Jatuh tempo kirim"), error_messages={"required": _("Isi tanggal kirim.")})
    scan = PaperField(label=_("Foto atau PDF PO"))

    def __init__(self, *args, lines, **options):
        super().__init__(*args, **options)
        lines = lines.select_related("agreement", "enterprise", "buyer")
        self.fields["line"].prices = prices_on(lines, timezone.localdate())
        self.fields["line"].queryset = lines


class OrderLineCorrection(forms.Form):
    quantity = CountField(label=_("Jumlah"), least=1)
    due_on = DayField(label=_("Jatuh tempo kirim"))
    reason = forms.CharField(
        label=_("Alasan perubahan"),
        max_length=240,
        required=False,
        help_text=_("Diisi bila angka atau tanggal berubah. Nilai lama tetap terbaca di riwayat."),
    )

    def __init__(self, *args, has_one_day: bool, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
        if not has_one_day:
            del self.fields["due_on"]

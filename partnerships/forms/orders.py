"""Forms of orders, invoices and payments."""

from collections import defaultdict

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import CountField, DayField, KeyedForm, form_helper
from closedloop.core.money import rupiah
from partnerships.actions import OrderLineDraft
from partnerships.agreed import prices_on
from partnerships.forms.fields import PriceField, is_blank
from partnerships.forms.vouching import PaperField
from partnerships.models import ScopeLine


class OrderForm(KeyedForm):
    number = forms.CharField(
        label=_("Nomor PO"), max_length=80, error_messages={"required": _("Isi nomor PO.")}
    )
    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=[
            ("trial", _("Percobaan\nBoleh sebelum IKM siap pasok.")),
            ("regular", _("Rutin\nIKM harus siap pasok untuk pembeli ini.")),
        ],
        widget=forms.RadioSelect(attrs={"data-look": "choice"}),
        error_messages={"required": _("Pilih jenis pesanan.")},
    )
    ordered_on = DayField(label=_("Tanggal PO"), error_messages={"required": _("Isi tanggal PO.")})
    override_reason = forms.CharField(
        label=_("Alasan bila IKM belum siap pasok"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Hanya untuk pesanan rutin. Paling sedikit 30 huruf; tersimpan di jejak audit."),
    )


class ScopeLineField(forms.ModelChoiceField):
    """A part of the agreement, with who makes it for whom at what price today; one that is over says none."""

    prices: dict = {}

    def label_from_instance(self, line):
        price = self.prices.get(line.pk)
        words = _("tidak berlaku hari ini") if price is None else rupiah(price)
        return f"{line.part_name}: {line.enterprise} → {line.buyer}, {words}"


class OrderLineForm(forms.Form):
    """One day of delivery of one part; several days of a part are several rows."""

    line = ScopeLineField(
        label=_("Part"),
        queryset=ScopeLine.objects.none(),
        empty_label=_("Pilih part"),
        error_messages={"required": _("Pilih part.")},
    )
    quantity = CountField(
        label=_("Jumlah"), least=1, error_messages={"required": _("Isi jumlah yang dipesan.")}
    )
    due_on = DayField(label=_("Jatuh tempo kirim"), error_messages={"required": _("Isi tanggal kirim.")})
    unit_price = PriceField(label=_("Harga lain (Rp)"), required=False)

    def __init__(self, *args, lines, prices, **options):
        super().__init__(*args, **options)
        self.fields["line"].prices = prices
        self.fields["line"].queryset = lines
        self.helper = form_helper()

    def has_changed(self) -> bool:
        return not is_blank(self, "line", "quantity", "due_on", "unit_price") if self.is_bound else False


class OrderLineBaseFormSet(forms.BaseFormSet):
    def __init__(self, *args, lines, **options):
        lines = lines.select_related("agreement", "enterprise", "buyer")
        super().__init__(
            *args, form_kwargs={"lines": lines, "prices": prices_on(lines, timezone.localdate())}, **options
        )

    @property
    def rows(self) -> list[dict]:
        return [form.cleaned_data for form in self.forms if form.has_changed()]

    def clean(self):
        if any(form.errors for form in self.forms):
            return
        rows = self.rows
        if not rows:
            raise ValidationError(_("Isi paling sedikit satu part."))
        if len({(row["line"].enterprise_id, row["line"].buyer_id) for row in rows}) > 1:
            raise ValidationError(
                _("Satu PO untuk satu IKM dan satu pembeli. Catat yang lain sebagai PO sendiri.")
            )
        prices = defaultdict(set)
        for row in rows:
            prices[row["line"]].add(row["unit_price"])
        if any(len(values) > 1 for values in prices.values()):
            raise ValidationError(_("Harga part yang sama harus sama pada setiap tanggal."))

    @property
    def enterprise(self):
        return self.rows[0]["line"].enterprise

    @property
    def buyer(self):
        return self.rows[0]["line"].buyer

    @property
    def drafts(self) -> list[OrderLineDraft]:
        """The rows as order lines: one per part, with its schedule."""
        parts = defaultdict(list)
        for row in self.rows:
            parts[row["line"]].append(row)
        return [
            OrderLineDraft(
                part_name=line.part_name,
                part_number=line.part_number,
                unit=line.unit,
                quantity=sum(row["quantity"] for row in rows),
                unit_price=rows[0]["unit_price"],
                schedule=[(row["due_on"], row["quantity"]) for row in rows],
            )
            for line, rows in parts.items()
        ]


OrderLineFormSet = forms.formset_factory(OrderLineForm, formset=OrderLineBaseFormSet, extra=4, max_num=40)


class InvoiceForm(KeyedForm):
    number = forms.CharField(
        label=_("Nomor faktur"), max_length=80, error_messages={"required": _("Isi nomor faktur.")}
    )
    issued_on = DayField(label=_("Tanggal faktur"), error_messages={"required": _("Isi tanggal faktur.")})
    due_on = DayField(label=_("Jatuh tempo"), required=False)
    amount = PriceField(
        label=_("Nilai ditagih (Rp)"),
        help_text=_("Tidak termasuk PPN."),
        error_messages={"required": _("Isi nilai yang ditagih.")},
    )
    document = PaperField(label=_("Foto atau PDF faktur"))


class PaymentForm(KeyedForm):
    paid_on = DayField(label=_("Tanggal bayar"), error_messages={"required": _("Isi tanggal bayar.")})
    amount = PriceField(
        label=_("Nilai dibayar (Rp)"), error_messages={"required": _("Isi nilai yang dibayar.")}
    )
    document = PaperField(label=_("Foto atau PDF bukti bayar"))


class RescheduleForm(forms.Form):
    agreed_due_on = DayField(
        label=_("Tanggal baru yang disepakati"), error_messages={"required": _("Isi tanggal baru.")}
    )
    reason = forms.CharField(
        label=_("Alasan"), max_length=300, error_messages={"required": _("Isi alasannya.")}
    )

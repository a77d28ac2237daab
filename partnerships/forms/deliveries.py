"""Forms of deliveries: at most six fields, for a thumb."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from closedloop.core.formats import number
from closedloop.core.forms import CountField, DayField, KeyedForm, form_helper
from closedloop.core.photos import PhotoField
from partnerships.models import OrderLine


class PartField(forms.ModelChoiceField):
    """A part of an open order, with how much is still to come."""

    def label_from_instance(self, line):
        return gettext("%(part)s, %(order)s %(buyer)s: sisa %(open)s") % {
            "part": line.part_name,
            "order": line.order,
            "buyer": line.order.buyer,
            "open": number(max(line.quantity - line.delivered, 0)),
        }


class DeliveryForm(KeyedForm):
    """Part, note number, day, quantity, photo."""

    line = PartField(
        label=_("Part yang dikirim"),
        queryset=OrderLine.objects.none(),
        empty_label=_("Pilih part"),
        error_messages={"required": _("Pilih part yang dikirim.")},
    )
    note_number = forms.CharField(
        label=_("Nomor surat jalan"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
        error_messages={"required": _("Isi nomor surat jalan.")},
    )
    delivered_on = DayField(
        label=_("Tanggal kirim"),
        initial=timezone.localdate,
        error_messages={"required": _("Isi tanggal kirim.")},
    )
    quantity = CountField(
        label=_("Jumlah yang dikirim"),
        least=1,
        error_messages={"required": _("Isi jumlah yang dikirim.")},
    )
    photo = PhotoField(
        label=_("Foto surat jalan"), required=False, help_text=_("Surat jalan yang sudah ditandatangani.")
    )

    def __init__(self, *args, lines, **options):
        super().__init__(*args, **options)
        self.fields["line"].queryset = lines


class ConfirmForm(forms.Form):
    """What arrived, pre-filled from the note."""

    received_on = DayField(label=_("Tanggal terima"), error_messages={"required": _("Isi tanggal terima.")})
    accepted = CountField(
        label=_("Jumlah diterima baik"), error_messages={"required": _("Isi jumlah yang diterima baik.")}
    )
    rejected = CountField(
        label=_("Jumlah ditolak"),
        initial=0,
        help_text=_("Isi 0 bila semua baik."),
        error_messages={"required": _("Isi jumlah yang ditolak, 0 bila tidak ada.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()


class SettleForm(ConfirmForm):
    """What both sides agreed on after a dispute."""

    reason = forms.CharField(
        label=_("Hasil kesepakatan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tulis hasil kesepakatannya.")},
    )


class SampleForm(forms.Form):
    approved_on = DayField(
        label=_("Tanggal sampel disetujui"),
        error_messages={"required": _("Isi tanggal sampel disetujui.")},
    )


class DeliveryCorrection(forms.Form):
    """What may be mistyped on a note, and why it changes."""

    note_number = forms.CharField(label=_("Nomor surat jalan"), max_length=80)
    delivered_on = DayField(label=_("Tanggal kirim"))
    quantity = CountField(label=_("Jumlah yang dikirim"), least=1)
    reason = forms.CharField(
        label=_("Alasan perubahan"),
        max_length=300,
        required=False,
        help_text=_("Diisi bila angka atau tanggal berubah. Nilai lama tetap terbaca di riwayat."),
    )

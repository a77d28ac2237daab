"""Forms of agreements: draft with its lines, signing, stopping, reviewing."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.models import Organisation
from closedloop.core.forms import CountField, DayField, KeyedForm, form_helper
from participants.models import Enterprise
from partnerships.actions import draft_line
from partnerships.forms.fields import PercentField, PriceField, is_blank
from partnerships.models import Agreement, Buyer
from partnerships.scans import read_scan

MOST_LINES = 60
LINE_FIELDS = ("enterprise", "buyer", "part_name", "part_number", "unit_price", "monthly_volume")


class AgreementForm(KeyedForm):
    """The terms; IKM and buyers are named on the lines of the scope."""

    number = forms.CharField(
        label=_("Nomor perjanjian"), max_length=80, error_messages={"required": _("Isi nomor perjanjian.")}
    )
    title = forms.CharField(label=_("Judul"), max_length=200, error_messages={"required": _("Isi judul.")})
    kind = forms.ChoiceField(label=_("Jenis"), choices=Agreement.Kind.choices)
    starts_on = DayField(
        label=_("Berlaku mulai"), error_messages={"required": _("Isi tanggal mulai berlaku.")}
    )
    ends_on = DayField(label=_("Berlaku sampai"), error_messages={"required": _("Isi tanggal berakhir.")})
    facilitator = forms.ModelChoiceField(
        label=_("Pembina"), queryset=Organisation.objects.all(), required=False, empty_label=_("Tidak ada")
    )
    witnesses = forms.ModelMultipleChoiceField(
        label=_("Saksi"),
        queryset=Organisation.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    min_on_time = PercentField(
        label=_("Ketepatan kirim paling rendah (%)"), required=False, help_text=_("Kosong berarti 90%.")
    )
    max_ppm = CountField(label=_("Cacat paling tinggi (ppm)"), required=False)
    payment_days = CountField(label=_("Pembayaran (hari setelah faktur)"), required=False)

    def clean(self):
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("Tanggal berakhir harus setelah tanggal mulai."))
        return self.cleaned_data

    def clean_payment_days(self):
        days = self.cleaned_data["payment_days"]
        if days is not None and days > 365:
            raise ValidationError(_("Syarat bayar paling lama 365 hari."))
        return days


class LineForm(forms.Form):
    """One part one IKM makes for one buyer. An untouched row is no row."""

    enterprise = forms.ModelChoiceField(
        label="IKM",
        queryset=Enterprise.objects.order_by("name"),
        empty_label=_("Pilih IKM"),
        error_messages={"required": _("Pilih IKM.")},
    )
    buyer = forms.ModelChoiceField(
        label=_("Pembeli"),
        queryset=Buyer.objects.order_by("name"),
        empty_label=_("Pilih pembeli"),
        error_messages={"required": _("Pilih pembeli.")},
    )
    part_name = forms.CharField(
        label=_("Nama part"), max_length=160, error_messages={"required": _("Isi nama part.")}
    )
    part_number = forms.CharField(label=_("Nomor part"), max_length=60, required=False)
    unit_price = PriceField(label=_("Harga acuan (Rp)"), error_messages={"required": _("Isi harga acuan.")})
    monthly_volume = CountField(
        label=_("Volume per bulan"), least=1, error_messages={"required": _("Isi volume per bulan.")}
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

    def has_changed(self) -> bool:
        return not is_blank(self, *LINE_FIELDS) if self.is_bound else super().has_changed()


class LineBaseFormSet(forms.BaseFormSet):
    def __init__(self, *args, **options):
        # asked once for all rows, not once per row
        self.choices = {name: list(LineForm.base_fields[name].choices) for name in ("enterprise", "buyer")}
        super().__init__(*args, **options)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.empty_permitted = True  # a row emptied again is no row, also one that was there before
        for name, choices in self.choices.items():
            form.fields[name].widget.choices = choices

    def clean(self):
        rows = [form.cleaned_data for form in self.forms if form.has_changed() and form.is_valid()]
        keys = [(row["enterprise"], row["buyer"], row["part_name"]) for row in rows]
        if len(set(keys)) < len(keys):
            raise ValidationError(
                _("Part yang sama ditulis dua kali untuk IKM dan pembeli yang sama. Hapus salah satunya.")
            )


LineFormSet = forms.formset_factory(
    LineForm, formset=LineBaseFormSet, extra=3, max_num=MOST_LINES, can_delete=True
)


def drafts_of(formset, starts_on, ends_on) -> list:
    """Return the rows that were filled in and not struck out, as lines for the actions."""
    return [
        draft_line(
            row["enterprise"],
            row["buyer"],
            row["part_name"],
            row["unit_price"],
            monthly_volume=row["monthly_volume"],
            starts_on=starts_on,
            ends_on=ends_on,
            part_number=row["part_number"],
        )
        for row in (form.cleaned_data for form in formset.forms if form.has_changed())
        if row and not row.get("DELETE")
    ]


class SignForm(forms.Form):
    """When and where all parties signed, and the scan of the signed paper."""

    signed_on = DayField(
        label=_("Tanggal tanda tangan"), error_messages={"required": _("Isi tanggal tanda tangan.")}
    )
    place = forms.CharField(
        label=_("Tempat tanda tangan"),
        max_length=120,
        error_messages={"required": _("Isi tempat tanda tangan.")},
    )
    scan = forms.FileField(
        label=_("Pindaian bertanda tangan"),
        required=False,
        help_text=_("PDF atau foto, paling besar 15 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
        error_messages={"empty": _("Berkas ini kosong. Pilih berkas lain.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

    def clean_scan(self):
        upload = self.cleaned_data["scan"]
        return read_scan(upload) if upload else None

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Tanggal tanda tangan tidak boleh setelah hari ini."))
        return day


class ReasonForm(forms.Form):
    """Why something is stopped; its parties read it."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Isi alasannya.")},
    )

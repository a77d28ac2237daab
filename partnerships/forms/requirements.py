"""Forms of requirements: the terms, a line and what satisfies it, publishing, ending."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.models import Criterion, Rubric
from closedloop.core.formats import number
from closedloop.core.forms import CountField, DayField, KeyedForm, form_helper
from participants.models import Document, Process
from partnerships.forms.fields import PercentField, PriceField
from partnerships.models import BuyerContact, Requirement, RequirementLine

Kind = RequirementLine.Kind


class RequirementForm(KeyedForm):
    """What a buyer needs made."""

    part_name = forms.CharField(
        label=_("Nama part"), max_length=160, error_messages={"required": _("Isi nama part.")}
    )
    part_number = forms.CharField(label=_("Nomor part"), max_length=60, required=False)
    process = forms.ModelChoiceField(
        label=_("Proses"),
        queryset=Process.objects.offered(),
        required=False,
        empty_label=_("Belum ditentukan"),
    )
    volume = CountField(label=_("Volume"), least=1, error_messages={"required": _("Isi volume.")})
    per = forms.ChoiceField(label=_("Tiap"), choices=Requirement.Per.choices, initial=Requirement.Per.YEAR)
    unit = forms.CharField(
        label=_("Satuan"), max_length=12, initial="pcs", error_messages={"required": _("Isi satuan.")}
    )
    target_price = PriceField(
        label=_("Harga sasaran (Rp)"),
        required=False,
        help_text=_("Hanya terlihat oleh perusahaan Anda, petugas program, dan IKM yang dituju."),
    )
    max_ppm = CountField(label=_("Cacat paling tinggi (ppm)"), required=False)
    min_on_time = PercentField(label=_("Ketepatan kirim paling rendah (%)"), required=False)
    tolerance = forms.CharField(label=_("Toleransi"), max_length=120, required=False)
    standard = forms.CharField(label=_("Standar"), max_length=120, required=False)
    lead_time_days = CountField(label=_("Waktu tunggu (hari)"), required=False)
    needed_on = DayField(label=_("Dibutuhkan pada"), required=False)
    evidence_months = CountField(
        label=_("Bukti tanpa tanggal habis berlaku (bulan)"),
        least=1,
        initial=12,
        error_messages={"required": _("Isi berapa bulan bukti masih dihitung.")},
        help_text=_("Nilai dan isi profil yang lebih lama dari ini tidak dihitung."),
    )
    contact = forms.ModelChoiceField(
        label=_("Penanggung jawab"),
        queryset=BuyerContact.objects.none(),
        required=False,
        empty_label=_("Belum ada"),
        help_text=_("Wajib sebelum terbit: orang di perusahaan ini yang menjawab pertanyaan IKM."),
    )
    is_open = forms.BooleanField(
        label=_("Terlihat oleh semua IKM program, tanpa harga sasaran"), required=False
    )

    def __init__(self, *args, buyer, **options):
        super().__init__(*args, **options)
        self.fields["contact"].queryset = buyer.contacts.filter(is_active=True)

    def clean_lead_time_days(self):
        days = self.cleaned_data["lead_time_days"]
        if days is not None and days > 730:
            raise ValidationError(_("Waktu tunggu paling lama 730 hari."))
        return days

    def clean_evidence_months(self):
        if self.cleaned_data["evidence_months"] > 36:
            raise ValidationError(_("Paling lama 36 bulan."))
        return self.cleaned_data["evidence_months"]


class LimitField(forms.Field):
    """A limit as people write it: "3", "0,02" or "110"."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Tulis bilangan, misalnya 3 atau 0,02.")}

    def to_python(self, value):
        text = "" if value is None else str(value).strip().replace(",", ".")
        if not text:
            return None
        try:
            limit = Decimal(text)
        except InvalidOperation as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if not limit.is_finite() or limit >= 10**9 or limit != round(limit, 3):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return limit

    def prepare_value(self, value):
        return number(value, 3, trim=True) if isinstance(value, Decimal) else value


def criteria() -> list[tuple[str, str]]:
    """Return the items of the newest rubric to choose from, by code."""
    rows = Criterion.objects.filter(dimension__rubric=Rubric.objects.newest()).select_related("dimension")
    return [(row.code, f"{row.code} {row.text}") for row in rows.order_by("dimension__order", "order")]


class LineForm(KeyedForm):
    """What is asked, and which one thing in the portal satisfies it."""

    text = forms.CharField(
        label=_("Yang diminta"),
        max_length=160,
        help_text=_("Dengan kata Anda, misalnya “Alat ukur 0,02 mm terkalibrasi”."),
        error_messages={"required": _("Isi apa yang diminta.")},
    )
    kind = forms.ChoiceField(label=_("Dipenuhi oleh"), choices=Kind.choices)
    criterion = forms.ChoiceField(
        label=_("Butir penilaian"), required=False, help_text=_("Isi bila dipenuhi oleh butir penilaian.")
    )
    document = forms.ChoiceField(
        label=_("Dokumen"), required=False, help_text=_("Isi bila dipenuhi oleh dokumen.")
    )
    name = forms.CharField(
        label=_("Nama mesin, bahan, alat ukur, atau sertifikat"),
        max_length=80,
        required=False,
        help_text=_("Kata yang ada di profil IKM, misalnya “press” atau “IATF 16949”."),
    )
    threshold = LimitField(
        label=_("Batas"),
        required=False,
        help_text=_(
            "Nilai paling rendah, kapasitas mesin paling kecil, atau ketelitian paling kasar dalam mm."
        ),
    )
    unit = forms.CharField(
        label=_("Satuan kapasitas mesin"), max_length=20, required=False, help_text=_("Misalnya ton.")
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        none = [("", _("Tidak dipakai"))]
        self.fields["criterion"].choices = none + criteria()
        papers = [choice for choice in Document.Kind.choices if choice[0] != Document.Kind.OTHER]
        self.fields["document"].choices = none + papers

    def values(self):
        """Return what an action wants: the one subject that belongs to the kind."""
        values = super().values()
        chosen = {name: values.pop(name) for name in ("criterion", "document", "name")}
        return values | {"subject": chosen.get(values["kind"], chosen["name"])}

    @staticmethod
    def initial_of(line: RequirementLine) -> dict:
        """Return a stored line as the form shows it."""
        where = line.kind if line.kind in (Kind.CRITERION, Kind.DOCUMENT) else "name"
        return {
            "text": line.text, "kind": line.kind, where: line.subject, "threshold": line.threshold, "unit": line.unit,
        }  # fmt: skip


class PublishForm(forms.Form):
    """Why the new version; a first version needs no reason."""

    change_note = forms.CharField(label=_("Alasan perubahan"), max_length=300, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()


class EndForm(forms.Form):
    """What became of a requirement."""

    status = forms.ChoiceField(
        label=_("Akhir kebutuhan"),
        choices=[(value, label) for value, label in Requirement.Status.choices if value != "open"],
        error_messages={"required": _("Pilih akhir kebutuhan.")},
    )
    reason = forms.CharField(
        label=_("Alasan"), max_length=300, required=False, help_text=_("Wajib bila ditarik.")
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

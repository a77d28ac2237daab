"""Forms about the people of an enterprise, its papers, its yearly figures and its consents."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import CountField, DayField, KeyedForm, PhoneField, RupiahField, form_helper
from participants.forms.fields import FIRST_FIGURE_YEAR, MOST_PEOPLE, RUPIAH_HINT
from participants.forms.files import read_document
from participants.models import Consent, Document, Person


class PersonForm(forms.ModelForm):
    """Somebody of the enterprise."""

    phone = PhoneField(label=_("Nomor HP"), required=False)

    class Meta:
        model = Person
        fields = ["full_name", "position", "phone", "email", "is_primary"]
        error_messages = {
            "full_name": {"required": _("Isi nama lengkap.")},
            "email": {"invalid": _("Tulis alamat email seperti nama@contoh.id.")},
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

    def _get_validation_exclusions(self):
        # the action takes the place of main contact from whoever has it; no clash to report here
        return super()._get_validation_exclusions() | {"is_primary"}


class NewPersonForm(PersonForm, KeyedForm):
    def values(self) -> dict:
        values = dict(self.cleaned_data)
        # unticked leaves it to the action, which makes the first person the main contact
        return values | {"id": values.pop("key"), "is_primary": values["is_primary"] or None}


class EditPersonForm(PersonForm):
    class Meta(PersonForm.Meta):
        fields = [*PersonForm.Meta.fields, "is_active"]


class DocumentForm(KeyedForm):
    """A paper, with or without its file."""

    kind = forms.ChoiceField(
        label=_("Jenis dokumen"),
        choices=[("", _("Pilih jenis")), *Document.Kind.choices],
        error_messages={"required": _("Pilih jenis dokumen.")},
    )
    number = forms.CharField(label=_("Nomor"), max_length=80, required=False)
    issuer = forms.CharField(label=_("Penerbit"), max_length=120, required=False)
    issued_on = DayField(label=_("Tanggal terbit"), required=False)
    expires_on = DayField(
        label=_("Berlaku sampai"), required=False, help_text=_("Kosongkan bila tidak ada batasnya.")
    )
    file = forms.FileField(
        label=_("Berkas"),
        required=False,
        help_text=_("PDF, JPG, atau PNG, paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"empty": _("Berkas ini kosong. Pilih berkas lain.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

    def clean_file(self):
        upload = self.cleaned_data["file"]
        return read_document(upload) if upload else None

    def clean(self):
        super().clean()
        issued, expires = self.cleaned_data.get("issued_on"), self.cleaned_data.get("expires_on")
        if issued and issued > timezone.localdate():
            self.add_error("issued_on", _("Tanggal terbit tidak boleh setelah hari ini."))
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("Berlaku sampai tidak boleh sebelum tanggal terbit."))
        if not self.cleaned_data.get("file") and not self.cleaned_data.get("number") and not self.errors:
            self.add_error("number", _("Isi nomornya atau unggah berkasnya."))
        return self.cleaned_data


class AnnualFigureForm(forms.Form):
    """What an enterprise reports for a year."""

    year = forms.IntegerField(
        label=_("Tahun"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Isi tahunnya."), "invalid": _("Tulis tahunnya dengan empat angka.")},
    )
    annual_sales = RupiahField(label=_("Omzet setahun"), required=False, help_text=RUPIAH_HINT)
    employee_count = CountField(label=_("Jumlah karyawan"), required=False, most=MOST_PEOPLE)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not FIRST_FIGURE_YEAR <= year <= timezone.localdate().year:
            raise ValidationError(_("Tahun belum terjadi atau terlalu lama."))
        return year

    def clean(self):
        super().clean()
        told = (self.cleaned_data.get("annual_sales"), self.cleaned_data.get("employee_count"))
        if told == (None, None) and not self.errors:
            self.add_error("annual_sales", _("Isi omzet atau jumlah karyawan."))
        return self.cleaned_data


class ConsentForm(forms.Form):
    """An agreement to one purpose."""

    purpose = forms.ChoiceField(
        label=_("Tujuan"),
        choices=[("", _("Pilih tujuan")), *Consent.Purpose.choices],
        error_messages={"required": _("Pilih tujuan.")},
    )
    channel = forms.CharField(
        label=_("Diberikan lewat"),
        max_length=40,
        initial=_("Formulir kertas"),
        error_messages={"required": _("Isi lewat apa persetujuan diberikan.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

"""Forms about the enterprise itself."""

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import (
    CountField,
    DatalistInput,
    KeyedForm,
    PhoneField,
    ReadField,
    RupiahField,
    form_helper,
)
from closedloop.core.identifiers import (
    normalise_kbli,
    normalise_nib,
    normalise_nitku,
    normalise_npwp,
    normalise_postal_code,
    npwp_display,
)
from closedloop.regions.forms import RegencyField
from participants.activities import values_of
from participants.audience import with_readers
from participants.forms.fields import (
    FIRST_FIGURE_YEAR,
    MOST_PEOPLE,
    RUPIAH_HINT,
    Section,
)
from participants.likeness import number_taken
from participants.models import Enterprise, Kbli, Process
from participants.naming import split_legal_form
from participants.seen import mark_of_values

FIRST_YEAR = 1900


def kbli_suggestions() -> list[tuple[str, str]]:
    return list(Kbli.objects.offered().filter(version=Kbli.Version.V2020).values_list("code", "title"))


def pair(*names: str) -> Row:
    """Return two short fields side by side."""
    return Row(*(Column(name, css_class="col-md-6") for name in names))


# hidden fields that are no fields of the record
MARKS = ("version", "seen")


class EnterpriseForm(forms.ModelForm):
    """Everything about the enterprise itself. It only reads and checks; the action saves."""

    nib = ReadField(
        label="NIB",
        read=normalise_nib,
        numeric=True,
        required=False,
        empty_value=None,
        help_text=_("13 angka. Kosongkan bila belum punya."),
        error_messages={"unique": _("NIB ini sudah dipakai IKM lain. Cari dulu di daftar.")},
    )
    npwp = ReadField(
        label="NPWP",
        read=normalise_npwp,
        numeric=True,
        required=False,
        empty_value=None,
        help_text=_("15 atau 16 angka, titik dan strip boleh."),
        error_messages={"unique": _("NPWP ini sudah dipakai IKM lain. Cari dulu di daftar.")},
    )
    nitku = ReadField(
        label="NITKU", read=normalise_nitku, numeric=True, required=False, help_text=_("22 angka.")
    )
    regency = RegencyField(
        label=_("Kabupaten/kota"),
        error_messages={"required": _("Pilih kabupaten/kota.")},
    )
    postal_code = ReadField(label=_("Kode pos"), read=normalise_postal_code, numeric=True, required=False)
    phone = PhoneField(label=_("Telepon usaha"), required=False)
    website = forms.URLField(
        label=_("Laman"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Tulis alamat laman seperti https://contoh.id.")},
    )
    founded_year = forms.IntegerField(
        label=_("Tahun berdiri"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Tulis tahunnya dengan empat angka, misalnya 2011.")},
    )
    employees_male = CountField(label=_("Karyawan laki-laki"), required=False, most=MOST_PEOPLE)
    employees_female = CountField(label=_("Karyawan perempuan"), required=False, most=MOST_PEOPLE)
    capital = RupiahField(
        label=_("Modal usaha"),
        required=False,
        help_text=with_readers(
            _("Di luar tanah dan bangunan tempat usaha. Misalnya 750 juta atau 1,5 M (miliar).")
        ),
    )
    investment_value = RupiahField(
        label=_("Nilai investasi"),
        required=False,
        help_text=with_readers(_("Di luar tanah dan bangunan. Dipakai untuk ukuran industri.")),
    )
    kbli = ReadField(
        label=_("KBLI utama"),
        read=normalise_kbli,
        numeric=True,
        required=False,
        help_text=_("Lima angka KBLI 2020; ketik kode atau kata untuk mencari."),
        widget=DatalistInput(kbli_suggestions),
    )
    products = forms.CharField(
        label=_("Produk"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu produk per baris."),
    )
    processes = forms.ModelMultipleChoiceField(
        label=_("Proses"),
        queryset=Process.objects.offered(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # the mark of what the form was drawn with: a version moves with people and figures too, which are not edited here
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=16)

    class Meta:
        model = Enterprise
        fields = [
            "name",
            "legal_form",
            "nib",
            "npwp",
            "nitku",
            "founded_year",
            "address",
            "village",
            "district",
            "regency",
            "postal_code",
            "phone",
            "email",
            "website",
            "employees_male",
            "employees_female",
            "capital",
            "investment_value",
            "certificates",
        ]
        error_messages = {
            "name": {"required": _("Isi nama usaha.")},
            "legal_form": {"required": _("Pilih bentuk usaha.")},
            "email": {"invalid": _("Tulis alamat email seperti nama@contoh.id.")},
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk and not self.instance._state.adding:
            self.initial |= self.stored_initial() | self.marks()
            if chosen := self.fields.get("processes"):
                chosen.queryset = Process.objects.offered(besides=self.initial["processes"])
        self.helper = form_helper(Layout(*self.sections()))

    def stored_initial(self) -> dict:
        """Return how the stored record is shown in the fields that are not simply its columns."""
        primary = self.instance.kbli_links.filter(is_primary=True).select_related("kbli").first()
        return {
            "kbli": primary.kbli.code if primary else "",
            "products": "\n".join(product.name for product in self.instance.products.all()),
            "processes": list(self.instance.processes.all()),
            "npwp": npwp_display(self.instance.npwp) if self.instance.npwp else "",
        }

    def marks(self) -> dict:
        """Return what says, when the form comes back, whether somebody else saved meanwhile."""
        edited = [name for name in self.fields if name not in MARKS]
        return {"version": self.instance.version, "seen": mark_of_values(values_of(self.instance, edited))}

    def sections(self) -> list:
        return [
            *MARKS,
            Section(_("Identitas"), "name", "legal_form", "nib", "npwp", "nitku", "founded_year"),
            Section(_("Alamat"), "address", pair("village", "district"), "regency", "postal_code"),
            Section(_("Kontak usaha"), "phone", "email", "website"),
            Section(_("Kegiatan"), "kbli", "products", "processes", "certificates"),
            Section(
                _("Tenaga kerja dan modal"),
                pair("employees_male", "employees_female"),
                "capital",
                "investment_value",
            ),
        ]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for name in ("nib", "npwp"):
            if (number := cleaned.get(name)) and (text := number_taken(name, number, self.instance)):
                self.add_error(name, ValidationError(text, code="unique"))
        written, chosen = getattr(self, "form_in_name", None), cleaned.get("legal_form")
        if written and chosen and written != chosen:
            self.add_error("legal_form", _("Nama usaha menyebut bentuk lain. Samakan keduanya."))
        return cleaned

    def clean_name(self) -> str:
        """Return the name without its legal form, which stands in a field of its own, as imports keep it."""
        self.form_in_name, name = split_legal_form(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Isi nama usaha."))
        return name

    def clean_founded_year(self):
        year = self.cleaned_data["founded_year"]
        if year is not None and not FIRST_YEAR <= year <= timezone.localdate().year:
            raise ValidationError(_("Tahun berdiri harus antara 1900 dan tahun ini."))
        return year

    def clean_products(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["products"].splitlines() if line.strip()]

    def values(self) -> dict:
        """Return the keywords of the action, without those that are not fields of it."""
        return {name: value for name, value in self.cleaned_data.items() if name not in MARKS}


class RegistrationForm(EnterpriseForm, KeyedForm):
    """A new enterprise with its contact, its yearly figure and its consent, on one page."""

    person_name = forms.CharField(
        label=_("Nama pemilik"),
        max_length=120,
        error_messages={"required": _("Isi nama pemilik.")},
        help_text=_("Satu kata boleh."),
    )
    person_phone = PhoneField(label=_("Nomor HP pemilik"), error_messages={"required": _("Isi nomor HP.")})
    person_email = forms.EmailField(
        label=_("Email pemilik"),
        required=False,
        help_text=_("Undangan masuk ke portal dikirim ke sini."),
        error_messages={"invalid": _("Tulis alamat email seperti nama@contoh.id.")},
    )
    sales_year = forms.IntegerField(
        label=_("Tahun omzet"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Tulis tahunnya dengan empat angka.")},
    )
    annual_sales = RupiahField(label=_("Omzet setahun"), required=False, help_text=with_readers(RUPIAH_HINT))
    has_consent = forms.BooleanField(
        label=_("IKM setuju datanya diproses untuk pelatihan dan penilaian"),
        error_messages={"required": _("Minta persetujuan IKM dulu, lalu beri tanda.")},
    )
    consent_channel = forms.CharField(
        label=_("Persetujuan diberikan lewat"), max_length=40, initial=_("Formulir kertas")
    )

    def sections(self) -> list:
        return [
            "key",
            Section(
                _("Yang wajib diisi"),
                "name",
                "legal_form",
                "regency",
                "person_name",
                "person_phone",
                "has_consent",
                "consent_channel",
            ),
            Section(_("Identitas"), "nib", "npwp", "nitku", "founded_year"),
            Section(_("Alamat"), "address", pair("village", "district"), "postal_code"),
            Section(_("Kontak"), "person_email", "phone", "email", "website"),
            *super().sections()[-2:],
            Section(_("Omzet"), pair("sales_year", "annual_sales")),
        ]

    def clean(self):
        super().clean()
        sales, year = self.cleaned_data.get("annual_sales"), self.cleaned_data.get("sales_year")
        if sales is not None and year is None and "sales_year" not in self.errors:
            self.add_error("sales_year", _("Isi tahun omzet ini."))
        if year is not None and not FIRST_FIGURE_YEAR <= year <= timezone.localdate().year:
            self.add_error("sales_year", _("Tahun omzet belum terjadi atau terlalu lama."))
        return self.cleaned_data

    def values(self) -> dict:
        cleaned = self.cleaned_data
        own = {name: cleaned[name] for name in self.Meta.fields}
        figure = {"year": cleaned["sales_year"], "annual_sales": cleaned["annual_sales"]}
        return {
            **own,
            "id": cleaned["key"],
            "kbli": cleaned["kbli"],
            "products": cleaned["products"],
            "processes": cleaned["processes"],
            "person": {
                "full_name": cleaned["person_name"],
                "phone": cleaned["person_phone"],
                "email": cleaned["person_email"],
            },
            "annual_figure": figure if cleaned["sales_year"] else None,
            "consent": {"channel": cleaned["consent_channel"]},
        }


class OwnDataForm(EnterpriseForm):
    """What owners change of their own record; name, legal form and identity numbers stay with staff."""

    class Meta(EnterpriseForm.Meta):
        fields = [
            "phone",
            "email",
            "website",
            "address",
            "village",
            "district",
            "postal_code",
            "founded_year",
            "certificates",
            "employees_male",
            "employees_female",
            "capital",
            "investment_value",
        ]

    nib = npwp = nitku = regency = None
    kbli = products = processes = None

    def stored_initial(self) -> dict:
        return {}

    def sections(self) -> list:
        return [*MARKS, *self.Meta.fields]

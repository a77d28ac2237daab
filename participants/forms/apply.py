"""The form by which an enterprise applies itself: twelve questions, read on a phone."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import CountField, PhoneField, ReadField, RupiahField, form_helper
from closedloop.core.identifiers import normalise_nib
from closedloop.regions.forms import RegencyField
from participants.forms.fields import MOST_PEOPLE, RUPIAH_HINT
from participants.models import LegalForm
from participants.naming import clean, split_legal_form, tidy_name
from participants.reading import NOTHING, parse_amount

FEWEST_LETTERS = 3


def nib_or_none(text: str) -> str | None:
    """Return the NIB; None for "belum punya" and its like."""
    return None if clean(text).casefold() in NOTHING else normalise_nib(text)


class ApplicationForm(forms.Form):
    """What the selection needs and no more. Read the way the import reads; a draft is kept as it was typed."""

    name = forms.CharField(
        label=_("Nama usaha"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Isi nama usaha.")},
    )
    legal_form = forms.ChoiceField(
        label=_("Bentuk usaha"),
        choices=[("", _("Pilih bentuk usaha")), *LegalForm.choices],
        error_messages={"required": _("Pilih bentuk usaha.")},
    )
    nib = ReadField(
        label="NIB",
        read=nib_or_none,
        numeric=True,
        required=False,
        empty_value=None,
        help_text=_("13 angka. Kosongkan bila belum punya; Anda tetap boleh mendaftar."),
    )
    regency = RegencyField(
        label=_("Kabupaten/kota tempat usaha"),
        error_messages={"required": _("Isi kabupaten atau kota tempat usaha.")},
    )
    products = forms.CharField(
        label=_("Apa yang Anda buat?"),
        max_length=300,
        help_text=_("Beberapa produk dipisah koma, misalnya knalpot, bracket."),
        error_messages={"required": _("Tulis sedikitnya satu produk.")},
    )
    employee_count = CountField(
        label=_("Jumlah pekerja"),
        most=MOST_PEOPLE,
        help_text=_("Termasuk Anda sendiri."),
        error_messages={"required": _("Isi jumlah pekerja dengan angka, misalnya 12.")},
    )
    annual_sales = RupiahField(
        label=_("Omzet tahun lalu"),
        read=parse_amount,
        required=False,
        help_text=RUPIAH_HINT,
    )
    motivation = forms.CharField(
        label=_("Apa yang ingin Anda perbaiki lewat program ini?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dua atau tiga kalimat cukup. Penilai membaca ini."),
        error_messages={"required": _("Tulis apa yang ingin Anda perbaiki.")},
    )
    owner_name = forms.CharField(
        label=_("Nama Anda"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Satu kata boleh."),
        error_messages={"required": _("Isi nama Anda.")},
    )
    phone = PhoneField(
        label=_("Nomor HP"),
        help_text=_("Misalnya 0812-3456-7890. Petugas menghubungi nomor ini."),
        error_messages={"required": _("Isi nomor HP.")},
    )
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        # plain text, so that the browser keeps it like the others when the network drops
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
        help_text=_("Bila diisi, bukti pendaftaran dan jawabannya dikirim ke sini."),
        error_messages={"invalid": _("Tulis alamat email seperti nama@contoh.id.")},
    )
    consent = forms.BooleanField(
        label=_("Saya setuju data ini dipakai untuk seleksi, pelatihan, dan penilaian"),
        error_messages={"required": _("Beri tanda setuju. Tanpa itu data Anda tidak boleh kami proses.")},
    )

    SECTIONS = (
        (_("Usaha Anda"), ("name", "legal_form", "nib", "regency")),
        (_("Yang Anda kerjakan"), ("products", "employee_count", "annual_sales", "motivation")),
        (_("Cara menghubungi Anda"), ("owner_name", "phone", "email")),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocapitalize", "sentences")

    def sections(self) -> list:
        """(heading, fields) in the order of the page."""
        return [(title, [self[name] for name in names]) for title, names in self.SECTIONS]

    def clean_name(self) -> str:
        form, name = split_legal_form(self.cleaned_data["name"])
        if len(name) < FEWEST_LETTERS:
            raise ValidationError(_("Tulis nama usaha dengan lengkap."))
        self.form_in_name = form
        return tidy_name(name)

    def clean_products(self) -> str:
        listed = [clean(part) for part in self.cleaned_data["products"].split(",")]
        if not any(listed):
            raise ValidationError(_("Tulis sedikitnya satu produk."))
        return ", ".join(dict.fromkeys(part for part in listed if part))

    def clean_motivation(self) -> str:
        return clean(self.cleaned_data["motivation"])

    def clean_owner_name(self) -> str:
        name = clean(self.cleaned_data["owner_name"])
        if not name:
            raise ValidationError(_("Isi nama Anda."))
        return name

    def clean(self):
        written, chosen = getattr(self, "form_in_name", None), self.cleaned_data.get("legal_form")
        if written and chosen and written != chosen:
            self.add_error("legal_form", _("Nama usaha menyebut bentuk lain. Samakan keduanya."))
        return self.cleaned_data

    def values(self) -> dict:
        """Return the fields of Application; the sales are those of the year before this one."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "consent"}
        return values | {"sales_year": timezone.localdate().year - 1}


class TrapForm(forms.Form):
    """A question that people do not see and machines answer. It is no question of the form."""

    homepage = forms.CharField(
        label=_("Kosongkan kotak ini"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise ValidationError(_("Kosongkan kotak ini, lalu kirim lagi. Kotak ini menangkap mesin."))
        return ""

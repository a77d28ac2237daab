"""A module of a draft version, and the words with which a version is published."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import CountField
from closedloop.core.models import new_id
from trainings.forms.base import PortalForm
from trainings.models import Curriculum, Module

MOST_OUTCOMES = 8
LONGEST_OUTCOME = 160
CODE = re.compile(r"[A-Z0-9]{1,6}")


class OutcomesField(forms.CharField):
    """Short lines, one outcome each; numbers and dashes in front of them are left out."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value):
        lines = (re.sub(r"^[\s•*–-]+", "", line).strip() for line in super().to_python(value).splitlines())
        return "\n".join(line for line in lines if line)

    def validate(self, value):
        super().validate(value)
        lines = value.splitlines()
        if len(lines) > MOST_OUTCOMES:
            raise ValidationError(_("Tulis paling banyak 8 capaian."))
        if any(len(line) > LONGEST_OUTCOME for line in lines):
            raise ValidationError(_("Satu capaian paling panjang 160 huruf."))


def mark_field(label, wrong, **options) -> forms.DecimalField:
    """Return a field for a number from 0 to 100 in the reader's notation."""
    return forms.DecimalField(
        label=label,
        localize=True,
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=5,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ["required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places"], wrong
        ),
        **options,
    )


class ModuleForm(PortalForm):
    """Everything a module says; its code stays, for sessions and marks are carried over by it."""

    name = forms.CharField(label=_("Nama"), max_length=120, error_messages={"required": _("Isi nama modul")})
    name_en = forms.CharField(
        label=_("Nama (Inggris)"),
        max_length=120,
        error_messages={"required": _("Isi nama modul dalam bahasa Inggris")},
    )
    lesson_hours = CountField(
        label=_("Jam pelajaran (JP)"),
        least=1,
        most=400,
        help_text=_("1 JP adalah 45 menit."),
        error_messages={"required": _("Isi jumlah JP")},
    )
    visits = CountField(
        label=_("Kunjungan"),
        most=50,
        initial=0,
        error_messages={"required": _("Isi jumlah kunjungan, boleh 0")},
    )
    prerequisite = forms.ModelChoiceField(
        label=_("Prasyarat"), queryset=Module.objects.none(), required=False, empty_label=_("Tanpa prasyarat")
    )
    outcomes = OutcomesField(
        label=_("Capaian belajar"), required=False, help_text=_("Satu capaian per baris, paling banyak 8.")
    )
    outcomes_en = OutcomesField(
        label=_("Capaian belajar (Inggris)"), required=False, help_text=_("Sama banyak dengan yang di atas.")
    )
    min_attendance = mark_field(
        _("Kehadiran paling sedikit (%)"), _("Isi 0 sampai 100"), decimal_places=1, initial=80
    )
    pass_mark = mark_field(
        _("Nilai tes akhir paling rendah"), _("Isi 0 sampai 100"), decimal_places=2, initial=70
    )
    action_required = forms.BooleanField(
        label=_("Aksi pabrik wajib"),
        required=False,
        help_text=_("Modul baru lulus sesudah aksi di pabrik diperiksa mentor."),
    )
    owner_must_attend = forms.BooleanField(label=_("Pemilik wajib hadir sendiri"), required=False)
    needed_for_supply = forms.BooleanField(label=_("Wajib untuk memasok"), required=False, initial=True)

    def __init__(self, *args, curriculum: Curriculum, module: Module | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        others = curriculum.modules.order_by("order")
        self.fields["prerequisite"].queryset = others.exclude(pk=module.pk) if module else others

    @staticmethod
    def initial_of(module: Module) -> dict:
        """Return what the form shows of a module."""
        names = [name for name in ModuleForm.base_fields if name != "min_attendance"]
        values = {name: getattr(module, name) for name in names}
        values["pass_mark"] = module.pass_mark.normalize() + 0
        return values | {"min_attendance": (module.min_attendance * 100).normalize() + 0}

    def clean_min_attendance(self):
        return self.cleaned_data["min_attendance"] / 100

    def clean(self):
        data = super().clean()
        if not {"outcomes", "outcomes_en"} <= data.keys():
            return data
        if len(data["outcomes"].splitlines()) != len(data["outcomes_en"].splitlines()):
            self.add_error("outcomes_en", _("Banyaknya capaian di kedua bahasa harus sama."))
        return data


class NewModuleForm(ModuleForm):
    """A module that is added; its hidden key makes a second press find the first one."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    code = forms.CharField(
        label=_("Kode"),
        max_length=6,
        help_text=_("Huruf dan angka, misalnya 5R. Tidak berubah lagi sesudah disimpan."),
        error_messages={"required": _("Isi kode modul")},
    )
    field_order = ["key", "code"]

    def clean_code(self):
        code = self.cleaned_data["code"].upper()
        if not CODE.fullmatch(code):
            raise ValidationError(_("Pakai huruf dan angka saja, paling banyak 6."))
        return code


class PublishForm(PortalForm):
    """The name of the version, and why it differs from the one before."""

    name = forms.CharField(
        label=_("Nama kurikulum"), max_length=120, error_messages={"required": _("Isi nama kurikulum")}
    )
    change_note = forms.CharField(
        label=_("Alasan perubahan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca siapa pun yang memilih versi untuk angkatannya."),
        error_messages={"required": _("Isi alasan perubahannya")},
    )

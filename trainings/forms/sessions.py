"""Plan a session or a series. The form explains; the actions and the database guarantee."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import GRANTS, Permission
from closedloop.regions.forms import RegencyField
from participants.models import Cohort
from trainings.forms.base import PortalForm
from trainings.models import CohortCurriculum, Module, TrainingSession

MAX_SERIES = 20


class SessionForm(PortalForm):
    """One session: what, when on the clock of its place, where and by whom."""

    module = forms.ModelChoiceField(
        label=_("Modul"),
        queryset=Module.objects.none(),
        empty_label=_("Pilih modul"),
        error_messages={"required": _("Pilih modul"), "invalid_choice": _("Pilih modul dari daftar")},
    )
    title = forms.CharField(
        label=_("Judul"),
        max_length=160,
        help_text=_("Yang dibaca peserta, misalnya 5R di lantai produksi."),
        error_messages={"required": _("Isi judul sesi")},
    )
    kind = forms.ChoiceField(label=_("Jenis"), choices=TrainingSession.Kind)
    day = forms.DateField(
        label=_("Tanggal"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Isi tanggal"), "invalid": _("Isi tanggal yang ada")},
    )
    begin = forms.TimeField(
        label=_("Mulai"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_("Waktu di tempat sesi."),
        error_messages={"required": _("Isi jam mulai"), "invalid": _("Isi jam seperti 09:00")},
    )
    end = forms.TimeField(
        label=_("Selesai"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": _("Isi jam selesai"), "invalid": _("Isi jam seperti 12:00")},
    )
    lesson_hours = forms.IntegerField(
        label=_("Jam pelajaran (JP)"),
        min_value=1,
        max_value=24,
        help_text=_("1 JP adalah 45 menit."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Isi jumlah JP"),
            "invalid": _("Isi jumlah JP dengan angka"),
            "min_value": _("JP paling sedikit 1"),
            "max_value": _("JP paling banyak 24 untuk satu sesi"),
        },
    )
    place = forms.CharField(
        label=_("Tempat"), max_length=160, error_messages={"required": _("Isi tempat sesi")}
    )
    address = forms.CharField(label=_("Alamat"), max_length=300, required=False)
    regency = RegencyField(
        label=_("Kabupaten/kota"),
        help_text=_("Menentukan zona waktu: WIB, WITA, atau WIT."),
        error_messages={"required": _("Pilih kabupaten/kota")},
    )
    trainer = forms.ModelChoiceField(
        label=_("Narasumber"),
        queryset=User.objects.none(),
        empty_label=_("Pilih narasumber"),
        error_messages={
            "required": _("Pilih narasumber"),
            "invalid_choice": _("Pilih narasumber dari daftar"),
        },
    )
    SOURCE = {"starts_at": "begin", "ends_at": "end", "cohort": "cohort"}

    def __init__(self, *args, cohort: Cohort | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        modules = Module.objects.select_related("curriculum").order_by("curriculum", "order")
        if cohort:
            modules = modules.filter(curriculum__cohort_pins__cohort=cohort)
        else:
            modules = modules.filter(curriculum__cohort_pins__isnull=False).distinct()
        self.fields["module"].queryset = modules
        roles = [role for role, granted in GRANTS.items() if Permission.SESSION_RUN in granted]
        self.fields["trainer"].queryset = User.objects.active().with_role(*roles)

    def clean(self):
        data = super().clean()
        if {"day", "begin", "end", "regency"} <= data.keys():
            zone = ZoneInfo(data["regency"].province.time_zone)
            data["starts_at"] = datetime.combine(data["day"], data["begin"], zone)
            data["ends_at"] = datetime.combine(data["day"], data["end"], zone)
            if data["ends_at"] <= data["starts_at"]:
                self.add_error("end", _("Jam selesai harus setelah jam mulai"))
        return data

    def details(self) -> dict:
        """Return the cleaned data as the actions take it."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"day", "begin", "end", "repeat"}
        }


class NewSessionForm(SessionForm):
    """A session or a weekly series of one cohort."""

    cohort = forms.ModelChoiceField(
        label=_("Angkatan"),
        queryset=Cohort.objects.none(),
        empty_label=_("Pilih angkatan"),
        error_messages={
            "required": _("Pilih angkatan"),
            "invalid_choice": _("Pilih angkatan dari daftar"),
        },
    )
    repeat = forms.IntegerField(
        label=_("Banyaknya pertemuan"),
        min_value=1,
        max_value=MAX_SERIES,
        initial=1,
        help_text=_("Lebih dari 1: sesi yang sama tiap minggu pada jam yang sama."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Isi banyaknya pertemuan"),
            "invalid": _("Isi banyaknya pertemuan dengan angka"),
            "min_value": _("Pertemuan paling sedikit 1"),
            "max_value": _("Pertemuan paling banyak 20 sekaligus"),
        },
    )
    field_order = ["cohort"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = Cohort.objects.exclude(status=Cohort.Status.CLOSED)

    def clean(self):
        data = super().clean()
        if {"cohort", "module"} <= data.keys():
            pin = CohortCurriculum.objects.filter(cohort=data["cohort"]).first()
            if pin is None:
                self.add_error("cohort", _("Pilih kurikulum angkatan ini lebih dahulu, di halaman angkatan"))
            elif pin.curriculum_id != data["module"].curriculum_id:
                self.add_error("module", _("Pilih modul dari kurikulum angkatan ini"))
        return data

"""Plan a session or a series. The form explains; the actions and the database guarantee."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from closedloop.core.formats import date_medium
from closedloop.core.models import new_id
from participants.models import Cohort
from trainings.forms.places import PlaceForm
from trainings.models import CohortCurriculum, Module, TrainingSession

MAX_SERIES = 20
WHAT_AND_WHEN = ["cohort", "module", "title", "kind", "day", "begin", "end", "lesson_hours"]
# what a form asks for and no session keeps under that name
NOT_SAVED = {"day", "begin", "end", "cohort", "repeat", "key", "drop", "with_later"}


class SessionForm(PlaceForm):
    """One session: what, when on the clock of its place, where and by whom."""

    module = forms.ModelChoiceField(
        label=gettext_lazy("Modul"),
        queryset=Module.objects.none(),
        empty_label=gettext_lazy("Pilih modul"),
        error_messages={
            "required": gettext_lazy("Pilih modul"),
            "invalid_choice": gettext_lazy("Pilih modul dari daftar"),
        },
    )
    title = forms.CharField(
        label=gettext_lazy("Judul"),
        max_length=160,
        help_text=gettext_lazy("Yang dibaca peserta, misalnya 5R di lantai produksi."),
        error_messages={"required": gettext_lazy("Isi judul sesi")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), choices=TrainingSession.Kind)
    day = forms.DateField(
        label=gettext_lazy("Tanggal"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Isi tanggal"),
            "invalid": gettext_lazy("Isi tanggal yang ada"),
        },
    )
    begin = forms.TimeField(
        label=gettext_lazy("Mulai"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=gettext_lazy("Waktu di tempat sesi."),
        error_messages={
            "required": gettext_lazy("Isi jam mulai"),
            "invalid": gettext_lazy("Isi jam seperti 09:00"),
        },
    )
    end = forms.TimeField(
        label=gettext_lazy("Selesai"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "required": gettext_lazy("Isi jam selesai"),
            "invalid": gettext_lazy("Isi jam seperti 12:00"),
        },
    )
    lesson_hours = forms.IntegerField(
        label=gettext_lazy("Jam pelajaran (JP)"),
        min_value=1,
        max_value=24,
        help_text=gettext_lazy("1 JP adalah 45 menit."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Isi jumlah JP"),
            "invalid": gettext_lazy("Isi jumlah JP dengan angka"),
            "min_value": gettext_lazy("JP paling sedikit 1"),
            "max_value": gettext_lazy("JP paling banyak 24 untuk satu sesi"),
        },
    )
    asks_exit = forms.BooleanField(
        label=gettext_lazy("Catat juga waktu pulang"),
        help_text=gettext_lazy("Peserta memindai QR sekali lagi di akhir sesi. Nilai kehadirannya tetap."),
        required=False,
    )
    SOURCE = {"starts_at": "begin", "ends_at": "end", "cohort": "cohort"}
    field_order = WHAT_AND_WHEN

    def __init__(self, *args, cohort: Cohort | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if "module" not in self.fields:
            return
        modules = Module.objects.select_related("curriculum").order_by("curriculum", "order")
        if cohort:
            modules = modules.filter(curriculum__cohort_pins__cohort=cohort)
        else:
            modules = modules.filter(curriculum__cohort_pins__isnull=False).distinct()
        self.fields["module"].queryset = modules

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
        return {name: value for name, value in self.cleaned_data.items() if name not in NOT_SAVED}


class NewSessionForm(SessionForm):
    """A session or a weekly series of one cohort."""

    cohort = forms.ModelChoiceField(
        label=gettext_lazy("Angkatan"),
        queryset=Cohort.objects.none(),
        empty_label=gettext_lazy("Pilih angkatan"),
        error_messages={
            "required": gettext_lazy("Pilih angkatan"),
            "invalid_choice": gettext_lazy("Pilih angkatan dari daftar"),
        },
    )
    repeat = forms.IntegerField(
        label=gettext_lazy("Banyaknya pertemuan"),
        min_value=1,
        max_value=MAX_SERIES,
        initial=1,
        help_text=gettext_lazy("Lebih dari 1: sesi yang sama tiap minggu pada jam yang sama."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Isi banyaknya pertemuan"),
            "invalid": gettext_lazy("Isi banyaknya pertemuan dengan angka"),
            "min_value": gettext_lazy("Pertemuan paling sedikit 1"),
            "max_value": gettext_lazy("Pertemuan paling banyak 20 sekaligus"),
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

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


class MoveForm(SessionForm):
    """A session that has not begun, on a new day or changed, with the later ones of its module if asked."""

    module = None
    with_later = forms.BooleanField(required=False)

    def __init__(self, *args, later, **kwargs):
        super().__init__(*args, **kwargs)
        if not later:
            del self.fields["with_later"]
            return
        label = ngettext("Geser juga %(n)d sesi sesudahnya", "Geser juga %(n)d sesi sesudahnya", len(later))
        days = ", ".join(date_medium(one.starts_at.astimezone(one.zone).date()) for one in later)
        self.fields["with_later"].label = label % {"n": len(later)}
        self.fields["with_later"].help_text = _(
            "Sesi modul ini tanggal %(days)s bergeser sama jauhnya. Tempat dan narasumbernya tetap."
        ) % {"days": days}

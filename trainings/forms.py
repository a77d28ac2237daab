"""Forms of the trainings. They explain; the actions and the database guarantee."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import GRANTS, Permission
from closedloop.core.forms import form_helper
from closedloop.regions.models import Regency
from participants.models import Cohort, Enrolment
from trainings.models import Attendance, CohortCurriculum, Curriculum, Module, TestResult, TrainingSession

MAX_SERIES = 20


class PortalForm(forms.Form):
    """A crispy form whose page writes the form tag and the button."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class CheckInForm(PortalForm):
    """The spoken code, and the delegate's name where somebody else came."""

    code = forms.CharField(
        label=_("Kode sesi"),
        max_length=40,
        help_text=_("6 huruf atau angka. Kode berganti tiap 2 menit."),
        error_messages={"required": _("Ketik kode yang ada di layar")},
        widget=forms.TextInput(
            attrs={
                "class": "codebox",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "maxlength": "9",
            }
        ),
    )
    delegate_name = forms.CharField(
        label=_("Nama wakil"),
        max_length=120,
        error_messages={"required": _("Isi nama orang yang hadir")},
    )

    def __init__(self, *args, needs_code: bool = True, delegate: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_code:
            del self.fields["code"]
        if not delegate:
            del self.fields["delegate_name"]


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
    regency = forms.ModelChoiceField(
        label=_("Kabupaten/kota"),
        queryset=Regency.objects.select_related("province"),
        empty_label=_("Pilih kabupaten/kota"),
        help_text=_("Menentukan zona waktu: WIB, WITA, atau WIT."),
        error_messages={
            "required": _("Pilih kabupaten/kota"),
            "invalid_choice": _("Pilih kabupaten/kota dari daftar"),
        },
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
    # names the form uses -> fields of the session that an action may complain about
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

    def take_errors(self, error) -> None:
        """Put what an action refused next to the field it is about."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            field = self.SOURCE.get(name, name)
            self.add_error(field if field in self.fields else None, errors)


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


class ReasonForm(PortalForm):
    """Why."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Isi alasannya")},
    )


class StatusForm(PortalForm):
    """A mark on the roster."""

    status = forms.ChoiceField(
        label=_("Kehadiran"),
        choices=Attendance.Status,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih status kehadiran"),
            "invalid_choice": _("Pilih status dari daftar"),
        },
    )


class CorrectionForm(StatusForm, ReasonForm):
    """A changed mark of a closed session, with its reason."""

    field_order = ["status", "reason"]


class ClosingForm(PortalForm):
    """How many people the trainer counted."""

    head_count = forms.IntegerField(
        label=_("Jumlah orang di ruangan"),
        min_value=0,
        max_value=2000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Hitung orang di ruangan, lalu isi jumlahnya"),
            "invalid": _("Isi jumlah orang dengan angka"),
            "min_value": _("Jumlah orang paling sedikit 0"),
            "max_value": _("Periksa lagi jumlahnya"),
        },
    )
    note = forms.CharField(
        label=_("Penjelasan selisih"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Hanya bila jumlahnya berbeda dari yang tercatat hadir."),
    )


class PinForm(PortalForm):
    """The curriculum a cohort follows."""

    curriculum = forms.ModelChoiceField(
        label=_("Kurikulum"),
        queryset=Curriculum.objects.filter(published_at__isnull=False),
        empty_label=_("Pilih kurikulum"),
        error_messages={
            "required": _("Pilih kurikulum"),
            "invalid_choice": _("Pilih kurikulum dari daftar"),
        },
    )


class MarksForm(forms.Form):
    """The marks of one module for every enrolment given: two fields a row, and the day of each test."""

    def __init__(self, *args, enrolments: list[Enrolment], results: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.enrolments, self.results = enrolments, results
        for kind in TestResult.Kind:
            self.fields[f"day_{kind}"] = forms.DateField(
                label=_("Tanggal %(test)s") % {"test": kind.label.lower()},
                required=False,
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}),
                initial=self._latest_day(kind),
                error_messages={"invalid": _("Isi tanggal yang ada")},
            )
        for enrolment in enrolments:
            for kind in TestResult.Kind:
                self.fields[self.name_of(enrolment, kind)] = self._mark_field(enrolment, kind)

    @staticmethod
    def name_of(enrolment: Enrolment, kind: str) -> str:
        return f"{kind}_{enrolment.pk}"

    def rows(self):
        """Yield (enrolment, bound field before, bound field after) for the table."""
        for enrolment in self.enrolments:
            yield enrolment, *(self[self.name_of(enrolment, kind)] for kind in TestResult.Kind)

    def marks(self):
        """Yield (enrolment, kind, mark or None, day) for every field."""
        for enrolment in self.enrolments:
            for kind in TestResult.Kind:
                mark = self.cleaned_data[self.name_of(enrolment, kind)]
                yield enrolment, kind, mark, self.cleaned_data[f"day_{kind}"]

    def clean(self):
        data = super().clean()
        for kind in TestResult.Kind:
            day = data.get(f"day_{kind}")
            marks = any(data.get(self.name_of(enrolment, kind)) is not None for enrolment in self.enrolments)
            if day and day > timezone.localdate():
                self.add_error(f"day_{kind}", _("Tanggal tes tidak boleh setelah hari ini"))
            elif marks and not day and f"day_{kind}" not in self.errors:
                self.add_error(f"day_{kind}", _("Isi tanggal tes"))
        return data

    def _mark_field(self, enrolment: Enrolment, kind) -> forms.DecimalField:
        result = self.results.get((enrolment.pk, kind))
        label = f"{kind.label}, {enrolment.enterprise}"
        wrong = _("%(name)s: isi nilai 0 sampai 100") % {"name": label}
        return forms.DecimalField(
            label=label,
            required=False,
            localize=True,
            min_value=Decimal(0),
            max_value=Decimal(100),
            max_digits=5,
            decimal_places=2,
            initial=result.mark.normalize() + 0 if result else None,
            widget=forms.TextInput(
                attrs={"inputmode": "decimal", "class": "form-control", "aria-label": label, "size": "6"}
            ),
            error_messages=dict.fromkeys(
                ["invalid", "min_value", "max_value", "max_digits", "max_decimal_places"], wrong
            ),
        )

    def _latest_day(self, kind):
        days = [result.taken_on for (_pk, of), result in self.results.items() if of == kind]
        return max(days, default=None)

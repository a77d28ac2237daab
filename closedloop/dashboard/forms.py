"""Forms about a cohort as a whole: its versions, its copy, the first one of all."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.models import ClassScheme, Rubric
from closedloop.core.forms import CountField, DayField, KeyedForm, form_helper
from closedloop.dashboard.pins import Pins, newest_pins
from closedloop.dashboard.planning import code_from
from participants.forms.cohorts import TAKEN_CODES
from participants.models import Cohort, IndicatorSet
from trainings.models import Curriculum


class VersionChoice(forms.ModelChoiceField):
    """One of the published versions, the newest first."""

    def __init__(self, model, label):
        published = model.objects.filter(published_at__isnull=False).order_by("-published_at", "-version")
        wrong = _("Pilih versi dari daftar.")
        super().__init__(
            queryset=published,
            label=label,
            empty_label=None,
            error_messages={"required": wrong, "invalid_choice": wrong},
        )


class PinsForm(forms.Form):
    """By which versions a cohort is taught, judged and asked; under way it takes a reason."""

    curriculum = VersionChoice(Curriculum, _("Kurikulum"))
    rubric = VersionChoice(Rubric, _("Rubrik penilaian"))
    scheme = VersionChoice(ClassScheme, _("Syarat kelas"))
    indicators = VersionChoice(IndicatorSet, _("Set indikator"))
    reason = forms.CharField(
        label=_("Alasan perubahan"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wajib bila angkatan sudah berjalan. Tersimpan bersama daftar akibatnya."),
    )

    def __init__(self, *args, pins: Pins, **options):
        newest = newest_pins()
        shown = {name: getattr(pins, name) or getattr(newest, name) for name in Pins.__dataclass_fields__}
        super().__init__(*args, initial=shown, **options)
        self.helper = form_helper()

    def pins(self) -> Pins:
        return Pins(**{name: self.cleaned_data[name] for name in Pins.__dataclass_fields__})


def unused_code(code: str) -> str:
    """Return the code, or raise ValidationError where an address or a cohort has it."""
    if code in TAKEN_CODES:
        raise ValidationError(_("Kode ini tidak dapat dipakai. Pilih kode lain."))
    if Cohort.objects.filter(code=code).exists():
        raise ValidationError(_("Kode ini sudah dipakai angkatan lain."))
    return code


class CloneForm(KeyedForm):
    """What the copy of a cohort is called and when it begins."""

    SAME, NEWEST = "sama", "terbaru"

    name = forms.CharField(
        label=_("Nama"), max_length=120, error_messages={"required": _("Isi nama angkatan.")}
    )
    code = forms.SlugField(
        label=_("Kode"),
        max_length=20,
        error_messages={
            "required": _("Isi kode angkatan."),
            "invalid": _("Pakai huruf, angka, dan strip saja."),
        },
    )
    starts_on = DayField(label=_("Hari pertama"), error_messages={"required": _("Isi hari pertama.")})
    keep_weekdays = forms.BooleanField(
        label=_("Pertahankan hari dalam minggu"),
        required=False,
        initial=True,
        help_text=_(
            "Sesi hari Selasa tetap hari Selasa: pergeseran dibulatkan ke atas ke minggu penuh, jadi tidak ada "
            "sesi sebelum hari pertama yang baru."
        ),
    )
    versions = forms.ChoiceField(
        label=_("Kurikulum, rubrik, dan indikator"),
        choices=[(SAME, _("Sama dengan angkatan asal")), (NEWEST, _("Versi terbaru"))],
        initial=SAME,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih versinya."), "invalid_choice": _("Pilih versinya.")},
    )

    def clean_code(self):
        return unused_code(self.cleaned_data["code"])

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if not 2000 <= day.year <= 2100:
            raise ValidationError(_("Periksa tahunnya."))
        return day


class NewCohortForm(KeyedForm):
    """What a new cohort needs; whoever offers it proposes a value for everything."""

    name = forms.CharField(
        label=_("Nama angkatan"), max_length=120, error_messages={"required": _("Isi nama angkatan.")}
    )
    code = forms.SlugField(
        label=_("Kode"),
        max_length=20,
        required=False,
        help_text=_(
            "Dipakai di alamat halaman dan di perintah impor. Bila dikosongkan, kode dibuat dari namanya."
        ),
        error_messages={"invalid": _("Pakai huruf, angka, dan strip saja.")},
    )
    sector = forms.CharField(label=_("Sektor"), max_length=120, required=False)
    region = forms.CharField(label=_("Wilayah"), max_length=160, required=False)
    starts_on = DayField(label=_("Mulai"), error_messages={"required": _("Isi tanggal mulai.")})
    ends_on = DayField(label=_("Selesai"), error_messages={"required": _("Isi tanggal selesai.")})
    quota = CountField(
        label=_("Kuota"),
        least=1,
        most=32_767,
        help_text=_("Banyaknya IKM yang direncanakan."),
        error_messages={"required": _("Isi kuotanya.")},
    )
    is_practice = forms.BooleanField(
        label=_("Angkatan latihan"),
        required=False,
        help_text=_("Untuk belajar memakai portal. Pesertanya tidak dihitung dalam angka mana pun."),
    )

    def clean_code(self):
        code = self.cleaned_data["code"] or code_from(self.cleaned_data.get("name", ""))
        return unused_code(code) if code else code

    def clean(self):
        super().clean()
        if self.cleaned_data.get("name") and self.cleaned_data.get("code") == "":
            self.add_error("code", _("Isi kode angkatan."))  # a name without a letter makes none
        starts, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("Tanggal selesai harus sesudah tanggal mulai."))
        return self.cleaned_data

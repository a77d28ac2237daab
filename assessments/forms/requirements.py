"""One requirement of a class: of what it speaks, and the figures that such a requirement needs."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from assessments.forms.dimensions import PublishForm
from assessments.measures import LEVELS, MEASURES
from assessments.models import ClassRequirement
from assessments.scheme_values import Subjects
from closedloop.core.forms import CountField, KeyedForm
from participants.models import ClassLevel

MOST_MONTHS, MOST_DAYS = 12, 365


class RequirementForm(KeyedForm):
    """`about` joins the measure and its code, "dimension:BM"; what a measure does not need is left out."""

    level = forms.TypedChoiceField(
        label=_("Kelas"),
        coerce=int,
        choices=[(level, ClassLevel(level).label) for level in LEVELS],
        error_messages={"required": _("Pilih kelas."), "invalid_choice": _("Pilih kelas dari daftar.")},
    )
    about = forms.ChoiceField(
        label=_("Yang diminta"),
        error_messages={
            "required": _("Pilih yang diminta."),
            "invalid_choice": _("Pilih yang diminta dari daftar."),
        },
    )
    threshold = forms.DecimalField(
        label=_("Ambang"),
        required=False,
        localize=True,
        min_value=Decimal(0),
        max_digits=9,
        decimal_places=3,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_(
            "Nilai 0–100, butir 0–4, persen untuk tepat kirim dan nilai diterima baik, jumlah untuk lainnya."
        ),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            _("Tulis ambangnya dengan angka."),
        ),
    )
    months = CountField(
        label=_("Bulan"),
        least=1,
        most=MOST_MONTHS,
        required=False,
        help_text=_("Lamanya masa yang dihitung, untuk tepat kirim, cacat, dan nilai diterima baik."),
    )
    max_age_days = CountField(
        label=_("Hanya temuan yang lebih tua dari (hari)"),
        least=1,
        most=MOST_DAYS,
        required=False,
        help_text=_("Untuk temuan kritis. Kosong: setiap temuan terbuka dihitung."),
    )

    def __init__(self, *args, subjects: Subjects, **options):
        super().__init__(*args, **options)
        self.fields["about"].choices = [("", _("Pilih")), *choices_of(subjects)]

    @staticmethod
    def initial_of(row: ClassRequirement) -> dict[str, Any]:
        """Return what the form shows of a requirement."""
        factor = 100 if MEASURES[row.measure].is_share else 1
        return {
            "level": row.level,
            "about": f"{row.measure}:{row.subject}",
            "threshold": None if row.threshold is None else (row.threshold * factor).normalize() + 0,
            "months": row.months,
            "max_age_days": row.max_age_days,
        }

    def clean(self):
        data = super().clean()
        if "about" not in data:
            return data
        kind = MEASURES[data["about"].partition(":")[0]]
        threshold = data.get("threshold")
        if kind.has_threshold and threshold is None and "threshold" not in self.errors:
            self.add_error("threshold", _("Isi ambangnya."))
        elif kind.has_threshold and threshold is not None:
            most = kind.most * 100 if kind.is_share else kind.most
            if threshold > most:
                self.add_error("threshold", format_lazy(_("Paling tinggi {most}."), most=most))
        if kind.has_months and data.get("months") is None and "months" not in self.errors:
            self.add_error("months", _("Isi banyaknya bulan."))
        return data

    def values(self) -> dict[str, Any]:
        """Return what an action stores; rates become shares."""
        data = self.cleaned_data
        measure, _colon, subject = data["about"].partition(":")
        kind = MEASURES[measure]
        threshold = data["threshold"] if kind.has_threshold else None
        return {
            "id": data["key"],
            "level": data["level"],
            "measure": measure,
            "subject": subject,
            "threshold": threshold / 100 if kind.is_share else threshold,
            "months": data["months"] if kind.has_months else None,
            "max_age_days": data["max_age_days"] if kind.has_age else None,
        }


class PublishSchemeForm(PublishForm):
    """The same words as for a rubric, and whether the numbers are still an example."""

    is_example = forms.BooleanField(
        label=_("Masih contoh"),
        required=False,
        help_text=_("Setiap halaman menyebut syaratnya contoh sampai program menetapkannya."),
    )
    field_order = ["name", "change_note", "is_example", "seen_as"]


def choices_of(subjects: Subjects) -> list:
    """Return the choices: the measures without a code first, then one group for each measure with codes."""
    names = dict(ClassRequirement.Measure.choices)
    alone = [(f"{measure}:", names[measure]) for measure, kind in MEASURES.items() if not kind.subject]
    groups = [
        (names[measure], [(f"{measure}:{code}", title) for code, title in subjects[kind.subject].items()])
        for measure, kind in MEASURES.items()
        if kind.subject
    ]
    return alone + groups

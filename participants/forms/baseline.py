"""Forms about the figures of an enterprise: those of a year, and the ones it is asked for."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import CountField, RupiahField, form_helper
from participants.actions.baseline import Answer
from participants.audience import with_readers
from participants.forms.fields import FIRST_FIGURE_YEAR, MOST_PEOPLE, RUPIAH_HINT
from participants.forms.fractions import FractionField
from participants.models import Indicator
from participants.told import Question

Unit = Indicator.Unit
MOST_PIECES = 10**12  # kilograms of the largest mill there is


class AnnualFigureForm(forms.Form):
    """What an enterprise reports for a year."""

    year = forms.IntegerField(
        label=_("Tahun"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Isi tahunnya."), "invalid": _("Tulis tahunnya dengan empat angka.")},
    )
    annual_sales = RupiahField(label=_("Omzet setahun"), required=False, help_text=with_readers(RUPIAH_HINT))
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


@dataclass(frozen=True)
class Row:
    """The fields of one question, as the page draws them together."""

    question: Question
    value: forms.BoundField
    unknown: forms.BoundField
    low: forms.BoundField | None
    high: forms.BoundField | None
    unit: forms.BoundField | None


def field_for(indicator: Indicator, label) -> forms.Field:
    """Return the field that reads a value of the indicator as people write it."""
    match indicator.unit:
        case Unit.RUPIAH:
            return RupiahField(label=label, required=False, help_text=with_readers(RUPIAH_HINT))
        case Unit.PEOPLE | Unit.COUNT:
            return CountField(label=label, required=False, most=MOST_PEOPLE)
        case Unit.PERCENT:
            return FractionField(label=label, required=False, places=2, most=100)
    return CountField(label=label, required=False, most=MOST_PIECES)


class FiguresForm(forms.Form):
    """The figures that may be asked today. What is left empty is asked again; *tidak tahu* is an answer."""

    def __init__(self, *args, questions: list[Question], **options):
        super().__init__(*args, **options)
        self.questions = questions
        for question in questions:
            self.add_fields(question)

    def add_fields(self, question: Question) -> None:
        code, indicator, present = question.code, question.line.indicator, question.present
        shown = present if present and present.period == question.period else None
        self.fields[code] = field_for(indicator, indicator.asked)
        self.fields[f"{code}-unknown"] = forms.BooleanField(label=_("Tidak tahu"), required=False)
        if shown:
            self.initial[code] = plain(shown.value)
            self.initial[f"{code}-unknown"] = not shown.is_known
        if question.takes_range:
            for end, label in (("low", _("paling sedikit")), ("high", _("paling banyak"))):
                self.fields[f"{code}-{end}"] = field_for(indicator, label)
                self.fields[f"{code}-{end}"].help_text = ""
                if shown:
                    self.initial[f"{code}-{end}"] = plain(getattr(shown, end))
        if indicator.unit == Unit.OWN:
            self.fields[f"{code}-unit"] = forms.CharField(
                label=_("Satuan"),
                required=False,
                max_length=20,
                help_text=_("Misalnya pcs, kg, atau set. Bukan ton: pakai kg."),
            )
            self.initial[f"{code}-unit"] = present.unit if present else ""

    @property
    def rows(self) -> list[Row]:
        def bound(name):
            return self[name] if name in self.fields else None

        return [
            Row(
                question,
                self[question.code],
                self[f"{question.code}-unknown"],
                bound(f"{question.code}-low"),
                bound(f"{question.code}-high"),
                bound(f"{question.code}-unit"),
            )
            for question in self.questions
        ]

    def clean(self):
        super().clean()
        for question in self.questions:
            self.check(question)
        total, women = (self.cleaned_data.get(code) for code in ("workers", "workers_female"))
        if total is not None and women is not None and women > total:
            self.add_error("workers_female", _("Jumlah perempuan melebihi seluruh tenaga kerja."))
        if not self.errors and not any(self.is_told(question.code) for question in self.questions):
            self.add_error(None, _("Isi sedikitnya satu angka, atau beri tanda tidak tahu."))
        return self.cleaned_data

    def is_told(self, code: str) -> bool:
        data = self.cleaned_data
        return bool(data.get(f"{code}-unknown")) or any(
            data.get(name) is not None for name in (code, f"{code}-low", f"{code}-high")
        )

    def check(self, question: Question) -> None:
        """Refuse two answers to one question, half a range, and an amount without its unit."""
        code, data = question.code, self.cleaned_data
        value, low, high = (data.get(name) for name in (code, f"{code}-low", f"{code}-high"))
        ways = [value is not None, low is not None or high is not None, bool(data.get(f"{code}-unknown"))]
        if sum(ways) > 1:
            self.add_error(code, _("Pilih satu: isi angkanya, isi kisarannya, atau tidak tahu."))
        if (low is None) != (high is None) and not self.has_error(f"{code}-low"):
            self.add_error(f"{code}-low", _("Isi kedua ujung kisaran."))
        if low is not None and high is not None and low > high:
            self.add_error(f"{code}-low", _("Ujung bawah kisaran melebihi ujung atasnya."))
        if f"{code}-unit" in self.fields and value is not None and not data.get(f"{code}-unit"):
            self.add_error(f"{code}-unit", _("Isi satuannya."))

    def answers(self) -> list[Answer]:
        """Return what was told, ready for the action; questions left empty are not among it."""
        data = self.cleaned_data
        return [
            Answer(
                indicator=question.line.indicator,
                period=question.period,
                value=decimal(data.get(question.code)),
                low=decimal(data.get(f"{question.code}-low")),
                high=decimal(data.get(f"{question.code}-high")),
                unit=data.get(f"{question.code}-unit", "") if data.get(question.code) is not None else "",
                is_unknown=bool(data.get(f"{question.code}-unknown")),
            )
            for question in self.questions
            if self.is_told(question.code)
        ]


def plain(value: Decimal | None) -> int | Decimal | None:
    """Return a whole number as an int, so that its field groups the thousands."""
    return int(value) if value is not None and value == int(value) else value


def decimal(value) -> Decimal | None:
    return None if value is None else Decimal(value)

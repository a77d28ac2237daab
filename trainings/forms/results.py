"""The marks of a test, the whole roster on one page."""

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.models import Enrolment
from trainings.models import TestResult


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

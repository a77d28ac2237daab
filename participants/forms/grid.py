"""The form behind the sheet in the browser."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import KeyedForm
from participants.grid import GridRow, rows_in
from participants.models import Cohort

LONGEST = 1_500_000


class GridRowsForm(forms.Form):
    """The rows alone, to be looked at."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST, required=False)

    def clean_rows(self) -> list[GridRow]:
        return rows_in(self.cleaned_data["rows"] or "[]")


class GridForm(KeyedForm, GridRowsForm):
    """The rows and the cohort they are for."""

    cohort = forms.ModelChoiceField(
        label=_("Angkatan"),
        queryset=Cohort.objects.not_closed(),
        to_field_name="code",
        empty_label=_("Pilih angkatan"),
        error_messages={"required": _("Pilih angkatan."), "invalid_choice": _("Pilih angkatan yang ada.")},
    )

    def clean_rows(self) -> list[GridRow]:
        rows = super().clean_rows()
        if all(row.is_blank for row in rows):
            raise ValidationError(_("Lembar masih kosong. Ketik atau tempel barisnya dulu."))
        return rows

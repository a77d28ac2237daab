"""Forms of milestones and of what both sides say when nothing moves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import DayField, form_helper
from partnerships.models import Milestone, StallAnswer


class MilestonesForm(forms.Form):
    """Two days for each step of one part; an empty step is none."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for step, label in Milestone.Step.choices:
            self.fields[f"{step}_planned"] = DayField(
                label=_("%(step)s: rencana") % {"step": label}, required=False
            )
            self.fields[f"{step}_reached"] = DayField(
                label=_("%(step)s: tercapai") % {"step": label}, required=False
            )
        self.helper = form_helper()

    def rows(self) -> list[dict]:
        """Return the fields of each step, for a table."""
        return [
            {"label": label, "planned": self[f"{step}_planned"], "reached": self[f"{step}_reached"]}
            for step, label in Milestone.Step.choices
        ]

    def values(self) -> dict:
        """Return {step: (planned, reached)}."""
        said = self.cleaned_data
        return {step: (said[f"{step}_planned"], said[f"{step}_reached"]) for step in Milestone.Step.values}


class StallForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Mengapa belum ada gerak?"),
        choices=StallAnswer.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih alasannya.")},
    )
    note = forms.CharField(
        label=_("Keterangan"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Pihak lain dan petugas program membacanya."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

"""What was done about a warning."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.forms.base import PortalForm
from trainings.models import WarningAnswer


class WarningForm(PortalForm):
    """The note, and which warning it is about."""

    rule = forms.ChoiceField(choices=WarningAnswer.Rule.choices, widget=forms.HiddenInput)
    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Apa yang sudah dilakukan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Tulis apa yang sudah dilakukan"),
            "max_length": _("Catatan paling panjang 300 huruf"),
        },
    )

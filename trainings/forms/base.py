"""What every form of the trainings is, and the one that only asks why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import form_helper


class PortalForm(forms.Form):
    """A crispy form whose page writes the form tag and the button."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class ReasonForm(PortalForm):
    """Why."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Isi alasannya")},
    )

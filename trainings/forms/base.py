"""What every form of the trainings is, the one that only asks why, and the clock of a phone."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import form_helper


class PortalForm(forms.Form):
    """A crispy form whose page writes the form tag and the button."""

    # what an action may complain about -> the field of the form it came from
    SOURCE: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()

    def take_errors(self, error) -> None:
        """Put what an action refused next to the field it is about."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            field = self.SOURCE.get(name, name)
            self.add_error(field if field in self.fields else None, errors)


class ReasonForm(PortalForm):
    """Why."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Isi alasannya")},
    )


# a clock further off than this was never set, or was set to make trouble: some years cannot be read back
FURTHEST = timedelta(days=366)


class ClockField(forms.DateTimeField):
    """The clock of a phone, kept as it said; one that cannot be read is unknown and no reason to lose a tap."""

    def clean(self, value):
        try:
            said = super().clean(value)
            return said if said and abs(said - timezone.now()) <= FURTHEST else None
        except (forms.ValidationError, OverflowError):
            return None

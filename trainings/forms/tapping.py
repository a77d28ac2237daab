"""One tap on the roster, as a phone sends it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.actions import Tapped
from trainings.forms.base import ClockField
from trainings.models import Attendance


class TappedForm(forms.Form):
    """Which tap it was. A page without a script sends no key: every press is then a tap of its own."""

    key = forms.UUIDField(
        required=False, error_messages={"invalid": _("Muat ulang halaman, lalu ketuk lagi.")}
    )
    at = ClockField(required=False)
    sent = ClockField(required=False)

    def tapped(self) -> Tapped:
        """Return what the phone said of the tap."""
        data = self.cleaned_data
        known = {"key": data["key"]} if data["key"] else {}
        return Tapped(**known, at=data["at"], sent=data["sent"])


class TapForm(TappedForm):
    """A tap on one row: the status, and what the row showed before."""

    status = forms.ChoiceField(
        choices=Attendance.Status,
        error_messages={
            "required": _("Pilih status kehadiran"),
            "invalid_choice": _("Pilih status dari daftar"),
        },
    )
    seen = forms.ChoiceField(choices=[("", ""), *Attendance.Status.choices], required=False)
    receipt = forms.CharField(max_length=10, required=False)


class UndoForm(forms.Form):
    """The key of the tap to take back."""

    tap = forms.UUIDField(
        error_messages={"invalid": _("Muat ulang halaman."), "required": _("Muat ulang halaman.")}
    )

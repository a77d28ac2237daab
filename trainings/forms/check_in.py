"""What an owner types to check in."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import new_id
from trainings.actions.sending import Sending
from trainings.distance import FURTHEST
from trainings.forms.base import ClockField, PortalForm


class MetresField(forms.IntegerField):
    """What a phone measured; what cannot be read or lies beyond the earth is unknown and no reason to lose a tap."""

    def clean(self, value):
        try:
            said = super().clean(value)
            return said if said is not None and 0 <= said <= FURTHEST else None
        except forms.ValidationError:
            return None


class CheckInForm(PortalForm):
    """The spoken code, and the delegate's name where somebody else came.

    Hidden: the key by which the same form is known again, the clock of the phone, the scan the form was
    opened with, which proves a late arrival, and how far the phone is, if its owner lets it say so.
    """

    code = forms.CharField(
        label=_("Kode sesi"),
        max_length=40,
        help_text=_("6 huruf atau angka. Kode berganti tiap 2 menit."),
        error_messages={"required": _("Ketik kode yang ada di layar")},
        widget=forms.TextInput(
            attrs={
                "class": "codebox",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "maxlength": "9",
            }
        ),
    )
    delegate_name = forms.CharField(
        label=_("Nama wakil"),
        max_length=120,
        error_messages={"required": _("Isi nama orang yang hadir")},
    )

    key = forms.CharField(required=False, widget=forms.HiddenInput, initial=new_id)
    pressed = ClockField(required=False, widget=forms.HiddenInput)
    sent = ClockField(required=False, widget=forms.HiddenInput)
    scan = forms.CharField(required=False, widget=forms.HiddenInput)
    distance = MetresField(required=False, widget=forms.HiddenInput)
    accuracy = MetresField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, needs_code: bool = True, delegate: bool = False, scan=None, **kwargs):
        super().__init__(*args, **kwargs)
        if scan:
            self.fields["scan"].initial = scan.signed()
        if not needs_code:
            del self.fields["code"]
        if not delegate:
            del self.fields["delegate_name"]

    @property
    def sending(self) -> Sending | None:
        """What the phone said of this form, or None for a form without a readable key."""
        try:
            key = UUID(self.cleaned_data.get("key", ""))
        except ValueError:
            return None
        said = {name: self.cleaned_data.get(name) for name in ("pressed", "sent", "distance", "accuracy")}
        if said["distance"] is None:
            said["accuracy"] = None
        return Sending(key, **said)

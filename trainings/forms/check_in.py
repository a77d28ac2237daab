"""What an owner types to check in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.forms.base import PortalForm


class CheckInForm(PortalForm):
    """The spoken code, and the delegate's name where somebody else came."""

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

    def __init__(self, *args, needs_code: bool = True, delegate: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_code:
            del self.fields["code"]
        if not delegate:
            del self.fields["delegate_name"]

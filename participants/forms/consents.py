"""Forms about what an enterprise agrees to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import form_helper
from participants.models import Consent

ON_PAPER = _("Formulir kertas")


class ConsentForm(forms.Form):
    """An agreement to one purpose, given to somebody of the programme on paper or by telephone."""

    purpose = forms.ChoiceField(
        label=_("Tujuan"),
        choices=[("", _("Pilih tujuan")), *Consent.Purpose.choices],
        error_messages={"required": _("Pilih tujuan.")},
    )
    channel = forms.CharField(
        label=_("Diberikan lewat"),
        max_length=40,
        initial=ON_PAPER,
        error_messages={"required": _("Isi lewat apa persetujuan diberikan.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()


class WithdrawalForm(forms.Form):
    """How an enterprise let the programme know that it withdraws."""

    channel = forms.CharField(
        label=_("Ditarik lewat"),
        max_length=40,
        required=False,  # nothing stands in the way of a withdrawal
        initial=ON_PAPER,
    )

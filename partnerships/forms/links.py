"""Forms behind a signed link: what arrived, and what is wrong with it. Made for a thumb."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import CountField, KeyedForm
from partnerships.models import Dispute


class LinkForm(KeyedForm):
    """Make a link: nothing to type, only the key that lets one press make one link."""


class DisputeForm(forms.Form):
    """What is wrong: a reason from the list, words, and what was counted if anything was."""

    reason = forms.ChoiceField(
        label=_("Apa yang berbeda"),
        choices=Dispute.Reason.choices,
        widget=forms.RadioSelect(attrs={"data-look": "choice"}),
        error_messages={"required": _("Pilih apa yang berbeda.")},
    )
    text = forms.CharField(
        label=_("Keterangan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Misalnya: diterima 2.364 dari 2.400 menurut surat jalan. IKM dan admin program membacanya."
        ),
        error_messages={"required": _("Tulis apa yang berbeda, misalnya: diterima 2.364 dari 2.400.")},
    )
    good = CountField(label=_("Baik menurut hitungan Anda"), required=False)
    rejected = CountField(label=_("Ditolak menurut hitungan Anda"), required=False)

"""Forms behind a signed link: what arrived, and what is wrong with it. Made for a thumb."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.mending import PHOTO_HELP
from closedloop.core.forms import CountField, KeyedForm
from closedloop.core.photos import PhotoField
from partnerships.forms.complaints import EarlierField
from partnerships.models import Complaint, Dispute


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


class LinkDisputeForm(DisputeForm):
    """A dispute that may raise a complaint at once, as an account's may in a second step."""

    makes_complaint = forms.BooleanField(
        label=_("Jadikan keluhan"),
        required=False,
        help_text=_("IKM menahan masalahnya, mencari penyebabnya, dan memperbaiki; Anda mengecek hasilnya."),
    )
    repeat_of = EarlierField(
        label=_("Pernah terjadi sebelumnya?"),
        queryset=Complaint.objects.none(),
        required=False,
        empty_label=_("Belum pernah"),
    )
    photo = PhotoField(label=_("Foto untuk keluhan"), required=False, help_text=PHOTO_HELP)

    def __init__(self, *args, earlier, **options):
        super().__init__(*args, **options)
        self.fields["repeat_of"].queryset = earlier
        if not earlier.exists():
            del self.fields["repeat_of"]

    def clean(self):
        said = super().clean()
        if said.get("photo") and not said.get("makes_complaint"):
            self.add_error("makes_complaint", _("Centang ini supaya fotonya ikut terkirim."))
        return said

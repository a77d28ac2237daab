"""Who else was in the room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import KeyedForm, PhoneField
from participants.models import Enrolment
from trainings.forms.base import PortalForm


class GuestForm(KeyedForm):
    """A walk-in: name and where from; the number only when they give it."""

    name = forms.CharField(
        label=_("Nama tamu"), max_length=120, error_messages={"required": _("Isi nama tamu")}
    )
    organisation = forms.CharField(
        label=_("Dari mana"),
        max_length=160,
        help_text=_("Perusahaan, dinas, atau kampus."),
        error_messages={"required": _("Isi asal tamu")},
    )
    phone = PhoneField(label=_("Nomor HP"), required=False)


class DelegateForm(PortalForm):
    """Who came for the IKM."""

    name = forms.CharField(
        label=_("Nama yang hadir"), max_length=120, error_messages={"required": _("Isi nama yang hadir")}
    )


class GuestLinkForm(PortalForm):
    """Which IKM of the cohort the guest came for."""

    enrolment = forms.ModelChoiceField(
        label=_("IKM"),
        queryset=Enrolment.objects.none(),
        empty_label=_("Pilih IKM"),
        error_messages={"required": _("Pilih IKM"), "invalid_choice": _("Pilih IKM dari daftar")},
    )

    def __init__(self, *args, enrolments, **options):
        super().__init__(*args, **options)
        self.fields["enrolment"].queryset = enrolments
        self.fields["enrolment"].label_from_instance = lambda enrolment: str(enrolment.enterprise)

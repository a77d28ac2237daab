"""What an owner asks about attendance, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.photos import PhotoField
from trainings.forms.base import PortalForm
from trainings.models import Attendance, Excuse

PHOTO_HELP = _("Surat dokter atau undangan, bila ada. JPG, PNG, atau WEBP, paling besar 15 MB.")


class AskForm(PortalForm):
    """A reason, and a photo where there is one."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Isi alasannya"), "max_length": _("Alasan paling panjang 300 huruf")},
    )
    photo = PhotoField(label=_("Foto"), required=False, help_text=PHOTO_HELP)


class ExcuseForm(AskForm):
    """Leave or sickness."""

    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=Excuse.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih izin atau sakit"), "invalid_choice": _("Pilih izin atau sakit")},
    )
    field_order = ["kind", "reason", "photo"]


class CorrectionAskForm(AskForm):
    """What the mark should have been."""

    wanted = forms.ChoiceField(
        label=_("Seharusnya"),
        choices=Attendance.Status.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih status kehadiran"),
            "invalid_choice": _("Pilih status dari daftar"),
        },
    )
    photo = PhotoField(
        label=_("Foto"),
        required=False,
        help_text=_("Yang menunjukkan kehadiran Anda, bila ada. JPG, PNG, atau WEBP, paling besar 15 MB."),
    )
    field_order = ["wanted", "reason", "photo"]


class AnswerForm(PortalForm):
    """Yes or no; a no needs words."""

    grant = forms.TypedChoiceField(
        label=_("Keputusan"),
        choices=[("yes", _("Setujui")), ("no", _("Tolak"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih keputusannya"), "invalid_choice": _("Pilih keputusannya")},
    )
    answer = forms.CharField(
        label=_("Jawaban untuk peminta"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wajib bila ditolak."),
    )

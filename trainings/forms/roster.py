"""What a trainer says of who was there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.forms.base import PortalForm, ReasonForm
from trainings.models import Attendance


class StatusForm(PortalForm):
    """A mark on the roster."""

    status = forms.ChoiceField(
        label=_("Kehadiran"),
        choices=Attendance.Status,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih status kehadiran"),
            "invalid_choice": _("Pilih status dari daftar"),
        },
    )


class CorrectionForm(StatusForm, ReasonForm):
    """A changed mark of a closed session, with its reason."""

    field_order = ["status", "reason"]


class ClosingForm(PortalForm):
    """How many people the trainer counted."""

    head_count = forms.IntegerField(
        label=_("Jumlah orang di ruangan"),
        min_value=0,
        max_value=2000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Hitung orang di ruangan, lalu isi jumlahnya"),
            "invalid": _("Isi jumlah orang dengan angka"),
            "min_value": _("Jumlah orang paling sedikit 0"),
            "max_value": _("Periksa lagi jumlahnya"),
        },
    )
    note = forms.CharField(
        label=_("Penjelasan selisih"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wajib bila jumlahnya berbeda dari orang yang tercatat, tamu termasuk."),
    )
    unreviewed = forms.CharField(
        label=_("Alasan menutup tanpa meninjau"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wajib selama masih ada kehadiran yang perlu ditinjau."),
    )

    def __init__(self, *args, has_signals: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_signals:
            del self.fields["unreviewed"]

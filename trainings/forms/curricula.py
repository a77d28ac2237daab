"""Which curriculum a cohort follows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.forms.base import PortalForm
from trainings.models import Curriculum


class PinForm(PortalForm):
    """The curriculum a cohort follows."""

    curriculum = forms.ModelChoiceField(
        label=_("Kurikulum"),
        queryset=Curriculum.objects.filter(published_at__isnull=False),
        empty_label=_("Pilih kurikulum"),
        error_messages={
            "required": _("Pilih kurikulum"),
            "invalid_choice": _("Pilih kurikulum dari daftar"),
        },
    )

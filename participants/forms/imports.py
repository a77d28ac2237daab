"""The form that takes a registration workbook."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import form_helper
from participants.models import Cohort


class UploadForm(forms.Form):
    """A workbook and the cohort its rows are for."""

    cohort = forms.ModelChoiceField(
        label=_("Angkatan"),
        queryset=Cohort.objects.not_closed(),
        to_field_name="code",
        empty_label=_("Pilih angkatan"),
        error_messages={"required": _("Pilih angkatan."), "invalid_choice": _("Pilih angkatan yang ada.")},
    )
    file = forms.FileField(
        label=_("Berkas Excel"),
        help_text=_(
            "Berkas .xlsx dari formulir pendaftaran, paling besar 5 MB. Judul kolom tidak perlu diubah."
        ),
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
        error_messages={
            "required": _("Pilih berkas Excel."),
            "empty": _("Berkas ini kosong. Pilih berkas lain."),
        },
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

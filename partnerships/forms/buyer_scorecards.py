"""The form that takes a buyer's own scorecard."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import form_helper
from participants.archive import MAX_BYTES, UnreadableWorkbook
from partnerships.scorecard_sheet import read_sheet


class ScorecardFileForm(forms.Form):
    """An .xlsx file; cleans to (rows, faults) of its sheet."""

    file = forms.FileField(
        label=_("Berkas Excel"),
        help_text=_("Berkas .xlsx dengan kolom IKM, Bulan, Tepat kirim, PPM, Nilai. Paling besar 5 MB."),
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

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise ValidationError(_("Berkas lebih dari 5 MB."))
        try:
            return read_sheet(upload.read())
        except UnreadableWorkbook as error:
            raise ValidationError(str(error)) from error

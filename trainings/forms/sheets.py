"""A filled paper list: its photos, and what was typed off it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from closedloop.core.forms import KeyedForm
from closedloop.core.photos import PhotoField
from trainings.forms.base import PortalForm
from trainings.models import Sheet
from trainings.paper import Fault, Problem, read

PHOTOS = 6


class PrintForm(KeyedForm):
    """A press on print; its key makes that two presses are one sheet."""


class SheetPhotosForm(PortalForm):
    """Every page of the sheet."""

    photos = PhotoField(
        label=gettext_lazy("Foto lembar"),
        multiple=True,
        limit=PHOTOS,
        help_text=gettext_lazy("Semua halaman, paling banyak 6 foto. Foto tersimpan sebagai bukti."),
        error_messages={"required": gettext_lazy("Pilih foto lembarnya")},
    )


class TypedForm(PortalForm):
    """The exceptions, as one says them. `sheet` gives the rows that numbers and names mean."""

    isi = forms.CharField(
        label=gettext_lazy("Yang tertulis di lembar"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "off"}),
        help_text=gettext_lazy(
            "Nomor atau nama yang tidak hadir, misalnya: semua hadir kecuali 3, 7, 12 (izin). "
            "Yang ditulis tanpa status berarti alpa."
        ),
        error_messages={
            "required": gettext_lazy("Tulis pengecualiannya, atau: semua hadir"),
            "max_length": gettext_lazy("Paling panjang 1.000 huruf"),
        },
    )

    def __init__(self, *args, sheet: Sheet, **options):
        super().__init__(*args, **options)
        self.sheet = sheet
        self.exceptions: dict[int, str] = {}

    def clean_isi(self):
        text = self.cleaned_data["isi"]
        reading = read(text, [(enterprise, person) for _pk, enterprise, person in self.sheet.rows])
        if reading.problems:
            raise ValidationError([self.words_of(problem) for problem in reading.problems])
        self.exceptions = reading.exceptions
        return text

    def words_of(self, problem: Problem) -> str:
        """Say what could not be read and what to do."""
        text = {
            Fault.NO_SUCH_ROW: _("Tidak ada nomor %(item)s di lembar ini: nomornya 1 sampai %(last)s."),
            Fault.NO_SUCH_NAME: _("“%(item)s” tidak ada di lembar ini. Tulis nomornya."),
            Fault.SEVERAL_NAMES: _("“%(item)s” bisa berarti %(names)s. Tulis nomornya."),
            Fault.TWO_STATUSES: _("Nomor %(item)s ditulis dengan dua keterangan. Pilih satu."),
        }[problem.fault]
        return text % {
            "item": problem.item[:40],
            "last": len(self.sheet.rows),
            "names": "; ".join(problem.names),
        }

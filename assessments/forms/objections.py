"""An owner's objection, its answer, and what became of a condition."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Objection
from closedloop.core.forms import KeyedForm, form_helper
from participants.forms.files import read_document

REQUIRED = {"min_length": _("Tulis paling sedikit %(limit_value)d huruf.")}


class ObjectionForm(KeyedForm):
    """Why the owner does not agree, with a photo or a paper if there is one."""

    reason = forms.CharField(
        label=_("Mengapa Anda keberatan?"),
        help_text=_("Paling sedikit 30 huruf. Sebut syarat atau nilai yang menurut Anda keliru."),
        min_length=Objection.REASON_LENGTH,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={**REQUIRED, "required": _("Tulis alasan keberatan.")},
    )
    file = forms.FileField(
        label=_("Bukti"),
        required=False,
        help_text=_("Foto JPG atau PNG, atau PDF; paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"empty": _("Berkas ini kosong. Pilih berkas lain.")},
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        return read_document(upload) if upload else None


class AnswerForm(forms.Form):
    """Rejected or accepted, with the reason the owner will read."""

    accept = forms.ChoiceField(
        label=_("Jawaban"),
        choices=[("tidak", _("Tolak keberatan")), ("ya", _("Terima: sidang ulang"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih jawabannya."), "invalid_choice": _("Pilih jawabannya.")},
    )
    answer = forms.CharField(
        label=_("Alasan"),
        help_text=_("Paling sedikit 30 huruf. Pemilik IKM membaca teks ini."),
        min_length=Objection.REASON_LENGTH,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={**REQUIRED, "required": _("Tulis alasan jawaban.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()


class SettlingForm(forms.Form):
    """Whether a condition was met, and what shows it."""

    met = forms.ChoiceField(
        label=_("Hasil"),
        choices=[("ya", _("Terpenuhi")), ("tidak", _("Tidak terpenuhi"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih hasilnya."), "invalid_choice": _("Pilih hasilnya.")},
    )
    note = forms.CharField(
        label=_("Yang dilihat"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis apa yang dilihat.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

"""Forms about the papers of an enterprise."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import DayField, KeyedForm, form_helper
from participants.forms.files import read_document
from participants.models import Document


class DocumentForm(KeyedForm):
    """A paper, with or without its file."""

    kind = forms.ChoiceField(
        label=_("Jenis dokumen"),
        choices=[("", _("Pilih jenis")), *Document.Kind.choices],
        error_messages={"required": _("Pilih jenis dokumen.")},
    )
    number = forms.CharField(label=_("Nomor"), max_length=80, required=False)
    issuer = forms.CharField(label=_("Penerbit"), max_length=120, required=False)
    issued_on = DayField(label=_("Tanggal terbit"), required=False)
    expires_on = DayField(
        label=_("Berlaku sampai"), required=False, help_text=_("Kosongkan bila tidak ada batasnya.")
    )
    file = forms.FileField(
        label=_("Berkas"),
        required=False,
        help_text=_("PDF, JPG, atau PNG, paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"empty": _("Berkas ini kosong. Pilih berkas lain.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

    def clean_file(self):
        upload = self.cleaned_data["file"]
        return read_document(upload) if upload else None

    def clean(self):
        super().clean()
        issued, expires = self.cleaned_data.get("issued_on"), self.cleaned_data.get("expires_on")
        if issued and issued > timezone.localdate():
            self.add_error("issued_on", _("Tanggal terbit tidak boleh setelah hari ini."))
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("Berlaku sampai tidak boleh sebelum tanggal terbit."))
        if not self.cleaned_data.get("file") and not self.cleaned_data.get("number") and not self.errors:
            self.add_error("number", _("Isi nomornya atau unggah berkasnya."))
        return self.cleaned_data


class NewVersionForm(DocumentForm):
    """A newer version of a paper; its kind stays."""

    kind = None


class RemovalForm(forms.Form):
    """Why a paper is taken out."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Misalnya salah unggah, atau dicabut penerbitnya."),
        error_messages={"required": _("Isi alasannya.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

"""Factory actions: given by the trainer, reported by the IKM, returned by the mentor."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import DatalistInput, DayField, KeyedForm
from closedloop.core.photos import PhotoField
from participants.models import Person
from trainings.forms.base import PortalForm
from trainings.models import FactoryAction

PHOTO_HELP = _("JPG, PNG, atau WEBP, paling besar 15 MB.")
SUGGESTED = 20


def said_before(module_code: str) -> list[tuple[str, str]]:
    """Return what was asked after sessions of the same module, for the list of suggestions."""
    texts = FactoryAction.objects.filter(session__module__code=module_code).order_by("text")
    return [(text, text) for text in texts.values_list("text", flat=True).distinct()[:SUGGESTED]]


class ActionForm(PortalForm):
    """What is to be done, and by when."""

    text = forms.CharField(
        label=_("Aksi"),
        max_length=200,
        help_text=_("Satu hal yang terlihat di pabrik, misalnya beri garis dan label di rak bahan."),
        error_messages={"required": _("Tulis aksinya"), "max_length": _("Aksi paling panjang 200 huruf")},
    )
    due_on = DayField(label=_("Tenggat"), error_messages={"required": _("Isi tenggat")})

    def clean_due_on(self) -> date:
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate() and day != self.initial.get("due_on"):
            raise forms.ValidationError(_("Tenggat tidak boleh sebelum hari ini."))
        return day


class GiveForm(ActionForm):
    """An action after a session, with what others were asked to do after the same module."""

    def __init__(self, *args, module_code: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget = DatalistInput(
            lambda: said_before(module_code), {"maxlength": 200, "autocomplete": "off"}
        )


class ChangeForm(ActionForm):
    """The same said better, by another person or for another day."""

    owner = forms.ModelChoiceField(
        label=_("Pelaksana"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Belum ditentukan"),
        error_messages={"invalid_choice": _("Pilih orang dari IKM itu.")},
    )
    field_order = ["text", "owner", "due_on"]

    def __init__(self, *args, action: FactoryAction, **kwargs):
        initial = {"text": action.text, "owner": action.owner_id, "due_on": action.due_on}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["owner"].queryset = Person.objects.active().filter(enterprise=action.enterprise_id)


class NoActionForm(PortalForm):
    """Why a session sets nothing in motion."""

    reason = forms.CharField(
        label=_("Alasan tanpa aksi"),
        max_length=300,
        error_messages={"required": _("Tulis mengapa sesi ini tanpa aksi.")},
    )


class ReportForm(KeyedForm, PortalForm):
    """What was done, and the photo that shows it: choose a photo, send."""

    photo = PhotoField(
        label=_("Foto sesudah"),
        help_text=PHOTO_HELP,
        error_messages={"required": _("Tambah foto sesudah dikerjakan.")},
    )
    note = forms.CharField(
        label=_("Yang dikerjakan"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Penjelasan paling panjang 300 huruf")},
    )


class BeforeForm(PortalForm):
    """How it looks before the work."""

    photo = PhotoField(
        label=_("Foto sebelum"),
        help_text=_("Ambil sebelum mulai, dari sudut yang sama dengan foto sesudah nanti."),
        error_messages={"required": _("Tambah foto sebelum dikerjakan.")},
    )


class ReturnForm(PortalForm):
    """What is still missing."""

    reason = forms.CharField(
        label=_("Yang masih kurang"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Dibaca pemilik, jadi sebut apa yang perlu ditambah."),
        error_messages={
            "required": _("Tulis apa yang masih kurang."),
            "max_length": _("Penjelasan paling panjang 300 huruf"),
        },
    )

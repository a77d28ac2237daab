"""A question of the bank: in two languages, four choices, one of them right."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import new_id
from trainings.forms.base import PortalForm
from trainings.models import Question


class ChoicesField(forms.CharField):
    """Four choices, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})
    default_error_messages = {"required": _("Isi empat pilihan, satu per baris")}

    def to_python(self, value):
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]

    def validate(self, value):
        super().validate(value)
        if len(value) != Question.CHOICES:
            raise ValidationError(_("Tulis tepat empat pilihan, satu per baris."))
        if len({choice.casefold() for choice in value}) != Question.CHOICES:
            raise ValidationError(_("Keempat pilihan harus berbeda."))
        if any(len(choice) > 200 for choice in value):
            raise ValidationError(_("Satu pilihan paling panjang 200 huruf."))

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value


class QuestionForm(PortalForm):
    """One question; the order of the choices does not matter, everybody sees them shuffled."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    text = forms.CharField(
        label=_("Pertanyaan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Isi pertanyaannya")},
    )
    choices = ChoicesField(label=_("Pilihan"), help_text=_("Satu pilihan per baris, tepat empat."))
    text_en = forms.CharField(
        label=_("Pertanyaan (Inggris)"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Isi pertanyaannya dalam bahasa Inggris")},
    )
    choices_en = ChoicesField(
        label=_("Pilihan (Inggris)"), help_text=_("Dalam urutan yang sama dengan bahasa Indonesia.")
    )
    correct = forms.TypedChoiceField(
        label=_("Jawaban yang benar"),
        choices=list(enumerate([_("Pilihan ke-1"), _("Pilihan ke-2"), _("Pilihan ke-3"), _("Pilihan ke-4")])),
        coerce=int,
        error_messages={"required": _("Pilih jawaban yang benar")},
    )

"""Findings and their mending."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from closedloop.core.forms import form_helper
from participants.models import Enterprise


class FindingForm(forms.Form):
    """A weakness seen outside an assessment."""

    enterprise = forms.ModelChoiceField(
        label="IKM",
        queryset=Enterprise.objects.none(),
        to_field_name="code",
        empty_label=gettext_lazy("Pilih IKM"),
        error_messages={
            "required": gettext_lazy("Pilih IKM"),
            "invalid_choice": gettext_lazy("Pilih IKM dari daftar"),
        },
    )
    problem = forms.CharField(
        label=gettext_lazy("Masalah"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": gettext_lazy("Tulis masalah yang ditemukan"),
            "max_length": gettext_lazy("Masalah paling panjang 300 huruf"),
        },
    )
    root_cause = forms.CharField(
        label=gettext_lazy("Akar masalah"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_on = forms.DateField(
        label=gettext_lazy("Tenggat"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Isi tenggat"),
            "invalid": gettext_lazy("Isi tenggat, misalnya 2026-12-24"),
        },
    )
    is_critical = forms.BooleanField(
        label=gettext_lazy("Temuan kritis"),
        help_text=gettext_lazy("Menahan kenaikan kelas dan pasokan sampai ditutup."),
        required=False,
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
        self.fields["enterprise"].queryset = Enterprise.objects.visible_to(user)

    def clean_due_on(self) -> date:
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Tenggat tidak boleh sebelum hari ini"))
        return day


class ReasonForm(forms.Form):
    """Why a mending is not enough yet, or a proposal is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Tulis alasannya"),
            "max_length": gettext_lazy("Alasan paling panjang 300 huruf"),
        },
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

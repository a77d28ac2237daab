"""Which rubric and class scheme a cohort works with."""

from django import forms
from django.utils.translation import gettext_lazy

from assessments.models import ClassScheme, Rubric
from closedloop.core.forms import form_helper


class PinForm(forms.Form):
    """Both are fixed once and for all; the newest version is offered first."""

    rubric = forms.ModelChoiceField(
        label=gettext_lazy("Rubrik"),
        queryset=Rubric.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Pilih rubrik"),
            "invalid_choice": gettext_lazy("Pilih rubrik dari daftar"),
        },
    )
    scheme = forms.ModelChoiceField(
        label=gettext_lazy("Syarat kelas"),
        queryset=ClassScheme.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Pilih syarat kelas"),
            "invalid_choice": gettext_lazy("Pilih syarat kelas dari daftar"),
        },
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
        self.fields["rubric"].queryset = Rubric.objects.published().order_by("-published_at", "-version")
        self.fields["scheme"].queryset = ClassScheme.objects.published().order_by("-published_at", "-version")

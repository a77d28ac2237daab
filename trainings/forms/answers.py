"""Ten questions on a phone."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import KeyedForm
from trainings.forms.base import ClockField
from trainings.papers import Asked


class AnswersForm(KeyedForm):
    """One choice for each question; the key makes sending it again the same attempt.

    A page posts places, so the caller binds only what a page of this edition sent.
    """

    edition = forms.CharField(widget=forms.HiddenInput)
    finished = ClockField(required=False, widget=forms.HiddenInput)
    sent = ClockField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, paper: list[Asked], **options):
        super().__init__(*args, **options)
        self.paper = paper
        missing = _("Pilih satu jawaban")
        for asked in paper:
            self.fields[asked.name] = forms.ChoiceField(
                label=asked.question.title,
                choices=asked.options,
                widget=forms.RadioSelect,
                error_messages={"required": missing, "invalid_choice": missing},
            )

    def questions(self):
        """Yield the bound field of each question, in order."""
        return [self[asked.name] for asked in self.paper]

    def choices(self) -> dict[UUID, int]:
        """Return the choice of each question by its own number, whatever the order it was shown in."""
        return {asked.question.pk: asked.order[int(self.cleaned_data[asked.name])] for asked in self.paper}

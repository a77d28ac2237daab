"""A second assessor's scores, and what both assessors agreed on."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import SecondAssessment, SecondScore
from closedloop.accounts.models import User
from closedloop.core.forms import form_helper

NOT_APPLICABLE = "na"


def choices_of(score: SecondScore) -> list[tuple[str, str]]:
    """Return what may be said of an item, each with what it means."""
    words = [(str(value), f"{value}: {meaning}") for value, meaning in score.criterion.meanings]
    return [*words, (NOT_APPLICABLE, _("Tidak berlaku"))]


def word_of(value: int | None, not_applicable: bool) -> str:
    return NOT_APPLICABLE if not_applicable else "" if value is None else str(value)


class ItemsForm(forms.Form):
    """A score and a note for each item, both of which may be left for later."""

    note_label = gettext_lazy("Catatan butir %(code)s")

    def __init__(self, *args, scores: list[SecondScore], **options):
        self.scores = scores
        super().__init__(*args, **options)
        for score in scores:
            self.fields[f"nilai_{score.pk}"] = forms.ChoiceField(
                label=_("Nilai butir %(code)s") % {"code": score.place},
                choices=choices_of(score),
                required=False,
                initial=self.given(score)[0],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Pilih salah satu nilai yang tersedia")},
            )
            self.fields[f"catatan_{score.pk}"] = forms.CharField(
                label=self.note_label % {"code": score.place},
                required=False,
                max_length=1000,
                initial=self.given(score)[1],
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
            )

    def given(self, score: SecondScore) -> tuple[str, str]:
        return word_of(score.value, score.not_applicable), score.note

    @property
    def rows(self) -> list[tuple[SecondScore, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"nilai_{one.pk}"], self[f"catatan_{one.pk}"]) for one in self.scores]

    def answers(self) -> dict[SecondScore, tuple[int | None, bool, str]]:
        """Return {item: (value, not applicable, note)} as the actions take it."""
        found = {}
        for score in self.scores:
            said, note = self.cleaned_data[f"nilai_{score.pk}"], self.cleaned_data[f"catatan_{score.pk}"]
            value = int(said) if said not in ("", NOT_APPLICABLE) else None
            found[score] = (value, said == NOT_APPLICABLE, note)
        return found


class SettlementForm(ItemsForm):
    """What both agreed on; only items that were filled in are sent."""

    note_label = gettext_lazy("Alasan kesepakatan butir %(code)s")

    def given(self, score: SecondScore) -> tuple[str, str]:
        return word_of(score.settled_value, score.settled_not_applicable), score.settlement_note

    def clean(self):
        for score in self.scores:
            said, note = (
                self.cleaned_data.get(f"nilai_{score.pk}"),
                self.cleaned_data.get(f"catatan_{score.pk}", ""),
            )
            if note and not said:
                self.add_error(f"nilai_{score.pk}", _("Pilih nilai yang disepakati"))
            if said and len(note) < 10:
                self.add_error(f"catatan_{score.pk}", _("Tulis alasan kesepakatan, paling sedikit 10 huruf"))
        return self.cleaned_data

    def agreed(self) -> dict[SecondScore, tuple[int | None, bool, str]]:
        return {score: said for score, said in self.answers().items() if said[0] is not None or said[1]}


class AssignForm(forms.Form):
    """Whom to ask."""

    assessor = forms.ModelChoiceField(
        label=gettext_lazy("Penilai kedua"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Pilih penilai"),
        error_messages={
            "required": gettext_lazy("Pilih penilai"),
            "invalid_choice": gettext_lazy("Pilih penilai dari daftar"),
        },
    )

    def __init__(self, *args, second: SecondAssessment, people, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
        self.fields["assessor"].queryset = people
        self.second = second

"""What a draft is tried with: scores typed or taken from a real assessment, and the classes it is held against."""

from collections.abc import Mapping, Sequence

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, ClassScheme
from assessments.trial import Answer, Answers, Asked, AskedField

NOT_APPLICABLE = "tb"


class AssessmentChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.enterprise}, {obj.code}"


class TrialForm(forms.Form):
    """Sent by GET: nothing of it is stored. `nilai_KS1` holds a score, "tb" or nothing."""

    penilaian = AssessmentChoice(
        label=_("Penilaian nyata"),
        queryset=Assessment.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Tanpa, isi contoh sendiri"),
        error_messages={"invalid_choice": _("Pilih penilaian dari daftar.")},
    )
    syarat = forms.ModelChoiceField(
        label=_("Syarat kelas"),
        queryset=ClassScheme.objects.order_by("-version"),
        required=False,
        empty_label=_("Yang terbaru"),
        error_messages={"invalid_choice": _("Pilih syarat kelas dari daftar.")},
    )
    semua = forms.ChoiceField(label=_("Semua butir bernilai"), required=False)

    def __init__(self, *args, asked: Sequence[AskedField], top: int, assessments: QuerySet, **options):
        super().__init__(*args, **options)
        self.asked, self.top = asked, top
        self.fields["penilaian"].queryset = assessments
        scores = [(str(score), str(score)) for score in range(top + 1)]
        self.fields["semua"].choices = [("", "–"), *scores]
        for field in asked:
            for item in field.items:
                allowed = [scores[0], scores[-1]] if item.is_yes_no else scores
                choices = [("", "–"), *allowed, (NOT_APPLICABLE, _("tidak berlaku"))]
                self.fields[f"nilai_{item.code}"] = forms.ChoiceField(
                    label=item.code, choices=choices, required=False
                )

    @property
    def groups(self) -> list[tuple[AskedField, list[forms.BoundField]]]:
        return [(field, [self[f"nilai_{item.code}"] for item in field.items]) for field in self.asked]

    def answers(self, real: Answers) -> Answers:
        """Return the real answers with what was typed over them; items without either take the score for all."""

        def filled(given: Mapping[str, Answer], field: AskedField) -> dict[str, Answer]:
            return {
                item.code: self.typed(item) or given.get(item.code) or self.rest(item) for item in field.items
            }

        whole: dict[str, Answer] = {}
        for field in self.asked:
            if field.code not in real.parts:
                whole |= filled(real.values, field)
        parts = {
            field.code: [
                (name, weight, filled(given, field)) for name, weight, given in real.parts[field.code]
            ]
            for field in self.asked
            if field.code in real.parts
        }
        return Answers(whole, parts)

    def typed(self, item: Asked) -> Answer | None:
        text = self.cleaned_data.get(f"nilai_{item.code}")
        return answer_of(text) if text else None

    def rest(self, item: Asked) -> Answer:
        """Return the score for all items; of a yes/no item it is yes, unless it is 0."""
        value, not_applicable = answer_of(self.cleaned_data.get("semua") or "")
        return (self.top if value and item.is_yes_no else value), not_applicable

    @property
    def is_typed(self) -> bool:
        names = [name for name in self.fields if name.startswith("nilai_")]
        return any(self.cleaned_data.get(name) for name in [*names, "semua"])


def answer_of(text: str) -> Answer:
    return (int(text) if text.isdigit() else None, text == NOT_APPLICABLE)

"""What a draft is tried with: scores typed or taken from a real assessment, and the classes it is held against."""

from collections.abc import Mapping, Sequence

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, ClassScheme
from assessments.trial import Answer, Answers, AskedField

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
        self.asked = asked
        self.fields["penilaian"].queryset = assessments
        scores = [(str(score), str(score)) for score in range(top + 1)]
        self.fields["semua"].choices = [("", "–"), *scores]
        choices = [("", "–"), *scores, (NOT_APPLICABLE, _("tidak berlaku"))]
        for field in asked:
            for item in field.items:
                self.fields[f"nilai_{item.code}"] = forms.ChoiceField(
                    label=item.code, choices=choices, required=False
                )

    @property
    def groups(self) -> list[tuple[AskedField, list[forms.BoundField]]]:
        return [(field, [self[f"nilai_{item.code}"] for item in field.items]) for field in self.asked]

    def answers(self, real: Answers) -> Answers:
        """Return the real answers with what was typed over them; items without either take the score for all."""
        rest = answer_of(self.cleaned_data.get("semua") or "")
        codes = [item.code for field in self.asked for item in field.items]
        typed = {code: text for code in codes if (text := self.cleaned_data.get(f"nilai_{code}"))}

        def filled(given: Mapping[str, Answer], asked: Sequence[str]) -> dict[str, Answer]:
            known = {code: given.get(code, rest) for code in asked}
            return known | {code: answer_of(typed[code]) for code in asked if code in typed}

        parts = {
            field.code: [
                (name, weight, filled(given, [item.code for item in field.items]))
                for name, weight, given in real.parts[field.code]
            ]
            for field in self.asked
            if field.code in real.parts
        }
        return Answers(filled(real.values, codes), parts)

    @property
    def is_typed(self) -> bool:
        names = [name for name in self.fields if name.startswith("nilai_")]
        return any(self.cleaned_data.get(name) for name in [*names, "semua"])


def answer_of(text: str) -> Answer:
    return (int(text) if text.isdigit() else None, text == NOT_APPLICABLE)

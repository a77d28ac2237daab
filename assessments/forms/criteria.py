"""An item of a draft: what it asks, what each score means, and how much it weighs."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from assessments.models import Criterion
from assessments.rubric_faults import asked_scores
from closedloop.core.forms import form_helper
from closedloop.core.models import new_id

CODE = re.compile(r"[A-Z0-9]+(\.[0-9]+)?")
LONGEST_ANCHOR = 200
PLAIN = ("group", "text", "text_en", "evidence_hint", "threshold", "is_critical", "is_yes_no", "weight")
IN_ENGLISH = ("group", "evidence_hint", "threshold")  # kept together in `english`, with the anchors


def text_field(label, longest: int, *, required: bool = False, wide: bool = False, **options):
    """Return a field for one line of words; `wide` for those of a sentence."""
    widget = forms.Textarea(attrs={"rows": 2}) if wide else forms.TextInput
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        widget=widget,
        error_messages={"required": _("Isi bagian ini.")},
        **options,
    )


def weight_field(label, most: int, **options) -> forms.DecimalField:
    """Return a field for a weight above 0, in the reader's notation."""
    wrong = format_lazy(_("Isi angka lebih dari 0 sampai {most}."), most=most)
    names = ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places")
    return forms.DecimalField(
        label=label,
        localize=True,
        min_value=Decimal("0.01"),
        max_value=Decimal(most),
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(names, wrong),
        **options,
    )


class CriterionForm(forms.Form):
    """Everything an item says but its code; English may come later, and its lack is pointed out."""

    text = text_field(_("Butir"), 300, required=True, wide=True)
    text_en = text_field(_("Butir (Inggris)"), 300, wide=True)
    group = text_field(_("Kelompok"), 60)
    group_en = text_field(_("Kelompok (Inggris)"), 60)
    evidence_hint = text_field(_("Bukti yang dicari"), 200)
    evidence_hint_en = text_field(_("Bukti yang dicari (Inggris)"), 200)
    threshold = text_field(_("Ambang"), 120)
    threshold_en = text_field(_("Ambang (Inggris)"), 120)
    is_critical = forms.BooleanField(
        label=_("Kritis"), required=False, help_text=_("Nilai 0 atau 1 membuka temuan kritis.")
    )
    is_yes_no = forms.BooleanField(
        label=_("Ya/tidak"), required=False, help_text=_("Hanya nilai terendah dan tertinggi yang dipakai.")
    )
    weight = weight_field(_("Bobot butir"), 100, initial=1)

    def __init__(self, *args, scale_max: int = 4, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
        self.scale_max = scale_max
        said = self.data if self.is_bound else self.initial
        asked = asked_scores(bool(said.get("is_yes_no")), scale_max)
        for score in range(scale_max + 1):
            label = format_lazy(_("Arti nilai {score}"), score=score)
            english = format_lazy(_("Arti nilai {score} (Inggris)"), score=score)
            words = text_field(label, LONGEST_ANCHOR, required=score in asked)
            words.error_messages["required"] = _("Tulis arti nilai ini.")
            self.fields[f"anchor_{score}"] = words
            self.fields[f"anchor_{score}_en"] = text_field(english, LONGEST_ANCHOR)

    @staticmethod
    def initial_of(criterion: Criterion) -> dict[str, Any]:
        """Return what the form shows of an item."""
        english = criterion.english
        return {
            **{name: getattr(criterion, name) for name in PLAIN},
            "weight": criterion.weight.normalize() + 0,
            **{f"{name}_en": english.get(name, "") for name in IN_ENGLISH},
            **{f"anchor_{score}": words for score, words in enumerate(criterion.anchors)},
            **{f"anchor_{score}_en": words for score, words in enumerate(english.get("anchors") or [])},
        }

    @property
    def scores(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """Each score with the fields of its words in both languages."""
        return [
            (score, self[f"anchor_{score}"], self[f"anchor_{score}_en"])
            for score in range(self.scale_max + 1)
        ]

    def values(self) -> dict[str, Any]:
        """Return what an action stores; a yes/no item keeps words for its two ends alone."""
        data = self.cleaned_data
        asked = asked_scores(data["is_yes_no"], self.scale_max)

        def anchors(suffix: str) -> list[str]:
            scores = range(self.scale_max + 1)
            return [data[f"anchor_{score}{suffix}"] if score in asked else "" for score in scores]

        english: dict[str, Any] = {name: data[f"{name}_en"] for name in IN_ENGLISH if data[f"{name}_en"]}
        if any(anchors("_en")):
            english["anchors"] = anchors("_en")
        return {**{name: data[name] for name in PLAIN}, "anchors": anchors(""), "english": english}


class NewCriterionForm(CriterionForm):
    """An item that is added; its hidden key makes a second press find the first one."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    code = forms.CharField(
        label=_("Kode"),
        max_length=8,
        help_text=_("Misalnya R6.1 atau T27. Tidak berubah lagi sesudah disimpan."),
        error_messages={"required": _("Isi kode butir.")},
    )
    field_order = ["key", "code"]

    def clean_code(self):
        code = self.cleaned_data["code"].upper()
        if not CODE.fullmatch(code):
            raise ValidationError(_("Pakai huruf dan angka, boleh satu titik: R6.1."))
        return code

    def values(self) -> dict[str, Any]:
        known = {"id": self.cleaned_data["key"], "code": self.cleaned_data["code"]}
        return super().values() | known

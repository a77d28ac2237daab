"""The form of a new version of the selection: its terms, and eight places for criteria."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import CountField, KeyedForm
from participants.criteria_versions import TERMS
from participants.selection import HIGHEST, WHOLE

PLACES = range(1, 9)
PARTS = ("text", "text_en", "anchors", "anchors_en", "weight")
SCORES = HIGHEST + 1


def lines_in(text: str) -> list[str]:
    """Return the lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def terms_field(label, hint, most: int) -> CountField:
    return CountField(
        label=label, help_text=hint, least=1, most=most, error_messages={"required": _("Isi angkanya.")}
    )


class CriteriaForm(KeyedForm):
    """What the next version asks of reviewers; a place without a text is left out.

    A criterion that was there keeps its code, so that it is known as the same one.
    """

    tolerance = terms_field(
        _("Beda nilai yang wajar"), _("Bila dua penilai berbeda lebih dari ini, pimpinan memutuskan."), 99
    )
    answer_days = terms_field(
        _("Hari sampai jawaban"), _("Dijanjikan kepada pendaftar sejak formulirnya dikirim."), 365
    )
    retention_days = terms_field(
        _("Hari data disimpan"), _("Data yang tidak terpilih dihapus setelah itu."), 3650
    )

    def __init__(self, *args, based_on, **options):
        self.codes = [row["code"] for row in based_on.criteria]
        initial = {name: getattr(based_on, name) for name in TERMS}
        for place, row in zip(PLACES, based_on.criteria, strict=False):
            values = {name: row.get(name, "") for name in PARTS}
            values |= {name: "\n".join(row.get(name, [])) for name in ("anchors", "anchors_en")}
            initial |= {f"{name}_{place}": value for name, value in values.items()}
        super().__init__(*args, initial=initial, **options)
        for place in PLACES:
            for part, field in self.place().items():
                self.fields[f"{part}_{place}"] = field

    def place(self) -> dict[str, forms.Field]:
        """Return the fields of one criterion."""
        words = forms.Textarea(attrs={"rows": SCORES})
        return {
            "text": forms.CharField(label=_("Kriteria"), max_length=200, required=False),
            "text_en": forms.CharField(label=_("Dalam bahasa Inggris"), max_length=200, required=False),
            "weight": CountField(label=_("Bobot"), least=1, most=WHOLE, required=False),
            "anchors": forms.CharField(
                label=_("Arti nilai 0 sampai 4, satu baris untuk tiap nilai"),
                max_length=2000,
                required=False,
                widget=words,
            ),
            "anchors_en": forms.CharField(
                label=_("Arti nilai dalam bahasa Inggris"), max_length=2000, required=False, widget=words
            ),
        }

    def terms(self) -> list[forms.BoundField]:
        return [self[name] for name in TERMS]

    def rows(self) -> list[tuple[int, list[forms.BoundField], bool]]:
        """(number, bound fields, whether something stands there) of each place, in their order."""
        rows = []
        for place in PLACES:
            fields = [self[f"{part}_{place}"] for part in PARTS]
            rows.append((place, fields, any(field.value() or field.errors for field in fields)))
        return rows

    def clean(self):
        super().clean()
        for place in PLACES:
            if self.cleaned_data.get(f"text_{place}"):
                self.check_place(place)
        if not self.errors:
            weights = sum(row["weight"] for row in self.version()["criteria"])
            if weights != WHOLE:
                raise ValidationError(_("Bobot berjumlah %(sum)s, seharusnya 100.") % {"sum": weights})
        return self.cleaned_data

    def check_place(self, place: int) -> None:
        """Say at its field what a criterion lacks."""
        if not self.cleaned_data.get(f"weight_{place}") and not self.has_error(f"weight_{place}"):
            self.add_error(f"weight_{place}", _("Isi bobotnya."))
        for part, may_be_empty in (("anchors", False), ("anchors_en", True)):
            count = len(lines_in(self.cleaned_data.get(f"{part}_{place}", "")))
            if count != SCORES and not (may_be_empty and count == 0):
                self.add_error(f"{part}_{place}", _("Tulis lima baris, dari nilai 0 sampai nilai 4."))

    def version(self) -> dict[str, Any]:
        """Return what was filled in, as it is stored and compared."""
        rows = []
        for place in PLACES:
            told = {part: self.cleaned_data.get(f"{part}_{place}") for part in PARTS}
            if not told["text"]:
                continue
            row = {"code": self.code_of(place), "weight": told["weight"], "text": told["text"]}
            row["anchors"] = lines_in(told["anchors"] or "")
            if told["text_en"]:
                row["text_en"] = told["text_en"]
            if english := lines_in(told["anchors_en"] or ""):
                row["anchors_en"] = english
            rows.append(row)
        return {"criteria": rows, **{name: self.cleaned_data[name] for name in TERMS}}

    def code_of(self, place: int) -> str:
        """Return the code of a place: that of the criterion it was begun with, else one nobody has."""
        if place <= len(self.codes):
            return self.codes[place - 1]
        number = place
        while f"K{number}" in self.codes:
            number += len(PLACES)
        return f"K{number}"

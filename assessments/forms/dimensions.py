"""A dimension of a draft, the weights of all, and the words with which a version is published."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.forms.bands import BandsField
from assessments.forms.criteria import text_field, weight_field
from assessments.models import Dimension, Evidence
from closedloop.core.forms import CountField, form_helper
from closedloop.core.models import new_id

CODE = re.compile(r"[A-Z0-9]{1,6}")
LONGEST_AGE = 3650


class ScoresField(forms.MultipleChoiceField):
    """Some of the scores of the scale, as numbers."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        return sorted(int(score) for score in super().clean(value))


class DimensionForm(forms.Form):
    """Everything a dimension says but its code; what a model gains is added here and in `initial_of`."""

    name = text_field(_("Nama bidang"), 120, required=True)
    name_en = text_field(_("Nama bidang (Inggris)"), 120)
    weight = weight_field(_("Bobot, persen"), 100)

    def __init__(self, *args, scale_max: int = 4, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
        scores = [(score, str(score)) for score in range(scale_max + 1)]
        self.fields["photo_scores"] = ScoresField(
            label=_("Nilai yang wajib berfoto"), choices=scores, required=False
        )
        self.fields["evidence_scores"] = ScoresField(
            label=_("Nilai yang wajib berbukti"), choices=scores, required=False
        )
        self.fields["is_per_area"] = forms.BooleanField(
            label=_("Diisi per area"), required=False, help_text=_("Dinilai sekali di setiap area pabrik.")
        )
        self.fields["pass_score"] = weight_field(_("Nilai lulus (0–100)"), 100, required=False)
        self.fields["bands"] = BandsField(
            label=_("Sebutan nilai"),
            required=False,
            help_text=_("Satu sebutan per baris, mulai dari nilai: 50 | Cukup | Fair"),
        )
        for kind in Evidence.Kind:
            self.fields[age_of(kind)] = CountField(
                label=_("Umur paling lama, %(kind)s (hari)") % {"kind": kind.label},
                least=1,
                most=LONGEST_AGE,
                required=False,
            )

    @staticmethod
    def initial_of(dimension: Dimension) -> dict[str, Any]:
        """Return what the form shows of a dimension."""
        names = ("name", "name_en", "photo_scores", "evidence_scores", "is_per_area", "bands")
        ages = {age_of(kind): days for kind, days in dimension.evidence_max_age_days.items()}
        values = {name: getattr(dimension, name) for name in names} | ages
        passes = dimension.pass_score
        values["pass_score"] = None if passes is None else passes.normalize() + 0
        return values | {"weight": dimension.weight.normalize() + 0}

    def values(self) -> dict[str, Any]:
        """Return what an action stores."""
        data = dict(self.cleaned_data)
        ages = {kind.value: data.pop(age_of(kind)) for kind in Evidence.Kind}
        return data | {"evidence_max_age_days": {kind: days for kind, days in ages.items() if days}}


class NewDimensionForm(DimensionForm):
    """A dimension that is added; its hidden key makes a second press find the first one."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    code = forms.CharField(
        label=_("Kode"),
        max_length=6,
        help_text=_("Huruf dan angka, misalnya 5R. Tidak berubah lagi sesudah disimpan."),
        error_messages={"required": _("Isi kode bidang.")},
    )
    field_order = ["key", "code"]

    def clean_code(self):
        code = self.cleaned_data["code"].upper()
        if not CODE.fullmatch(code):
            raise ValidationError(_("Pakai huruf dan angka saja, paling banyak 6."))
        return code

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | {"id": values.pop("key")}


class WeightsForm(forms.Form):
    """The weights of all dimensions side by side: bobot_5R."""

    def __init__(self, *args, dimensions: list[Dimension], **options):
        super().__init__(*args, **options)
        self.dimensions = dimensions
        for row in dimensions:
            field = weight_field(row.title, 100, initial=row.weight.normalize() + 0)
            label = _("Bobot %(name)s") % {"name": row.title}
            field.widget.attrs |= {"class": "form-control form-control-sm weight", "aria-label": label}
            self.fields[f"bobot_{row.code}"] = field

    @property
    def rows(self) -> list[tuple[Dimension, forms.BoundField]]:
        return [(row, self[f"bobot_{row.code}"]) for row in self.dimensions]

    def weights(self) -> dict[str, Any]:
        return {row.code: self.cleaned_data[f"bobot_{row.code}"] for row in self.dimensions}


class PublishForm(forms.Form):
    """The name of the version, why it differs from the one before, and the mark of what was read."""

    name = text_field(_("Nama"), 120, required=True)
    change_note = forms.CharField(
        label=_("Alasan perubahan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca siapa pun yang memilih versi untuk angkatannya."),
        error_messages={"required": _("Isi alasan perubahannya.")},
    )
    seen_as = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()


def age_of(kind: str) -> str:
    return f"umur_{kind}"

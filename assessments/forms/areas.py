"""Naming the areas of an assessment."""

from decimal import Decimal

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from assessments.models import Area, Assessment
from closedloop.core.forms import KeyedForm, form_helper

WRONG_WEIGHT = gettext_lazy("Isi bobot lebih dari 0, misalnya 1 atau 1,5")


class AreaForm(forms.Form):
    """What stands in an area's line. A name left empty is that of the kind: one choice adds an area."""

    kind = forms.ChoiceField(label=gettext_lazy("Jenis area"), required=False, choices=[])
    name = forms.CharField(
        label=gettext_lazy("Nama area"),
        help_text=gettext_lazy(
            "Kosongkan bila sama dengan jenisnya; tulis bila ada beberapa, misalnya Lini 2."
        ),
        required=False,
        max_length=80,
        error_messages={"max_length": gettext_lazy("Nama area paling panjang 80 huruf")},
    )
    person_in_charge = forms.CharField(
        label=gettext_lazy("Penanggung jawab area"),
        required=False,
        max_length=120,
        error_messages={"max_length": gettext_lazy("Nama paling panjang 120 huruf")},
    )
    weight = forms.DecimalField(
        label=gettext_lazy("Bobot"),
        help_text=gettext_lazy("1 bila semua area sama penting."),
        localize=True,
        initial=Decimal(1),
        min_value=Decimal("0.01"),
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ["required", "invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"],
            WRONG_WEIGHT,
        ),
    )

    def __init__(self, *args, assessment: Assessment, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
        kinds = assessment.rubric.area_kinds
        self.titles = {one["code"]: one["name"] for one in kinds}  # stored in Indonesian, whoever writes
        word = "name_en" if get_language() == "en" else "name"
        self.fields["kind"].choices = [("", _("Jenis lain")), *((one["code"], one[word]) for one in kinds)]

    def clean(self):
        data = self.cleaned_data
        if not data.get("name") and "name" not in self.errors:
            data["name"] = self.titles.get(data.get("kind", ""), "")
            if not data["name"]:
                self.add_error("name", _("Tulis nama area, atau pilih jenisnya"))
        return data


class NewAreaForm(AreaForm, KeyedForm):
    """The form that adds one."""


def known_values(area: Area) -> dict:
    return {
        "kind": area.kind,
        "name": area.name,
        "person_in_charge": area.person_in_charge,
        "weight": area.weight.normalize() + 0,
    }

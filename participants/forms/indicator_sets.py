"""The form of a new version of the figures: ten places, each with a figure or empty."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import KeyedForm
from participants.models import Indicator, IndicatorLine
from participants.models.baseline import MOST_INDICATORS
from participants.set_lines import Line

PLACES = range(1, MOST_INDICATORS + 1)
PARTS = ("figure", "frequency", "about", "allows_range")


class IndicatorSetForm(KeyedForm):
    """What the next version asks; the places are numbered fields, `figure_1` to `allows_range_10`."""

    name = forms.CharField(
        label=_("Nama"), max_length=120, error_messages={"required": _("Isi nama set indikator.")}
    )

    def __init__(self, *args, lines: list[Line], name: str = "", **options):
        initial = {"name": name}
        for place, line in zip(PLACES, lines, strict=False):
            values = (line.code, line.frequency, line.about, line.allows_range)
            initial |= {f"{part}_{place}": value for part, value in zip(PARTS, values, strict=True)}
        super().__init__(*args, initial=initial, **options)
        figures = [
            ("", _("(kosong)")),
            *((one.code, one.title) for one in Indicator.objects.order_by("name")),
        ]
        for place in PLACES:
            for part, field in self.place(place, figures).items():
                self.fields[f"{part}_{place}"] = field

    def place(self, number: int, figures: list) -> dict[str, forms.Field]:
        """Return the fields of one place."""
        wrong = {"invalid_choice": _("Pilih dari daftar.")}

        def choice(label, choices):
            return forms.ChoiceField(
                label=format_lazy("{label} {number}", label=label, number=number),
                choices=choices,
                required=False,
                error_messages=wrong,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

        return {
            "figure": choice(_("Angka"), figures),
            "frequency": choice(_("Ditanyakan"), IndicatorLine.Frequency.choices),
            "about": choice(_("Tentang"), IndicatorLine.About.choices),
            "allows_range": forms.BooleanField(
                label=format_lazy("{label} {number}", label=_("Boleh kisaran"), number=number),
                required=False,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            ),
        }

    def rows(self) -> list[list[forms.BoundField]]:
        """The bound fields of each place, in their order."""
        return [[self[f"{part}_{place}"] for part in PARTS] for place in PLACES]

    def lines(self) -> list[Line]:
        """Return what was chosen, the empty places left out."""
        chosen = [[self.cleaned_data[f"{part}_{place}"] for part in PARTS] for place in PLACES]
        return [Line(*values) for values in chosen if values[0]]

    def clean(self):
        super().clean()
        for place in PLACES:
            figure = self.cleaned_data.get(f"figure_{place}")
            for part in ("frequency", "about"):
                if figure and self.cleaned_data.get(f"{part}_{place}") == "":
                    self.add_error(f"{part}_{place}", _("Pilih dari daftar."))
        return self.cleaned_data


class IndicatorForm(KeyedForm):
    """A figure that no version has asked yet."""

    name = forms.CharField(label=_("Nama"), max_length=80, error_messages={"required": _("Isi namanya.")})
    name_en = forms.CharField(
        label=_("Nama dalam bahasa Inggris"),
        max_length=80,
        error_messages={"required": _("Isi nama Inggrisnya.")},
    )
    question = forms.CharField(
        label=_("Pertanyaan"),
        max_length=200,
        help_text=_("Seperti yang dibaca pemilik IKM."),
        error_messages={"required": _("Isi pertanyaannya.")},
    )
    question_en = forms.CharField(
        label=_("Pertanyaan dalam bahasa Inggris"),
        max_length=200,
        error_messages={"required": _("Isi pertanyaan Inggrisnya.")},
    )
    unit = forms.ChoiceField(
        label=_("Satuan"),
        choices=Indicator.Unit.choices,
        error_messages={"required": _("Pilih satuan."), "invalid_choice": _("Pilih satuan dari daftar.")},
    )
    code = forms.SlugField(
        label=_("Kode"),
        max_length=40,
        help_text=_("Tetap untuk selamanya, misalnya energy_use."),
        error_messages={
            "required": _("Isi kodenya."),
            "invalid": _("Pakai huruf, angka, dan garis bawah saja."),
        },
    )
    is_better_lower = forms.BooleanField(label=_("Makin kecil makin baik"), required=False)

    def clean_code(self):
        code = self.cleaned_data["code"].lower()
        if Indicator.objects.filter(code=code).exists():
            raise ValidationError(_("Kode ini sudah dipakai angka lain."))
        return code

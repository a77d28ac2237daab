"""The point of a place, taken from a phone or typed from a map."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.forms.base import PortalForm
from trainings.models.points import EAST, NORTH, SOUTH, WEST

OUTSIDE = _("Titik ini di luar Indonesia. Periksa tanda minus dan urutannya: lintang, lalu bujur.")


class DegreesField(forms.DecimalField):
    """Degrees with a point or a comma, as maps and people write them."""

    def __init__(self, *, least: float, most: float, **options):
        errors = {"invalid": _("Isi angka, misalnya -6,86943"), "min_value": OUTSIDE, "max_value": OUTSIDE}
        super().__init__(
            min_value=least,
            max_value=most,
            error_messages=errors | options.pop("error_messages"),
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **options,
        )

    def to_python(self, value):
        number = super().to_python(str(value or "").strip().replace(",", ".").replace("−", "-"))
        return None if number is None else number.quantize(Decimal("0.00001"))


class PointForm(PortalForm):
    """Latitude and longitude."""

    latitude = DegreesField(
        label=_("Lintang"),
        least=SOUTH,
        most=NORTH,
        help_text=_("Angka pertama di peta. Di selatan khatulistiwa bertanda minus, misalnya -6,86943."),
        error_messages={"required": _("Isi lintang")},
    )
    longitude = DegreesField(
        label=_("Bujur"),
        least=WEST,
        most=EAST,
        help_text=_("Angka kedua di peta, misalnya 109,12559."),
        error_messages={"required": _("Isi bujur")},
    )

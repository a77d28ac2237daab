"""Numbers with decimals, as people write them."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.formats import number
from closedloop.core.forms import ReadField
from closedloop.core.money import InvalidAmount, parse_decimal


def read_fraction(text: str) -> Decimal:
    """Return the number; "1.250" could be two numbers and is refused with a way out."""
    try:
        return parse_decimal(text)
    except InvalidAmount as error:
        if error.code != "ambiguous":
            raise
        words = _("Angka ini bisa dibaca dua cara. Tulis 1250 tanpa titik, atau 1,25 dengan koma.")
        raise InvalidAmount(error.code, words) from error


class FractionField(ReadField):
    """A number with decimals, written the Indonesian way or the English; from zero to `most`.

    `is_positive` refuses zero, where nothing can measure or hold nothing.
    """

    def __init__(self, *, places: int, most: int, is_positive: bool = False, **options):
        self.places, self.most, self.is_positive = places, most, is_positive
        super().__init__(read=read_fraction, empty_value=None, **options)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else number(value, self.places, trim=True)

    def validate(self, value):
        super().validate(value)
        if value is None:
            return
        if value < 0 or (self.is_positive and value == 0):
            raise forms.ValidationError(
                _("Angka harus lebih dari nol.")
                if self.is_positive
                else _("Angka tidak boleh kurang dari nol.")
            )
        if value > self.most:
            raise forms.ValidationError(
                _("Paling besar %(most)s. Periksa angkanya.") % {"most": number(self.most)}
            )
        if value != round(value, self.places):
            raise forms.ValidationError(
                _("Paling banyak %(places)s angka di belakang koma.") % {"places": self.places}
            )

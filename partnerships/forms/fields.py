"""How shares and prices are typed: read however people write them, stored one way."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.formats import number
from closedloop.core.forms import GROUPED, RupiahField
from closedloop.core.money import LARGEST, InvalidAmount, parse_rupiah


def parse_price(text: str) -> int:
    """Return whole Rupiah above zero: "35.000", "1,5 miliar" or "750 juta"; raises ValidationError.

    Behind "Rp", which stands before the field, a dot or comma before three digits can only group.
    """
    try:
        amount = int(re.sub(r"\D", "", text)) if GROUPED.fullmatch(text) else parse_rupiah(text)
    except InvalidAmount as error:
        raise ValidationError(error.message, code=error.code) from error
    if amount <= 0:
        raise ValidationError(_("Nilai harus lebih dari nol."), code="too_small")
    if amount > LARGEST:
        raise ValidationError(_("Jumlah terlalu besar. Periksa satuan dan jumlah nolnya."), code="too_large")
    return amount


class PriceField(RupiahField):
    """A price or an amount that is ordered, invoiced or paid: whole Rupiah above zero."""

    def __init__(self, **options):
        super().__init__(read=parse_price, **options)


class PercentField(forms.Field):
    """A percentage as people write it ("95" or "92,5"); cleans to a share between 0 and 1."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Tulis persentase dari 0 sampai 100, misalnya 95.")}

    def to_python(self, value):
        text = "" if value is None else str(value).strip().rstrip("%").strip().replace(",", ".")
        if not text:
            return None
        if not re.fullmatch(r"\d{1,3}(\.\d)?", text) or Decimal(text) > 100:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(text) / 100

    def prepare_value(self, value):
        return number(value * 100, 1, trim=True) if isinstance(value, Decimal) else value


def is_blank(form: forms.Form, *names: str) -> bool:
    """Whether nothing was typed or chosen in these fields of a row; an untouched row of a formset is no row."""
    return not any(form.data.get(form.add_prefix(name), "").strip() for name in names)

"""How days, counts, shares and Rupiah are typed: read however people write them, stored one way."""

import re
from decimal import Decimal

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.formats import number
from closedloop.core.models import new_id
from closedloop.core.money import InvalidAmount, parse_rupiah

GROUPED = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d+")
LARGEST_COUNT = 2_147_483_647  # what the database column holds


def helper(*, labels: bool = True) -> FormHelper:
    """The fields alone, without browser validation: the page writes its own form tag and buttons."""
    result = FormHelper()
    result.form_tag = False
    result.disable_csrf = True
    result.attrs = {"novalidate": True}
    result.form_show_labels = labels
    return result


class KeyedForm(forms.Form):
    """A form that makes one record: its hidden key becomes the record's id, so a second press makes no second one."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = helper()

    @property
    def values(self) -> dict:
        """What was typed, ready for an action: `key` under the name `id`."""
        values = dict(self.cleaned_data)
        values["id"] = values.pop("key")
        return values


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Tulis tanggal yang ada di kalender.")}


class CountField(forms.Field):
    """A whole number of pieces; "2.400" and "2400" are the same."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Tulis jumlahnya dengan angka, misalnya 2.400."),
        "too_small": _("Jumlah harus paling sedikit %(least)s."),
        "too_large": _("Jumlah ini terlalu besar. Periksa angkanya."),
    }

    def __init__(self, *, least: int = 0, **options):
        self.least = least
        super().__init__(**options)

    def to_python(self, value):
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        if not GROUPED.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(re.sub(r"\D", "", text))

    def validate(self, value):
        super().validate(value)
        if value is None:
            return
        if value < self.least:
            raise ValidationError(
                self.error_messages["too_small"], code="too_small", params={"least": self.least}
            )
        if value > LARGEST_COUNT:
            raise ValidationError(self.error_messages["too_large"], code="too_large")

    def prepare_value(self, value):
        return number(value) if isinstance(value, int) else value


class RupiahField(forms.Field):
    """Whole Rupiah: "35.000", "1,5 miliar" or "750 juta"."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"too_small": _("Nilai harus lebih dari nol.")}

    def to_python(self, value):
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        # behind "Rp", which stands before the field, a dot or comma before three digits can only group
        if GROUPED.fullmatch(text):
            return self.positive(int(re.sub(r"\D", "", text)))
        try:
            return self.positive(parse_rupiah(text))
        except InvalidAmount as error:
            raise ValidationError(error.message, code=error.code) from error

    def positive(self, amount: int) -> int:
        if amount <= 0:
            raise ValidationError(self.error_messages["too_small"], code="too_small")
        if amount >= 10**15:
            raise ValidationError(
                _("Jumlah terlalu besar. Periksa satuan dan jumlah nolnya."), code="too_large"
            )
        return amount

    def prepare_value(self, value):
        return number(value) if isinstance(value, int | Decimal) else value


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

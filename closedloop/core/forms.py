"""Forms of every app: how days, counts, money and telephone numbers are typed, read and stored one way."""

import re
from collections.abc import Callable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.formats import number
from closedloop.core.models import new_id
from closedloop.core.money import parse_rupiah
from closedloop.core.phone import display, to_e164

GROUPED = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d+")
LARGEST_COUNT = 2_147_483_647  # what the database column holds


def form_helper(*layout, labels: bool = True) -> FormHelper:
    """Return a helper for the fields alone, without browser validation: the page writes its form tag and buttons."""
    result = FormHelper()
    result.form_tag = False
    result.disable_csrf = True
    result.attrs = {"novalidate": True}
    result.form_show_labels = labels
    if layout:
        result.layout = layout[0]
    return result


class KeyedForm(forms.Form):
    """A form that makes one record: its hidden key becomes the record's id, so a second press finds it."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

    def values(self) -> dict[str, Any]:
        """Return what was filled in, ready for an action: the key as `id`."""
        values = dict(self.cleaned_data)
        return values | {"id": values.pop("key")}


class DatalistInput(forms.TextInput):
    """A text with suggestions, which also takes what is not among them."""

    template_name = "components/datalist.html"

    def __init__(self, suggestions: Callable[[], list[tuple[str, str]]], attrs=None):
        super().__init__(attrs)
        self.suggestions = suggestions

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"saran_{name}"
        context["suggestions"] = self.suggestions()
        return context


class ReadField(forms.CharField):
    """A text read by a function of ours, which says in its error what to do."""

    def __init__(self, *, read: Callable[[str], Any], numeric: bool = False, **options):
        super().__init__(**options)
        self.read = read
        if numeric:
            self.widget.attrs["inputmode"] = "numeric"

    def to_python(self, value):
        text = super().to_python(value)
        if text is None or text in self.empty_values:
            return self.empty_value
        try:
            return self.read(text)
        except ValueError as error:
            raise ValidationError(str(error), code="unreadable") from error


class RupiahField(ReadField):
    """Whole Rupiah as people write them: 612.500.000, 750 juta, 1,5 M."""

    def __init__(self, *, read: Callable[[str], int] = parse_rupiah, **options):
        super().__init__(read=read, empty_value=None, **options)
        self.widget.attrs |= {"inputmode": "text", "autocomplete": "off"}

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else number(value)


class PhoneField(ReadField):
    """A telephone number however it is typed; stored once, as E.164."""

    def __init__(self, **options):
        super().__init__(read=to_e164, **options)
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}

    def prepare_value(self, value):
        return display(value) if value and str(value).startswith("+62") else value


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": _("Tulis tanggal yang ada di kalender.")}


class CountField(forms.Field):
    """A whole number of people or pieces; "2.400" and "2400" are the same."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Tulis jumlahnya dengan angka, misalnya 2.400."),
        "too_small": _("Jumlah harus paling sedikit %(least)s."),
        "too_large": _("Jumlah ini terlalu besar. Periksa angkanya."),
    }

    def __init__(self, *, least: int = 0, most: int = LARGEST_COUNT, **options):
        self.least, self.most = least, most
        super().__init__(**options)

    def to_python(self, value):
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        if text.startswith("-") and GROUPED.fullmatch(text[1:].strip()):
            raise self.too_small()
        if not GROUPED.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(re.sub(r"\D", "", text))

    def validate(self, value):
        super().validate(value)
        if value is None:
            return
        if value < self.least:
            raise self.too_small()
        if value > self.most:
            raise ValidationError(self.error_messages["too_large"], code="too_large")

    def too_small(self) -> ValidationError:
        return ValidationError(
            self.error_messages["too_small"], code="too_small", params={"least": self.least}
        )

    def prepare_value(self, value):
        return number(value) if isinstance(value, int) else value

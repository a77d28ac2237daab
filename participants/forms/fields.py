"""Fields that read what people type the way the rest of the portal does, and say how to put it right."""

from collections.abc import Callable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceField, ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from closedloop.core.formats import number
from closedloop.core.models import new_id
from closedloop.core.money import parse_rupiah
from closedloop.core.phone import display, to_e164
from closedloop.regions.models import Regency

RUPIAH_HINT = _("Misalnya 612.500.000, 750 juta, atau 1,5 M (miliar).")
FIRST_FIGURE_YEAR = 1990


def helper(*layout) -> FormHelper:
    """Return a helper for the fields alone; the page writes its own form tag and buttons."""
    result = FormHelper()
    result.form_tag = False
    result.disable_csrf = True
    result.attrs = {"novalidate": True}
    if layout:
        result.layout = layout[0]
    return result


class Section(Fieldset):
    """A part of a long form, in a box with a heading."""

    template = "participants/widgets/section.html"


class ReadField(forms.CharField):
    """A text read by a function of ours, which says in its error what to do."""

    def __init__(self, *, read: Callable[[str], Any], numeric: bool = False, **options):
        super().__init__(**options)
        self.read = read
        if numeric:
            self.widget.attrs["inputmode"] = "numeric"

    def to_python(self, value):
        text = super().to_python(value)
        if text in self.empty_values:
            return self.empty_value
        try:
            return self.read(text)
        except ValueError as error:
            raise ValidationError(str(error), code="unreadable") from error


class RupiahField(ReadField):
    """Whole Rupiah as people write them: 612.500.000, 750 juta, 1,5 M."""

    def __init__(self, **options):
        super().__init__(read=parse_rupiah, empty_value=None, **options)
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


def count_field(label) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Tulis jumlahnya dengan angka, misalnya 12."),
            "min_value": _("Jumlah tidak boleh kurang dari nol."),
            "max_value": _("Jumlah terlalu besar untuk satu usaha. Periksa angkanya."),
        },
    )


class DateField(forms.DateField):
    """A day, picked with the browser's own calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options):
        super().__init__(input_formats=["%Y-%m-%d"], **options)
        self.error_messages["invalid"] = _("Tulis tanggal yang benar.")


class DatalistInput(forms.TextInput):
    """A text with suggestions, which also takes what is not among them."""

    template_name = "participants/widgets/datalist.html"

    def __init__(self, suggestions: Callable[[], list[tuple[str, str]]], attrs=None):
        super().__init__(attrs)
        self.suggestions = suggestions

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"saran_{name}"
        context["suggestions"] = self.suggestions()
        return context


class ByProvince(ModelChoiceIterator):
    """Regencies under the names of their provinces."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        groups: dict[str, list] = {}
        for regency in self.queryset:
            groups.setdefault(regency.province.name, []).append(self.choice(regency))
        yield from groups.items()


class RegencyField(ModelChoiceField):
    """One of the kabupaten and kota, found by typing its first letters."""

    iterator = ByProvince

    def __init__(self, **options):
        super().__init__(
            queryset=Regency.objects.select_related("province").order_by("province__name", "name"), **options
        )


class KeyedForm(forms.Form):
    """A form that makes one record: its hidden key becomes the record's id, so a second press finds it."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def values(self) -> dict[str, Any]:
        """Return what was filled in, with the key as `id`."""
        values = dict(self.cleaned_data)
        return values | {"id": values.pop("key")}

"""Fields that read what people type the way the rest of the portal does, and say how to put it right."""

from collections.abc import Callable

from crispy_forms.layout import Fieldset
from django import forms
from django.forms.models import ModelChoiceField, ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from closedloop.regions.models import Regency

RUPIAH_HINT = _("Misalnya 612.500.000, 750 juta, atau 1,5 M (miliar).")
FIRST_FIGURE_YEAR = 1990
MOST_PEOPLE = 100_000  # more is a slip of the finger in a small or medium industry


class Section(Fieldset):
    """A part of a long form, in a box with a heading."""

    template = "participants/widgets/section.html"


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

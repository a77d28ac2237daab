"""The field for a kabupaten or kota, read from everyday spellings (row A2 of the features)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import DatalistInput
from closedloop.regions.matching import NoSuchRegion, match_regency
from closedloop.regions.models import Regency


def regency_suggestions() -> list[tuple[str, str]]:
    """Return (official name, province) of every kabupaten and kota, by name."""
    return list(Regency.objects.order_by("name").values_list("name", "province__name"))


class RegencyField(forms.CharField):
    """A kabupaten or kota as people write it: "Kab. Tegal", "kota tegal", or its code. Cleans to a Regency.

    A name that a kabupaten and a kota share is refused with both names, never guessed.
    """

    def __init__(self, **options):
        options.setdefault("help_text", _("Ketik beberapa huruf, misalnya Kab. Tegal atau Kota Bekasi."))
        widget = DatalistInput(regency_suggestions, attrs={"autocomplete": "off"})
        super().__init__(max_length=80, widget=widget, empty_value=None, **options)

    def to_python(self, value: Any) -> Regency | None:
        text = super().to_python(value)
        if text is None:
            return None
        places = list(Regency.objects.select_related("province"))
        by_code = {place.code: place for place in places}
        try:
            return by_code.get(text) or match_regency(text, places)
        except NoSuchRegion as error:
            if error.code != "ambiguous_regency":
                raise ValidationError(str(error), code=error.code) from error
            message = _("Ada lebih dari satu daerah bernama ini. Pilih salah satu.")
            again = NoSuchRegion(error.code, message, error.suggestions)
            raise ValidationError(str(again), code=error.code) from error

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)

    def run_validators(self, value: Any) -> None:
        """A Regency has passed the only test there is; the length is that of what was typed."""

    def prepare_value(self, value: Any) -> Any:
        """Show the official name, of a record or of a code; what was typed stays as it was typed."""
        if isinstance(value, Regency):
            return value.name
        if isinstance(value, str) and (known := Regency.objects.filter(pk=value).first()):
            return known.name
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != self.prepare_value(data))

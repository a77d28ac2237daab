"""Words for scores, one a line: "50 | Cukup | Fair"."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.formats import number

MOST_BANDS = 9


class BandsField(forms.CharField):
    """The bands of a dimension as rows of the rubric: [{"from": 50, "name": "Cukup", "name_en": "Fair"}]."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        rows = [
            (number(Decimal(str(row["from"])), 2, trim=True), row["name"], row["name_en"]) for row in value
        ]
        return "\n".join(" | ".join(row) for row in rows)

    def clean(self, value):
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_BANDS:
            raise ValidationError(_("Tulis paling banyak 9 sebutan."))
        rows = sorted((band_of(line) for line in lines), key=lambda row: row["from"])
        if len({row["from"] for row in rows}) < len(rows):
            raise ValidationError(_("Dua sebutan mulai dari nilai yang sama."))
        return rows


def band_of(line: str) -> dict[str, Any]:
    """Read one line; ValidationError that says how it is written."""
    parts = [part.strip() for part in line.split("|")]
    wrong = ValidationError(_("Tulis setiap baris seperti: 50 | Cukup | Fair"))
    if len(parts) != 3 or not all(parts[1:]):
        raise wrong
    try:
        least = Decimal(parts[0].replace(",", "."))
    except InvalidOperation:
        raise wrong from None
    if not least.is_finite() or not 0 <= least <= 100:
        raise wrong
    shown = int(least) if least == int(least) else float(least)
    return {"from": shown, "name": parts[1], "name_en": parts[2]}

"""What each presence is worth, and when the check-in opens and closes."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from closedloop.core.formats import number
from closedloop.core.forms import CountField, KeyedForm, ReadField
from trainings.models.status_sets import LONGEST_WINDOW, STATUSES, WINDOWS, StatusSet

POINTS = re.compile(r"(?:0(?:[.,]\d{1,2})?|1(?:[.,]0{1,2})?)")


def points(text: str) -> Decimal:
    """Return 0–1 from "0,5", "0.75" or "1"; ValueError otherwise."""
    text = text.strip()
    if not POINTS.fullmatch(text):
        raise ValueError(_("Tulis poin antara 0 dan 1, misalnya 0,5."))
    return Decimal(text.replace(",", "."))


class PointsField(ReadField):
    """A share of a session's hours, with a comma or a point."""

    def __init__(self, **options):
        super().__init__(read=points, **options)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value):
        return number(value, 2, trim=True) if isinstance(value, Decimal) else value


class StatusSetForm(KeyedForm):
    """The next version, filled in with the one in force."""

    name = forms.CharField(
        label=gettext_lazy("Nama aturan"),
        max_length=120,
        error_messages={"required": gettext_lazy("Isi nama aturan ini")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for status in STATUSES:
            self.fields[status] = PointsField(
                label=_("Poin %(status)s") % {"status": StatusSet._meta.get_field(status).verbose_name},
                error_messages={"required": _("Isi poinnya, dari 0 sampai 1")},
            )
        for window in WINDOWS:
            label = str(StatusSet._meta.get_field(window).verbose_name)
            self.fields[window] = CountField(
                label=label[:1].upper() + label[1:],
                most=LONGEST_WINDOW,
                error_messages={"required": _("Isi berapa menit, boleh 0")},
            )

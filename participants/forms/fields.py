"""Fields that read what people type the way the rest of the portal does, and say how to put it right."""

from crispy_forms.layout import Fieldset
from django.utils.translation import gettext_lazy as _

RUPIAH_HINT = _("Misalnya 612.500.000, 750 juta, atau 1,5 M (miliar).")
FIRST_FIGURE_YEAR = 1990
MOST_PEOPLE = 100_000  # more is a slip of the finger in a small or medium industry


class Section(Fieldset):
    """A part of a long form, in a box with a heading."""

    template = "participants/widgets/section.html"

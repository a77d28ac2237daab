"""The form of an activity's everyday words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import form_helper


class KbliWordsForm(forms.Form):
    """What people call the things made there, separated by spaces or commas."""

    words = forms.CharField(
        label=_("Kata sehari-hari"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Sebutan barang yang dibuat, misalnya knalpot, jok, kabel bodi. Pencarian langsung mengenalnya."
        ),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

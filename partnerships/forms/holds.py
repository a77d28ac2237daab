"""The form by which a lead lets a held agreement through."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import form_helper


class HoldOverrideForm(forms.Form):
    """Why, in a sentence; its length is checked where it is kept."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Paling sedikit 30 huruf; tersimpan di jejak audit dan tampil di halaman perjanjian."),
        error_messages={"required": _("Isi alasannya.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

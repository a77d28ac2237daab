"""The forms of the list of processes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import KeyedForm, form_helper


def name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Nama proses"), max_length=80, error_messages={"required": _("Isi nama proses.")}
    )


class NewProcessForm(KeyedForm):
    """A process that the list lacks."""

    name = name_field()


class ProcessForm(forms.Form):
    """What a process is called, and whether it may still be chosen."""

    name = name_field()
    is_retired = forms.BooleanField(
        label=_("Tidak dipakai lagi"),
        required=False,
        help_text=_(
            "Tidak ditawarkan lagi di formulir. Data lama tetap menyebutnya, dan impor tetap membacanya."
        ),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

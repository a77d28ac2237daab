"""The form by which staff ask for an applicant's links to be mailed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import form_helper


class AddressForm(forms.Form):
    """The address that the applicant gave on the form."""

    email = forms.EmailField(
        label=_("Email pendaftar"),
        help_text=_("Alamat yang ditulis pendaftar di formulirnya."),
        error_messages={
            "required": _("Isi alamat email."),
            "invalid": _("Tulis alamat email seperti nama@contoh.id."),
        },
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

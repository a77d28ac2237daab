"""Why a certificate ends."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.forms.base import ReasonForm


class EndForm(ReasonForm):
    """Revoke or replace, with the reason that the public page will show."""

    what = forms.ChoiceField(
        label=_("Tindakan"),
        choices=[("replace", _("Ganti dengan yang baru")), ("revoke", _("Cabut"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih tindakannya"),
            "invalid_choice": _("Pilih tindakan dari daftar"),
        },
    )
    field_order = ["what", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "Dibaca siapa saja yang memeriksa sertifikat ini. Tanpa data pribadi."
        )

"""Why an approved assessment is corrected."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.actions.correcting import REASON_LENGTH
from closedloop.core.forms import form_helper


class CorrectionForm(forms.Form):
    """The reason stands beside both versions for ever, so it must say something."""

    reason = forms.CharField(
        label=_("Alasan koreksi"),
        help_text=_(
            "Paling sedikit 30 huruf: apa yang keliru dan bagaimana diketahui. Dibaca peninjau dan pemilik IKM."
        ),
        min_length=REASON_LENGTH,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Tulis alasan koreksi"),
            "min_length": _("Tulis alasan koreksi, paling sedikit 30 huruf"),
            "max_length": _("Alasan paling panjang 2.000 huruf"),
        },
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

"""Why a report is taken out of force."""

from django.utils.translation import gettext_lazy as _

from trainings.forms.base import ReasonForm


class RevokeForm(ReasonForm):
    """The reason, which the public page will show."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["reason"].help_text = _(
            "Dibaca siapa saja yang memeriksa laporan ini, dan tidak dapat diubah lagi. Tanpa data pribadi."
        )

"""The form by which a buyer says that a row of the ledger is otherwise: four fields, for a thumb."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import DayField, form_helper
from partnerships.forms.fields import PriceField
from partnerships.models import RowDispute


class RowDisputeForm(forms.Form):
    """What differs, and the figures as the buyer has them."""

    reason = forms.ChoiceField(
        label=_("Apa yang berbeda"),
        choices=[
            (RowDispute.Reason.FIGURE, _("Nilai atau tanggalnya lain\nIsi yang benar menurut catatan Anda.")),
            (RowDispute.Reason.UNKNOWN, _("Tidak kami kenal\nKami tidak pernah membuat atau menerimanya.")),
            (RowDispute.Reason.OTHER, _("Lainnya\nTulis di keterangan.")),
        ],
        widget=forms.RadioSelect(attrs={"data-look": "choice"}),
        error_messages={"required": _("Pilih apa yang berbeda.")},
    )
    amount = PriceField(label=_("Nilai menurut Anda (Rp)"), required=False)
    day = DayField(label=_("Tanggal menurut Anda"), required=False)
    text = forms.CharField(
        label=_("Keterangan"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("IKM dan petugas program membacanya."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

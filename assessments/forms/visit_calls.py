"""Forms of a call for a visit: the session that answers it, or why there is none."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import form_helper
from closedloop.core.models import new_id
from trainings.forms.sessions import SessionForm


class PlanVisitForm(SessionForm):
    """A visit of the IKM's own cohort at its factory: kind, cohort and host are known."""

    kind = None
    asks_exit = None
    seats = None
    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


class SettleVisitForm(forms.Form):
    """What was done instead."""

    note = forms.CharField(
        label=_("Tanpa sesi kunjungan, karena"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Misalnya mentor sudah datang sendiri pada tanggal tertentu."),
        error_messages={
            "required": _("Tulis apa yang dilakukan sebagai gantinya."),
            "max_length": _("Alasan paling panjang 300 huruf"),
        },
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

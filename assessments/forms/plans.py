"""Forms of one item of a plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import DayField, form_helper


class PlanItemForm(forms.Form):
    """What is to be done, by whom, until when, and what shows it."""

    action = forms.CharField(
        label=_("Tindakan"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kosongkan untuk memakai kalimat rubrik."),
        error_messages={"max_length": _("Tindakan paling panjang 300 huruf")},
    )
    responsible = forms.CharField(
        label=_("Penanggung jawab"),
        max_length=120,
        required=False,
        error_messages={"max_length": _("Nama paling panjang 120 huruf")},
    )
    due_on = DayField(label=_("Tenggat"), error_messages={"required": _("Isi tenggat")})
    evidence_wanted = forms.CharField(
        label=_("Bukti yang diminta"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Bukti paling panjang 200 huruf")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()


class ReportForm(forms.Form):
    """What the IKM did."""

    report = forms.CharField(
        label=_("Apa yang sudah dikerjakan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Tulis apa yang sudah dikerjakan"),
            "max_length": _("Laporan paling panjang 300 huruf"),
        },
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()


class RemarkForm(forms.Form):
    """What is missing, or why it is given up."""

    remark = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Tulis alasannya"),
            "max_length": _("Alasan paling panjang 300 huruf"),
        },
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

"""Forms of samples: handed over by the IKM, decided by the buyer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import CountField, DayField, KeyedForm, form_helper


class SubmitSampleForm(KeyedForm):
    part_name = forms.CharField(
        label=_("Nama part"), max_length=160, error_messages={"required": _("Isi nama part.")}
    )
    quantity = CountField(
        label=_("Jumlah sampel"), least=1, error_messages={"required": _("Isi jumlah sampel.")}
    )
    submitted_on = DayField(
        label=_("Tanggal dikirim"), error_messages={"required": _("Isi tanggal sampel dikirim.")}
    )


class DecideSampleForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Putusan"),
        choices=[("approved", _("Disetujui")), ("rejected", _("Ditolak"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih disetujui atau ditolak.")},
    )
    decided_on = DayField(label=_("Tanggal putusan"), error_messages={"required": _("Isi tanggal putusan.")})
    remark = forms.CharField(
        label=_("Catatan untuk IKM"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib bila ditolak: ukuran atau permukaan mana yang harus diperbaiki."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

    def values(self) -> dict:
        """Return what was filled in, ready for the act."""
        values = dict(self.cleaned_data)
        return values | {"approve": values.pop("outcome") == "approved"}

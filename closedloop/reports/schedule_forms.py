"""Set and change reports that make themselves each month."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import CountField, KeyedForm, form_helper
from closedloop.reports import kinds
from closedloop.reports.models import Kind
from closedloop.reports.schedules import MONTHLY


class DayOfMonthForm(forms.Form):
    """What may be changed later: on which day, in which language."""

    day = CountField(
        label=_("Tanggal setiap bulan"),
        least=1,
        most=31,
        help_text=_("1 sampai 31. Bulan tanpa tanggal itu memakai hari terakhirnya."),
        error_messages={
            "required": _("Tulis tanggalnya, 1 sampai 31."),
            "too_large": _("Tulis tanggal 1 sampai 31."),
            "too_small": _("Tulis tanggal 1 sampai 31."),
        },
    )
    language = forms.ChoiceField(label=_("Bahasa"), choices=settings.LANGUAGES)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()


class ScheduleForm(DayOfMonthForm, KeyedForm):
    """A new schedule: which report, of what, and when."""

    kind = forms.ChoiceField(
        label=_("Laporan"),
        choices=[(kind.value, kind.label) for kind in MONTHLY],
        error_messages={"invalid_choice": _("Pilih laporan dari daftar.")},
    )
    cohort = forms.ModelChoiceField(
        label=_("Angkatan"),
        queryset=None,
        required=False,
        empty_label=_("Semua"),
        help_text=_("Untuk laporan IKM dan laporan angkatan."),
        error_messages={"invalid_choice": _("Pilih angkatan dari daftar.")},
    )
    agreement = forms.ModelChoiceField(
        label=_("Perjanjian"),
        queryset=None,
        required=False,
        empty_label=_("Semua"),
        help_text=_("Untuk laporan MoU."),
        error_messages={"invalid_choice": _("Pilih perjanjian dari daftar.")},
    )
    field_order = ["kind", "cohort", "agreement", "day", "language", "key"]

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["cohort"].queryset = kinds.KINDS[Kind.COHORT].subjects(user)
        self.fields["agreement"].queryset = kinds.KINDS[Kind.AGREEMENT].subjects(user)

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if data.get("cohort") and kind not in {Kind.ENTERPRISE, Kind.COHORT}:
            self.add_error("cohort", _("Laporan ini bukan tentang satu angkatan. Pilih Semua."))
        if data.get("agreement") and kind != Kind.AGREEMENT:
            self.add_error("agreement", _("Laporan ini bukan tentang satu perjanjian. Pilih Semua."))
        return data

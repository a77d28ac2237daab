"""Forms about many enrolments at once, and about what follows graduation."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import DayField, form_helper
from participants.models import Enrolment

NOT_AFTER_TODAY = _("Tanggal tidak boleh setelah hari ini.")


class PastDayField(DayField):
    """A day up to today; today is offered."""

    def __init__(self, **options):
        super().__init__(initial=timezone.localdate, **options)

    def validate(self, value):
        super().validate(value)
        if value and value > timezone.localdate():
            raise ValidationError(NOT_AFTER_TODAY)


class EnrolForm(forms.Form):
    """On which day the chosen enterprises asked to take part."""

    on = PastDayField(label=_("Tanggal mendaftar"), error_messages={"required": _("Isi tanggalnya.")})

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()


class BulkMoveForm(forms.Form):
    """One new status for several enrolments; each that cannot take it says why."""

    status = forms.ChoiceField(
        label=_("Status baru"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih status baru."), "invalid_choice": _("Pilih status baru.")},
    )
    on = PastDayField(label=_("Tanggal"), error_messages={"required": _("Isi tanggalnya.")})
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wajib untuk cuti dan keluar. Pemilik IKM dapat membacanya."),
    )

    def __init__(self, *args, chosen: Iterable[Enrolment], **options):
        super().__init__(*args, **options)
        possible = {status for enrolment in chosen for status in enrolment.TRANSITIONS[enrolment.status]}
        self.fields["status"].choices = [
            (value, label) for value, label in Enrolment.Status.choices if value in possible
        ]
        self.helper = form_helper()

    def clean(self):
        super().clean()
        needs_reason = self.cleaned_data.get("status") in (
            Enrolment.Status.ON_LEAVE,
            Enrolment.Status.WITHDRAWN,
        )
        if needs_reason and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Isi alasannya."))
        return self.cleaned_data


class FollowUpForm(forms.Form):
    """What was found when somebody looked after a graduate."""

    note = forms.CharField(
        label=_("Hasil"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Misalnya masih memasok, jumlah pekerja, kendala. Pemilik IKM dapat membacanya."),
        error_messages={"required": _("Tulis hasilnya.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

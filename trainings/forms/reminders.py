"""Who was reminded, and how."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import KeyedForm
from trainings.models import SessionReminder


class ReminderForm(KeyedForm):
    """One press: this IKM was reminded."""

    enrolment = forms.UUIDField(error_messages={"required": _("Pilih IKM"), "invalid": _("Pilih IKM")})
    channel = forms.ChoiceField(
        choices=SessionReminder.Channel,
        error_messages={"required": _("Pilih caranya"), "invalid_choice": _("Pilih caranya")},
    )

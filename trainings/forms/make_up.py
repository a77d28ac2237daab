"""At which session of another cohort a missed one is made up for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.formats import moment
from trainings.forms.base import PortalForm
from trainings.models import TrainingSession


class SessionChoice(forms.ModelChoiceField):
    """A session with its cohort, its time and its place."""

    def label_from_instance(self, session):
        when = moment(session.starts_at, session)
        return f"{session}, {session.cohort}: {when}, {session.place}, {session.regency.short_name}"


class MakeUpForm(PortalForm):
    """One of the sessions offered."""

    session = SessionChoice(
        label=_("Sesi susulan"),
        queryset=TrainingSession.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        to_field_name="code",
        error_messages={
            "required": _("Pilih satu sesi"),
            "invalid_choice": _("Pilih sesi dari daftar"),
        },
    )

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = sessions

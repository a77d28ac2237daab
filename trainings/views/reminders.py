"""Reminding the contacts of a session: a text ready to send, and who has been reminded by whom."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.models import new_id
from closedloop.core.phone import wa_link
from trainings import actions
from trainings.forms.reminders import ReminderForm
from trainings.models import TrainingSession
from trainings.reminded import contacts_of
from trainings.reminder_words import session_reminder_text
from trainings.views.rostering import of_session


@requires(Permission.SESSION_RUN)
@of_session
def reminders(request, session):
    """Everybody expected, with a WhatsApp button for those who agreed to it."""
    contacts = contacts_of(session, request.user)
    if request.method == "POST":
        return remember(request, session, contacts)
    rows = [
        {
            "contact": one,
            "key": new_id(),
            "link": wa_link(one.person.phone, session_reminder_text(session, one.person))
            if one.person and one.person.phone and one.is_known and one.may_whatsapp
            else "",
        }
        for one in contacts
    ]
    context = {
        "session": session,
        "rows": rows,
        "reminded": sum(one.last is not None for one in contacts),
        "is_coming": session.status in (TrainingSession.Status.SCHEDULED, TrainingSession.Status.OPEN),
    }
    return render(request, "trainings/session_reminders.html", context)


def remember(request, session, contacts):
    """Keep that one of the contacts was reminded, and go back to their row."""
    form = ReminderForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(next(iter(form.errors.values()))[0])
        wanted = form.cleaned_data["enrolment"]
        contact = next((one for one in contacts if one.enrolment.pk == wanted), None)
        if contact is None or contact.person is None or not contact.is_known:
            raise ValidationError(_("IKM itu tidak ada di daftar pengingat sesi ini."))
        actions.remind(
            session,
            contact.enrolment,
            contact.person,
            form.cleaned_data["channel"],
            by=request.user,
            id=form.cleaned_data["key"],
        )
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("trainings:session_reminders", session.code)
    messages.success(
        request, _("%(enterprise)s sudah diingatkan.") % {"enterprise": contact.enrolment.enterprise}
    )
    response = redirect("trainings:session_reminders", session.code)
    response.headers["Location"] += f"#i-{contact.enrolment.pk}"
    return response

"""IKM that somebody should call, with the rule and the facts that fired it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.phone import wa_link
from participants.models import Enrolment
from trainings import actions, words
from trainings.forms.warnings import WarningForm
from trainings.warned import warnings_of


def on_roster_of(user):
    return Enrolment.objects.visible_to(user).invited().select_related("enterprise", "cohort")


@requires(Permission.SESSION_RUN)
def warnings(request):
    """What nobody has dealt with first; below it what was done."""
    found = warnings_of(on_roster_of(request.user))
    rows = [
        {
            "warning": one,
            "facts": words.warning_facts(one),
            "reminder": wa_link(one.contact.phone, words.reminder_text(one))
            if one.contact and one.may_whatsapp
            else "",
        }
        for one in found
    ]
    context = {
        "open": [row for row in rows if row["warning"].answer is None],
        "answered": [row for row in rows if row["warning"].answer],
    }
    return render(request, "trainings/warnings.html", context)


@requires(Permission.SESSION_RUN)
def answer(request, pk):
    """Say what was done about one warning."""
    enrolment = get_object_or_404(on_roster_of(request.user), pk=pk)
    asked = request.POST if request.method == "POST" else request.GET
    named = {
        "rule": asked.get("rule", asked.get("aturan", "")),
        "key": asked.get("key", asked.get("kunci", "")),
    }
    form = WarningForm(request.POST if request.method == "POST" else None, initial=named)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_warning(enrolment, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Tindak lanjut tersimpan."))
            return redirect("trainings:warnings")
    one = next(
        (w for w in warnings_of([enrolment]) if (w.rule, w.key) == (named["rule"], named["key"])), None
    )
    if one is None and not form.errors:
        messages.info(request, _("Peringatan itu sudah tidak berlaku."))
        return redirect("trainings:warnings")
    context = {"form": form, "enrolment": enrolment, "facts": words.warning_facts(one) if one else []}
    return render(request, "trainings/answer_warning.html", context)

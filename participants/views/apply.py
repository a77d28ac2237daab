"""The public form of an enterprise that applies itself, and the page behind its link."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from closedloop.core import formats
from closedloop.core.forms import KeyedForm
from participants import actions, consents
from participants.actions.applications import answer_by
from participants.forms.apply import ApplicationForm, TrapForm
from participants.models import Application, Cohort, Consent, SelectionForm
from participants.views.saving import is_good, key_of, refused, saved

Status = Application.Status
# an applicant's page in four steps, whatever the states behind it
STEPS = {Status.SUBMITTED: 1, Status.IN_REVIEW: 2}


def application_of(token: str) -> Application:
    """Return the application of the link, or 404; a link that was changed by one letter is nobody's."""
    rows = Application.objects.select_related("cohort", "form", "regency__province")
    return get_object_or_404(rows.with_token(token))


@login_not_required
@never_cache
def apply(request):
    """Which cohorts take applications; the button opens a draft behind a link of its own."""
    cohorts = Cohort.objects.accepting(timezone.localdate()).order_by("starts_on")
    trap = TrapForm(request.POST or None)
    if is_good(request, trap):
        cohort = get_object_or_404(cohorts, code=request.POST.get("angkatan", ""))
        return redirect(draft_of(request, cohort).public_path)
    context = {"cohorts": cohorts, "key": KeyedForm(), "trap": trap}
    return render(request, "participants/apply.html", context)


def draft_of(request, cohort: Cohort) -> Application:
    """Return the draft that this press of the button opens, or opened a moment ago.

    Only an empty draft is found again by its key: a key must never lead to what somebody wrote.
    """
    key = key_of(request)
    twin = Application.objects.filter(pk=key, cohort=cohort, status=Status.DRAFT, answers={}).first()
    return twin or actions.start_application(
        cohort, id=None if Application.objects.filter(pk=key).exists() else key
    )


def typed(request) -> dict[str, str]:
    """Return what was typed, under the names of the form; everything else is left out."""
    return {name: request.POST.get(name, "") for name in ApplicationForm.base_fields}


@login_not_required
@never_cache
@sensitive_post_parameters()
def application_form(request, token):
    """The form while it is a draft; once sent, how the application stands."""
    application = application_of(token)
    if application.status != Status.DRAFT:
        return render(request, "participants/apply_status.html", standing(application))
    form, trap = ApplicationForm(initial=application.answers), TrapForm()
    if request.method == "POST":
        # first of all, so that whatever comes next nothing typed is lost
        application = actions.save_draft(application, typed(request))
        if request.POST.get("go") == "later":
            messages.success(request, _("Tersimpan. Buka tautan di bawah untuk melanjutkan."))
            return redirect(f"{request.path}#tautan")
        form, trap = ApplicationForm(request.POST), TrapForm(request.POST)
        if form.is_valid() and trap.is_valid():
            saved(form, actions.submit_application, application, **form.values())
            application.refresh_from_db()
        if application.status != Status.DRAFT:
            return redirect(request.path)
    context = {
        "application": application,
        "form": form,
        "trap": trap,
        "link": settings.SITE_URL + application.public_path,
        "terms": SelectionForm.objects.for_cohort(application.cohort),
        "consent": consents.text_of(Consent.Purpose.TRAINING),
        "sales_year": timezone.localdate().year - 1,
    }
    return render(request, "participants/apply_form.html", context)


@login_not_required
@require_POST
@never_cache
@sensitive_post_parameters()
def save_draft(request, token):
    """Keep what is typed while it is typed; answers with a line to show under the form."""
    application = actions.save_draft(application_of(token), typed(request))
    if application.status != Status.DRAFT:
        return HttpResponse(_("Pendaftaran ini sudah dikirim."), status=409, content_type="text/plain")
    text = _("Draf tersimpan %(time)s") % {"time": formats.time_at(application.saved_at)}
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def standing(application: Application) -> dict:
    """Return what the applicant is shown of a sent application."""
    steps = (_("Dikirim"), _("Diterima"), _("Dinilai"), _("Keputusan"))
    now = STEPS.get(application.status, len(steps))
    return {
        "application": application,
        "steps": [
            {"title": title, "state": "done" if place < now else "now" if place == now else ""}
            for place, title in enumerate(steps)
        ],
        "answer_by": answer_by(application),
        "link": settings.SITE_URL + application.public_path,
        "can_withdraw": application.can_become(Status.WITHDRAWN),
    }


@login_not_required
@never_cache
def withdraw_application(request, token):
    """Ask first, then take the application back with everything that names the applicant."""
    application = application_of(token)
    if request.method == "POST":
        try:
            was_draft = application.status == Status.DRAFT
            actions.withdraw_application(application)
        except ValidationError as error:
            refused(request, error)
            return redirect(application.public_path)
        messages.success(request, _("Data Anda sudah dihapus."))
        return redirect("participants:apply") if was_draft else redirect(application.public_path)
    return render(request, "participants/apply_withdraw.html", {"application": application})

"""Certificates: issued by staff, held by owners, read by anybody who holds the paper."""

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.codes import is_mistyped, typed_code
from participants.models import Cohort
from trainings import actions, words
from trainings.certification import changed_facts, earned_rows, fact_rows, module_name
from trainings.earned import Candidate, candidates
from trainings.filters import cohorts_known_to
from trainings.forms.certificates import EndForm
from trainings.models import Certificate, Module
from trainings.models.certificates import CODE_LENGTH
from trainings.qr import address_qr


@requires(Permission.COHORT_VIEW)
def cohort(request, code):
    """One module of a cohort at a time: who has earned its certificate, who holds one, what the others lack."""
    found = get_object_or_404(cohorts_known_to(request.user), code=code)
    visible = set(found.enrolments.visible_to(request.user).values_list("pk", flat=True))
    parts = {module.code: Part(module) for module in modules_of(found)}
    for one in candidates(found):
        if one.enrolment.pk in visible:
            parts[one.module.code].rows.append(one)
    wanted = request.GET.get("modul", "")
    shown = parts.get(wanted) or next((part for part in parts.values() if part.ready), None)
    shown = shown or next(iter(parts.values()), None)
    context = {
        "cohort": found,
        "parts": list(parts.values()),
        "shown": shown,
        "rows": [(one, [words.obstacle_text(lack, one) for lack in one.obstacles]) for one in shown.rows]
        if shown
        else [],
        "may_issue": request.user.may(Permission.TRAINING_MANAGE),
    }
    return render(request, "trainings/certificates.html", context)


@dataclass
class Part:
    """One module of the page, with everybody who attended it."""

    module: Module
    rows: list[Candidate] = field(default_factory=list)

    @property
    def ready(self) -> int:
        return sum(one.is_ready for one in self.rows)

    @property
    def held(self) -> int:
        return sum(one.certificate is not None for one in self.rows)


def modules_of(cohort: Cohort):
    return Module.objects.filter(curriculum__cohort_pins__cohort=cohort)


@require_POST
@requires(Permission.TRAINING_MANAGE)
def issue(request, code, module):
    """Issue one module's certificates to all who have earned them."""
    found = get_object_or_404(Cohort.objects.visible_to(request.user), code=code)
    done = actions.issue_certificates(
        found, get_object_or_404(modules_of(found), code=module), by=request.user
    )
    if done:
        text = ngettext("%(n)d sertifikat terbit.", "%(n)d sertifikat terbit.", len(done))
        messages.success(request, text % {"n": len(done)})
    else:
        messages.info(request, _("Tidak ada yang menunggu sertifikat modul ini."))
    return redirect(f"{reverse('trainings:certificates', args=[found.code])}?modul={module}")


@requires(Permission.TRAINING_MANAGE)
def end(request, code):
    """Replace or revoke a certificate, knowing what has changed since it was printed."""
    certificate = get_object_or_404(known(request.user), code=code)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["what"] == "revoke":
                actions.revoke_certificate(certificate, form.cleaned_data["reason"], by=request.user)
                messages.success(request, _("Sertifikat dicabut."))
                return redirect(certificate)
            new = actions.replace_certificate(certificate, form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Sertifikat diganti dengan %(number)s.") % {"number": new.number})
            return redirect(new)
    present = actions.present_candidate(certificate)
    changed = changed_facts(certificate.facts, actions.facts_today(present)) if present else None
    context = {
        "certificate": certificate,
        "form": form,
        "module": module_name(certificate.facts),
        "earned": present is not None and not present.obstacles,
        "changed": [words.fact_label(name) for name in changed or []],
    }
    return render(request, "trainings/certificate_end.html", context)


def known(user):
    return Certificate.objects.visible_to(user).select_related(
        "enrolment__enterprise", "enrolment__cohort", "person", "module", "replaced_by"
    )


@requires(Permission.CHECK_IN)
def my_certificates(request):
    """The certificates of one's own IKM: those in force first."""
    rows = (
        known(request.user)
        .annotate(in_force=Count("pk", filter=Q(status=Certificate.Status.VALID)))
        .order_by("-in_force", "-issued_on", "number")
    )
    return render(
        request, "trainings/my_certificates.html", {"rows": [(row, module_name(row.facts)) for row in rows]}
    )


@login_not_required
@require_safe
def certificate(request, code=""):
    """What the paper must say, and whether it is in force. Anybody may ask, without an account."""
    typed = typed_code(code or request.GET.get("kode", ""))
    known_ones = Certificate.objects.select_related("replaced_by")
    found = known_ones.filter(code=typed).first() if typed else None
    status = 404 if typed and not found else 200
    context = {
        "typed": typed,
        "mistyped": bool(typed) and not found and is_mistyped(typed, CODE_LENGTH),
        "certificate": found,
        "replaces": found.replaces.first() if found else None,
        "rows": fact_rows(found) if found else [],
    }
    response = render(request, "trainings/certificate.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
def printed(request, code):
    """The certificate as one page of paper; it shows nothing that its public page does not."""
    found = get_object_or_404(Certificate.objects.valid(), code=code)
    language = request.GET.get("bahasa", "")
    language = language if language in dict(settings.LANGUAGES) else request.LANGUAGE_CODE
    url = settings.SITE_URL + found.get_absolute_url()
    with translation.override(language):
        context = {
            "certificate": found,
            "facts": found.facts,
            "module": module_name(found.facts),
            "details": earned_rows(found.facts),
            "url": url,
            "qr": address_qr(url),
        }
        response = render(request, "trainings/certificate_print.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response

"""What an enterprise agrees to: read in full, given and withdrawn by its owner, or for it by staff."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.audit.models import Event
from participants import actions
from participants.consents import text_of
from participants.forms.consents import ConsentForm, WithdrawalForm
from participants.models import Consent, Enterprise
from participants.views.enterprises import enterprise_of
from participants.views.own import own_enterprise
from participants.views.saving import is_good, saved
from participants.withdrawal import effects_of

PORTAL = "Portal"


def own_or_404(request) -> Enterprise:
    enterprise = own_enterprise(request)
    if enterprise is None:
        raise Http404
    return enterprise


def purpose_of(word: str) -> str:
    if word not in Consent.Purpose.values:
        raise Http404
    return word


def rows_of(enterprise: Enterprise) -> list[dict]:
    """Return every purpose with its text and its newest consent, in force or withdrawn."""
    newest: dict[str, Consent] = {}
    for consent in enterprise.consents.order_by("given_at"):
        newest[consent.purpose] = consent
    return [
        {"purpose": purpose, "text": text_of(purpose.value), "consent": newest.get(purpose.value)}
        for purpose in Consent.Purpose
    ]


@requires(Permission.ENTERPRISE_EDIT_OWN)
def my_consents(request):
    """All purposes on one page, each in full, each given or withdrawn by itself."""
    enterprise = own_enterprise(request)
    if enterprise is None:
        return redirect("participants:my_enterprise")
    context = {"enterprise": enterprise, "rows": rows_of(enterprise)}
    return render(request, "participants/my_consents.html", context)


@require_POST
@requires(Permission.ENTERPRISE_EDIT_OWN)
def give_own_consent(request, purpose):
    """The owner agrees to one purpose, under the text on the page."""
    enterprise = own_or_404(request)
    person = enterprise.people.filter(user=request.user).first()
    actions.give_consent(
        enterprise, by=request.user, purpose=purpose_of(purpose), channel=PORTAL, person=person
    )
    messages.success(request, _("Persetujuan tersimpan."))
    return redirect(f"{reverse('participants:my_consents')}?ikm={enterprise.code}")


@requires(Permission.ENTERPRISE_EDIT_OWN)
def withdraw_own_consent(request, purpose):
    """Ask, then withdraw; the answer is the proof of it."""
    enterprise = own_or_404(request)
    consent = get_object_or_404(enterprise.consents.in_force(), purpose=purpose_of(purpose))
    if request.method == "POST":
        actions.withdraw_consent(consent, by=request.user, channel=PORTAL)
        messages.success(request, _("Persetujuan ditarik. Pemakaiannya berhenti sekarang juga."))
        return redirect("participants:consent_receipt", consent.pk)
    back = f"{reverse('participants:my_consents')}?ikm={enterprise.code}"
    return render(request, "components/confirm.html", withdrawal(enterprise, consent, back))


def withdrawal(enterprise: Enterprise, consent: Consent, back: str, form=None) -> dict:
    """Return what the page that asks before a withdrawal says."""
    text = text_of(consent.purpose, version=consent.text_version)
    return {
        "title": _("Tarik persetujuan ini?"),
        "text": _("%(purpose)s, %(name)s. Data tidak lagi dipakai untuk tujuan itu sejak saat ini.")
        % {"purpose": consent.get_purpose_display(), "name": enterprise},
        "consequences": [*effects_of(consent.purpose).lines(), *([text.if_not] if text else [])],
        "verb": _("Tarik persetujuan"),
        "cancel": back,
        "danger": True,
        "form": form,
    }


@requires(Permission.ENTERPRISE_EDIT)
def add_consent(request, code):
    """Record an agreement given on paper or by telephone."""
    enterprise = enterprise_of(request, code)
    form = ConsentForm(request.POST or None)
    if is_good(request, form) and saved(
        form, actions.give_consent, enterprise, by=request.user, **form.cleaned_data
    ):
        messages.success(request, _("Persetujuan tersimpan."))
        return redirect("participants:detail", code)
    context = {"enterprise": enterprise, "form": form, "rows": rows_of(enterprise)}
    return render(request, "participants/consent_form.html", context)


@requires(Permission.ENTERPRISE_EDIT)
def withdraw_consent(request, code, pk):
    """Ask how, then record that an agreement was withdrawn; the answer is the proof of it."""
    enterprise = enterprise_of(request, code)
    consent = get_object_or_404(Consent.objects.filter(enterprise=enterprise), pk=pk)
    back = reverse("participants:detail", args=[code])
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if is_good(request, form):
        actions.withdraw_consent(consent, by=request.user, channel=form.cleaned_data["channel"])
        messages.success(request, _("Persetujuan ditarik."))
        return redirect("participants:consent_receipt", consent.pk)
    return render(request, "components/confirm.html", withdrawal(enterprise, consent, back, form))


@requires(Permission.ENTERPRISE_VIEW)
def consent_receipt(request, pk):
    """The proof: which text, given and withdrawn when, how and by whom."""
    consent = get_object_or_404(Consent.objects.visible_to(request.user).select_related("enterprise"), pk=pk)
    trail = {event.verb: event for event in Event.objects.filter(target_id=str(consent.pk))}
    context = {
        "consent": consent,
        "enterprise": consent.enterprise,
        "text": text_of(consent.purpose, version=consent.text_version, language=consent.language),
        "given_by": trail.get("consent.given"),
        "withdrawn_by": trail.get("consent.withdrawn"),
        "effects": effects_of(consent.purpose),
        "number": str(consent.pk)[-8:].upper(),
    }
    return render(request, "participants/consent_receipt.html", context)

"""The record of one enterprise: its facts, its people and papers, its history."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants import actions
from participants.actions.merges import rule_out
from participants.consents import has_consent, withdrawn
from participants.forms.enterprises import EnterpriseForm, RegistrationForm
from participants.models import Consent, Enterprise, EnterpriseMerge, Person
from participants.size import industry_size, size_by_capital, size_by_sales
from participants.views.clashes import saved_enterprise
from participants.views.doubts import doubts, ruled_out, typed
from participants.views.saving import is_good, key_of, saved


def enterprise_of(request, code: str) -> Enterprise:
    """Return the enterprise with this code, or 404 when the reader may not know of it."""
    rows = Enterprise.objects.visible_to(request.user).select_related("regency__province")
    return get_object_or_404(rows, code=code)


@requires(Permission.ENTERPRISE_VIEW)
def detail(request, code):
    """Every fact on record; identity numbers by their last four digits."""
    return render(request, "participants/detail.html", facts_of(enterprise_of(request, code), request.user))


@require_POST
@requires(Permission.IDENTITY_VIEW_FULL)
def identity(request, code):
    """The same page with the full identity numbers; that somebody looked is recorded."""
    enterprise = enterprise_of(request, code)
    actions.record_identity_view(enterprise, by=request.user)
    context = facts_of(enterprise, request.user) | {"shows_identity": True}
    return render(request, "participants/detail.html", context)


def facts_of(enterprise: Enterprise, user) -> dict:
    """Return what the page about an enterprise's data shows."""
    figures = list(enterprise.annual_figures.all())
    return {
        "enterprise": enterprise,
        "figures": figures,
        "sizes": sizes_of(enterprise, figures),
        "kbli_links": enterprise.kbli_links.select_related("kbli"),
        "products": enterprise.products.all(),
        "processes": enterprise.processes.all(),
        "people": enterprise.people.select_related("user"),
        "documents": enterprise.documents.current(),
        "older_documents": enterprise.documents.exclude(pk__in=enterprise.documents.current().values("pk")),
        "consents": enterprise.consents.all(),
        "enrolments": enterprise.enrolments.select_related("cohort").with_mentor().order_by("-status_since"),
        "merges": merges_into(enterprise, user),
        "withdrawn": withdrawn(enterprise),
        "enrolment": enterprise.enrolments.open().first(),
        "may_manage": user.may(Permission.COHORT_MANAGE),
        "shows_identity": False,
        "may_edit": user.may(Permission.ENTERPRISE_EDIT),
        "may_see_identity": user.may(Permission.IDENTITY_VIEW_FULL),
        "may_enter_figures": user.may(Permission.FIGURE_ENTER),
        "may_whatsapp": has_consent(enterprise, Consent.Purpose.WHATSAPP),
        "shared_phones": Person.objects.of_others(enterprise),
        "may_see_phones": user.may(Permission.IDENTITY_VIEW_FULL) or user.role in (Role.MENTOR, Role.OWNER),
    }


def merges_into(enterprise: Enterprise, user):
    """Return the merges by which this record speaks for others, for those who may take them back."""
    rows = EnterpriseMerge.objects.visible_to(user).in_force().filter(survivor=enterprise)
    return rows.select_related("other", "merged_by")


def sizes_of(enterprise: Enterprise, figures: list) -> list:
    """Return what both laws say, each from the newest figures it needs and with their year.

    Capital and investment are kept as they stand now, so a size by them alone has no year.
    """
    sales = next((one for one in figures if one.annual_sales is not None), None)
    staffed = next((one for one in figures if one.employee_count is not None), None)
    workers, year = enterprise.employee_count, None
    if workers is None and staffed:
        workers, year = staffed.employee_count, staffed.year
    return [
        size_by_capital(enterprise.capital, year=None),
        size_by_sales(sales.annual_sales if sales else None, year=sales.year if sales else None),
        industry_size(workers, enterprise.investment_value, year=year),
    ]


@requires(Permission.ENTERPRISE_EDIT)
def add(request):
    """Register an enterprise with its contact, figure and consent."""
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and (twin := Enterprise.objects.filter(pk=key_of(request)).first()):
        messages.info(request, _("%(name)s sudah tersimpan.") % {"name": twin})
        return redirect("participants:detail", twin.code)
    alike = doubts(request, form)
    if is_good(request, form) and not alike:
        enterprise = saved(form, actions.register_enterprise, by=request.user, **form.values())
        if enterprise:
            rule_out(enterprise, ruled_out(request), by=request.user)
            messages.success(request, _("%(name)s didaftarkan.") % {"name": enterprise})
            return redirect("participants:detail", enterprise.code)
    context = {"form": form, "enterprise": None, "alike": alike, "typed": typed(form)}
    return render(request, "participants/enterprise_form.html", context)


@requires(Permission.ENTERPRISE_EDIT)
def edit(request, code):
    """Change an enterprise; what somebody else saved meanwhile is not overwritten."""
    enterprise = enterprise_of(request, code)
    form = EnterpriseForm(request.POST or None, instance=enterprise)
    alike = doubts(request, form, enterprise)
    if is_good(request, form) and not alike:
        form, changed = saved_enterprise(request, form, enterprise)
        if changed:
            rule_out(changed, ruled_out(request), by=request.user)
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("participants:detail", code)
    stored = enterprise_of(request, code)  # the form has written into the one it was given
    context = {"form": form, "enterprise": stored, "alike": alike, "typed": typed(form)}
    return render(request, "participants/enterprise_form.html", context)


def form_page(request, enterprise, form, title, *, is_upload=False, back=""):
    """Show a short form about an enterprise, to staff at a desk or to an owner on a phone."""
    context = {
        "form": form,
        "enterprise": enterprise,
        "title": title,
        "is_upload": is_upload,
        "back": back or reverse("participants:detail", args=[enterprise.code]),
    }
    return render(request, "participants/short_form.html", context)

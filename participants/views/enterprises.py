"""The record of one enterprise: its facts, its people and papers, its history."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.actions import mail_invitation
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.accounts.views import activation_link
from closedloop.audit.models import Event
from participants import actions
from participants.forms.enterprises import EnterpriseForm, RegistrationForm
from participants.forms.people import (
    AnnualFigureForm,
    ConsentForm,
    DocumentForm,
    EditPersonForm,
    NewPersonForm,
)
from participants.models import Consent, Document, Enterprise, Person
from participants.size import legal_sizes
from participants.timeline import entries, owner_verbs
from participants.views.saving import is_good, key_of, refused, saved

EVENTS_A_PAGE = 50
KINDS = {"pdf": "application/pdf", "jpg": "image/jpeg"}


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
    latest = figures[0] if figures else None
    workers = enterprise.employee_count
    if workers is None and latest:
        workers = latest.employee_count
    sizes = legal_sizes(
        capital=enterprise.capital,
        annual_sales=latest.annual_sales if latest else None,
        workers=workers,
        investment=enterprise.investment_value,
        year=latest.year if latest else None,
    )
    return {
        "enterprise": enterprise,
        "figures": figures,
        "sizes": [sizes.by_capital, sizes.by_sales, sizes.industry],
        "kbli_links": enterprise.kbli_links.select_related("kbli"),
        "products": enterprise.products.all(),
        "processes": enterprise.processes.all(),
        "people": enterprise.people.select_related("user"),
        "documents": enterprise.documents.all(),
        "consents": enterprise.consents.all(),
        "enrolments": enterprise.enrolments.select_related("cohort").with_mentor().order_by("-status_since"),
        "shows_identity": False,
        "may_edit": user.may(Permission.ENTERPRISE_EDIT),
        "may_see_identity": user.may(Permission.IDENTITY_VIEW_FULL),
        "may_see_phones": user.may(Permission.IDENTITY_VIEW_FULL) or user.role in (Role.MENTOR, Role.OWNER),
    }


@requires(Permission.ENTERPRISE_VIEW)
def timeline(request, code):
    """What happened to the enterprise, newest first."""
    enterprise = enterprise_of(request, code)
    is_owner = request.user.role == Role.OWNER
    events = Event.objects.filter(enterprise_id=enterprise.pk)
    if is_owner:
        events = events.filter(verb__in=owner_verbs())
    page = Paginator(events, EVENTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "enterprise": enterprise,
        "page": page,
        "events": entries(page.object_list, place=enterprise.regency, for_owner=is_owner),
    }
    return render(request, "participants/timeline.html", context)


@requires(Permission.ENTERPRISE_EDIT)
def add(request):
    """Register an enterprise with its contact, figure and consent."""
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and (twin := Enterprise.objects.filter(pk=key_of(request)).first()):
        messages.info(request, _("%(name)s sudah tersimpan.") % {"name": twin})
        return redirect("participants:detail", twin.code)
    if is_good(request, form):
        enterprise = saved(form, actions.register_enterprise, by=request.user, **form.values())
        if enterprise:
            messages.success(request, _("%(name)s didaftarkan.") % {"name": enterprise})
            return redirect("participants:detail", enterprise.code)
    return render(request, "participants/enterprise_form.html", {"form": form, "enterprise": None})


@requires(Permission.ENTERPRISE_EDIT)
def edit(request, code):
    """Change an enterprise; what somebody else saved meanwhile is not overwritten."""
    enterprise = enterprise_of(request, code)
    form = EnterpriseForm(request.POST or None, instance=enterprise)
    if is_good(request, form):
        changed = saved(
            form,
            actions.update_enterprise,
            enterprise,
            by=request.user,
            version=form.cleaned_data["version"],
            **form.values(),
        )
        if changed:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("participants:detail", code)
    stored = enterprise_of(request, code)  # the form has written into the one it was given
    return render(request, "participants/enterprise_form.html", {"form": form, "enterprise": stored})


def form_page(request, enterprise, form, title, *, is_upload=False):
    """Show a short form about an enterprise."""
    context = {"form": form, "enterprise": enterprise, "title": title, "is_upload": is_upload}
    return render(request, "participants/short_form.html", context)


@requires(Permission.ENTERPRISE_EDIT)
def add_person(request, code):
    """Add somebody to an enterprise."""
    enterprise = enterprise_of(request, code)
    form = NewPersonForm(request.POST or None)
    if is_good(request, form):
        twin = Person.objects.filter(pk=form.cleaned_data["key"], enterprise=enterprise).first()
        if twin or saved(form, actions.add_person, enterprise, by=request.user, **form.values()):
            messages.success(request, _("Orang ditambahkan."))
            return redirect("participants:detail", code)
    return form_page(request, enterprise, form, _("Tambah orang"))


@requires(Permission.ENTERPRISE_EDIT)
def edit_person(request, code, pk):
    """Change somebody of an enterprise."""
    enterprise = enterprise_of(request, code)
    person = get_object_or_404(enterprise.people, pk=pk)
    form = EditPersonForm(request.POST or None, instance=person)
    if is_good(request, form) and saved(
        form, actions.update_person, person, by=request.user, **form.cleaned_data
    ):
        messages.success(request, _("Perubahan tersimpan."))
        return redirect("participants:detail", code)
    return form_page(request, enterprise, form, _("Ubah data orang"))


@require_POST
@requires(Permission.ENTERPRISE_EDIT)
def invite_person(request, code, pk):
    """Send somebody of an enterprise the link to their account."""
    enterprise = enterprise_of(request, code)
    person = get_object_or_404(enterprise.people, pk=pk)
    try:
        with transaction.atomic():
            user, token = actions.invite_person(person, by=request.user)
            if token:
                transaction.on_commit(lambda: mail_invitation(user, activation_link(token)))
    except ValidationError as error:
        refused(request, error)
    else:
        text = (
            _("Undangan dikirim ke %(email)s.") if token else _("%(email)s sekarang juga mewakili IKM ini.")
        )
        messages.success(request, text % {"email": user.email})
    return redirect("participants:detail", code)


@requires(Permission.ENTERPRISE_EDIT)
def add_document(request, code):
    """Add a paper of an enterprise."""
    enterprise = enterprise_of(request, code)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if is_good(request, form):
        twin = Document.objects.filter(pk=form.cleaned_data["key"], enterprise=enterprise).first()
        if twin or saved(form, actions.add_document, enterprise, by=request.user, **form.values()):
            messages.success(request, _("Dokumen ditambahkan."))
            return redirect("participants:detail", code)
    return form_page(request, enterprise, form, _("Tambah dokumen"), is_upload=True)


@requires(Permission.ENTERPRISE_VIEW)
def document(request, pk):
    """The file of a paper, for those who may know of its enterprise."""
    paper = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    if not paper.file:
        raise Http404
    with paper.file.open() as file:  # at most 10 MB, see forms/files.py
        content = file.read()
    suffix = paper.file.name.rpartition(".")[2]
    name = f"{slugify(str(paper)) or 'dokumen'}.{suffix}"
    return HttpResponse(
        content,
        content_type=KINDS.get(suffix, "application/octet-stream"),
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@requires(Permission.ENTERPRISE_EDIT)
def add_figure(request, code):
    """Record what an enterprise reports for a year."""
    enterprise = enterprise_of(request, code)
    form = AnnualFigureForm(request.POST or None)
    if is_good(request, form) and saved(
        form, actions.record_annual_figure, enterprise, by=request.user, **form.cleaned_data
    ):
        messages.success(request, _("Angka tahunan tersimpan."))
        return redirect("participants:detail", code)
    return form_page(request, enterprise, form, _("Catat angka tahunan"))


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
    return form_page(request, enterprise, form, _("Catat persetujuan"))


@requires(Permission.ENTERPRISE_EDIT)
def withdraw_consent(request, code, pk):
    """Ask, then record that an agreement was withdrawn."""
    enterprise = enterprise_of(request, code)
    consent = get_object_or_404(Consent.objects.filter(enterprise=enterprise), pk=pk)
    back = reverse("participants:detail", args=[code])
    if request.method == "POST":
        actions.withdraw_consent(consent, by=request.user)
        messages.success(request, _("Persetujuan ditarik."))
        return redirect(back)
    context = {
        "title": _("Tarik persetujuan ini?"),
        "text": _("%(purpose)s, %(name)s. Data tidak lagi dipakai untuk tujuan itu sejak saat ini.")
        % {"purpose": consent.get_purpose_display(), "name": enterprise},
        "consequences": [],
        "verb": _("Tarik persetujuan"),
        "cancel": back,
        "danger": True,
        "form": None,
    }
    return render(request, "components/confirm.html", context)

"""The owner's own enterprise, on a phone."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.forms.documents import DocumentForm
from participants.forms.enterprises import OwnDataForm
from participants.models import Document, Enterprise
from participants.told import questions_for
from participants.views.clashes import saved_enterprise
from participants.views.saving import is_good, saved


def own_enterprises(request):
    return Enterprise.objects.visible_to(request.user).select_related("regency__province").order_by("name")


def own_enterprise(request) -> Enterprise | None:
    """Return the owner's enterprise; who has several chooses by ?ikm=, else the first by name."""
    rows = own_enterprises(request)
    return rows.filter(code=request.GET.get("ikm", "")).first() or rows.first()


@requires(Permission.ENTERPRISE_EDIT_OWN)
def my_enterprise(request):
    """What the portal knows of the owner's enterprise."""
    enterprise = own_enterprise(request)
    context = {"enterprise": enterprise, "others": []}
    if enterprise:
        context |= {
            "others": own_enterprises(request).exclude(pk=enterprise.pk),
            "products": enterprise.products.all(),
            "people": enterprise.people.active(),
            "figures": enterprise.annual_figures.all(),
            "consents": enterprise.consents.in_force(),
            "due_count": sum(one.is_due for one in questions_for(enterprise)),
        }
    return render(request, "participants/my_enterprise.html", context)


@requires(Permission.ENTERPRISE_EDIT_OWN)
def edit_my_enterprise(request):
    """Change how to reach the enterprise and how many work there."""
    enterprise = own_enterprise(request)
    if enterprise is None:
        return redirect("participants:my_enterprise")
    form = OwnDataForm(request.POST or None, instance=enterprise)
    if is_good(request, form):
        form, changed = saved_enterprise(request, form, enterprise)
        if changed:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("participants:my_enterprise")
    return render(request, "participants/edit_my_enterprise.html", {"form": form, "enterprise": enterprise})


@requires(Permission.ENTERPRISE_EDIT_OWN)
def my_documents(request):
    """The enterprise's papers, and a form for one more."""
    enterprise = own_enterprise(request)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if enterprise and is_good(request, form):
        twin = Document.objects.filter(pk=form.cleaned_data["key"], enterprise=enterprise).first()
        if twin or saved(form, actions.add_document, enterprise, by=request.user, **form.values()):
            messages.success(request, _("Dokumen tersimpan."))
            return redirect(request.get_full_path())
    papers = enterprise.documents.current() if enterprise else []
    context = {"form": form, "enterprise": enterprise, "documents": papers}
    return render(request, "participants/my_documents.html", context)

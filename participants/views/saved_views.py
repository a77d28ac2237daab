"""Lists kept under a name: saved from the list, renamed, brought up to date, thrown away."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.forms.filters import EnterpriseFilter
from participants.forms.saved_views import SavedViewForm
from participants.models import SavedView
from participants.views.saving import is_good, saved


def canonical(request, query: str) -> EnterpriseFilter:
    """Return the filters of a query, without what means nothing in it."""
    return EnterpriseFilter(QueryDict(query), user=request.user)


def own_view(request, pk) -> SavedView:
    return get_object_or_404(SavedView.objects.owned_by(request.user), pk=pk)


@requires(Permission.ENTERPRISE_VIEW)
def views(request):
    """One's own views and those that others share."""
    rows = SavedView.objects.visible_to(request.user).select_related("owner")
    shown = [
        {"view": view, "is_mine": view.owner_id == request.user.pk, "filters": canonical(request, view.query)}
        for view in rows
    ]
    return render(request, "participants/saved_views.html", {"rows": shown})


@requires(Permission.ENTERPRISE_VIEW)
def save(request):
    """Ask for a name, and keep the filters of the address under it."""
    asked = canonical(request, request.POST.get("saringan", request.GET.urlencode()))
    query = asked.query().urlencode()
    form = SavedViewForm(request.POST or None, user=request.user)
    if is_good(request, form):
        view = saved(form, actions.save_view, by=request.user, query=query, **form.values())
        if view:
            messages.success(request, _("Tampilan “%(name)s” tersimpan.") % {"name": view})
            return redirect(view)
    context = {"form": form, "view": None, "filters": asked, "query": query}
    return render(request, "participants/save_view.html", context)


@requires(Permission.ENTERPRISE_VIEW)
def edit(request, pk):
    """Rename a view of one's own, or share it."""
    view = own_view(request, pk)
    initial = {"name": view.name, "is_shared": view.is_shared}
    form = SavedViewForm(request.POST or None, user=request.user, initial=initial)
    if is_good(request, form):
        values = form.values()
        del values["id"]
        if saved(form, actions.change_view, view, by=request.user, **values):
            messages.success(request, _("Tampilan diubah."))
            return redirect("participants:saved_views")
    context = {"form": form, "view": view, "filters": canonical(request, view.query), "query": view.query}
    return render(request, "participants/save_view.html", context)


@require_POST
@requires(Permission.ENTERPRISE_VIEW)
def update(request, pk):
    """Let a view of one's own show what the list shows now."""
    query = canonical(request, request.POST.get("saringan", "")).query().urlencode()
    view = actions.change_view(own_view(request, pk), by=request.user, query=query)
    messages.success(request, _("Perubahan tampilan “%(name)s” tersimpan.") % {"name": view})
    return redirect(view)


@requires(Permission.ENTERPRISE_VIEW)
def delete(request, pk):
    """Ask, then throw a view of one's own away."""
    view = own_view(request, pk)
    if request.method == "POST":
        actions.delete_view(view, by=request.user)
        messages.success(request, _("Tampilan dihapus."))
        return redirect("participants:saved_views")
    context = {
        "title": _("Hapus tampilan “%(name)s”?") % {"name": view},
        "text": _("Hanya namanya yang hilang; IKM di dalamnya tidak berubah."),
        "consequences": [_("Orang lain tidak lagi melihat tampilan ini.")] if view.is_shared else [],
        "verb": _("Hapus tampilan"),
        "cancel": reverse("participants:saved_views"),
        "danger": True,
        "form": None,
    }
    return render(request, "components/confirm.html", context)

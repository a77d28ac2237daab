"""Watch reports being made, and stop those no longer wanted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.reports.cancelling import cancel
from closedloop.reports.models import ReportBatch
from closedloop.reports.views import TAKERS, batch_context, finished, under_way

HTMX_STOP = 286  # the page swaps the answer in and asks no more
NO_NEWS = 204


@require_safe
@requires(Permission.REPORT_REQUEST, Permission.PROGRAMME_VIEW)
def running(request):
    """The reports under way, as the list page swaps them in; nothing where the asker has seen all this."""
    context = under_way(request.user) | {"news": False}
    request.GET = request.GET.copy()
    seen = "".join(request.GET.pop("tanda", []))  # links in the answer are those of the list page
    if context["running"] and seen == context["mark"]:
        return HttpResponse(status=NO_NEWS)
    known, present = ({mark.split(".")[0] for mark in marks.split("_")} for marks in (seen, context["mark"]))
    if known - present or not context["running"]:  # one ended: it joins the list below
        context |= {"news": True, "form": None, **finished(request)}
    status = 200 if context["running"] else HTMX_STOP
    return render(request, "reports/list.html#running", context, status=status)


@require_safe
@requires(*TAKERS)
def progress(request, code):
    """How far a request is, as its page swaps it in; one query and no bytes where nothing has happened."""
    batch = get_object_or_404(ReportBatch.objects.visible_to(request.user).for_page(), code=code)
    if request.GET.get("tanda") == batch.mark:
        return HttpResponse(status=NO_NEWS)
    name = "batch_field.html" if request.user.role == Role.OWNER else "batch.html"
    status = HTMX_STOP if batch.completed_at else 200
    return render(request, f"reports/{name}#progress", batch_context(request, batch), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REPORT_REQUEST, Permission.MINUTES_REQUEST, Permission.DOCUMENT_REQUEST)
def stop(request, code):
    """Ask once more, then cancel what is still to be made."""
    batch = get_object_or_404(ReportBatch.objects.visible_to(request.user).for_page(), code=code)
    if request.method == "POST" and (count := cancel(batch, by=request.user)):
        words = ngettext("%(count)d laporan dibatalkan.", "%(count)d laporan dibatalkan.", count)
        messages.success(request, words % {"count": count})
    elif request.method == "POST" or batch.completed_at:
        messages.info(request, _("Tidak ada lagi yang dapat dibatalkan: semuanya sudah selesai."))
    else:
        shell = "base_field.html" if request.user.role == Role.OWNER else "base_staff.html"
        return render(request, "reports/cancel.html", {"batch": batch, "shell": shell})
    return redirect(batch)

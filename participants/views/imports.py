"""The imports there were, and one of them: what became, or would become, of each of its rows."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.audit.models import Event
from participants.forms.imports import ImportFilter
from participants.models import ImportBatch, ImportRow, ImportWork
from participants.sheets import XLSX, problem_sheet

HTMX_STOP = 286  # htmx swaps the answer in and polls no more
ROWS_A_PAGE = 50
Outcome = ImportRow.Outcome
Status = ImportBatch.Status


def batch_of(request, pk) -> ImportBatch:
    rows = ImportBatch.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("cohort", "uploaded_by", "mends"), pk=pk)


def work_of(batch: ImportBatch) -> ImportWork | None:
    """Return the last long step that was asked for on the import, if any."""
    return ImportWork.objects.filter(batch=batch).first()


@requires(Permission.ENTERPRISE_IMPORT)
def imports(request):
    """Every import there was, newest first."""
    asked = ImportFilter(request.GET)
    rows = ImportBatch.objects.visible_to(request.user).select_related("cohort", "uploaded_by")
    page = Paginator(asked.narrow(rows).with_counts(), 25).get_page(request.GET.get("page"))
    is_narrowed = bool(request.GET.keys() - {"page"})
    context = {"page": page, "filters": asked, "is_narrowed": is_narrowed, "now": timezone.now()}
    return render(request, "participants/imports.html", context)


@requires(Permission.ENTERPRISE_IMPORT)
def import_detail(request, pk):
    """One import, at whatever step it is."""
    batch = batch_of(request, pk)
    work = work_of(batch)
    if work and work.is_open:
        return render(request, "participants/import_work.html", {"batch": batch, "work": work})
    if batch.status == Status.UPLOADED:
        if not batch.mapping:
            return redirect("participants:import_columns", batch.pk)
        return render(request, "participants/import_work.html", {"batch": batch, "work": work})
    counts = batch.counts()
    tabs = tabs_of(batch, counts, request.GET.get("hasil", ""))
    rows = next(tab["rows"] for tab in tabs if tab["is_current"])
    context = {
        "batch": batch,
        "work": work,
        "undone_by": undone_by(batch),
        "page": Paginator(rows.select_related("enterprise"), ROWS_A_PAGE).get_page(request.GET.get("page")),
        "tabs": tabs,
        "counts": counts,
        "total": sum(counts.values()),
        "ready": sum(counts[outcome] for outcome in ImportRow.WRITTEN),
        "refused": sum(counts[outcome] for outcome in ImportRow.REFUSED),
        "can_decide": batch.status == Status.PREVIEWED,
        "can_undo": batch.status == Status.SAVED and timezone.now() <= batch.undo_until,
    }
    return render(request, "participants/import.html", context)


def undone_by(batch: ImportBatch) -> str:
    """Return the name of who took the import back, or nothing."""
    if batch.status != Status.UNDONE:
        return ""
    return Event.objects.about(batch).filter(verb="importbatch.undone").latest("id").actor_name


def tabs_of(batch: ImportBatch, counts: dict[str, int], asked: str) -> list[dict]:
    """Return the rows under tabs: first what was written or needs a look, then one tab per outcome."""
    if batch.status == Status.SAVED:
        tabs = [("tersimpan", _("Tersimpan"), batch.rows.importable())]
    else:
        tabs = [("dilihat", _("Perlu dilihat"), batch.rows.worth_a_look())]
    tabs += [(one.value, one.label, batch.rows.of_outcome(one)) for one in Outcome if counts[one]]
    tabs.append(("semua", _("Semua"), batch.rows.all()))
    shown = [
        {"value": value, "label": label, "rows": rows, "count": rows.count(), "href": f"?hasil={value}"}
        for value, label, rows in tabs
    ]
    first = next((tab for tab in shown if tab["count"]), shown[0])["value"]
    wanted = asked if asked in [tab["value"] for tab in shown] else first
    return [tab | {"is_current": tab["value"] == wanted} for tab in shown]


@requires(Permission.ENTERPRISE_IMPORT)
def import_progress(request, pk):
    """How far a long step is, as its page swaps it in every two seconds; at the end the whole page is due."""
    batch = batch_of(request, pk)
    work = work_of(batch)
    if work and work.is_open:
        return render(request, "participants/import_work.html#progress", {"batch": batch, "work": work})
    return HttpResponse(status=HTMX_STOP, headers={"HX-Refresh": "true"})


@requires(Permission.ENTERPRISE_IMPORT)
def problems(request, pk):
    """The refused rows as the same sheet, with the reason in front."""
    batch = batch_of(request, pk)
    name = f"perbaiki-{slugify(batch.file_name.removesuffix('.xlsx')) or 'impor'}.xlsx"
    return HttpResponse(
        problem_sheet(batch),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )

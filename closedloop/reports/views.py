"""Ask for reports, watch them being made, take them away, and let a stranger check one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.reports import actions, kinds
from closedloop.reports.artefacts import is_intact
from closedloop.reports.downloads import file_name, pdf_stream, zip_name, zip_stream
from closedloop.reports.forms import FORMS
from closedloop.reports.models import Kind, ReportBatch, ReportJob

PER_PAGE = 20
# who may watch and take away what is theirs
TAKERS = (
    Permission.REPORT_REQUEST,
    Permission.PROGRAMME_VIEW,
    Permission.MINUTES_REQUEST,
    Permission.DOCUMENT_REQUEST,
)


@require_safe
@requires(Permission.REPORT_REQUEST, Permission.PROGRAMME_VIEW)
def reports(request):
    """One's reports, those under way, and the form of the kind in the address."""
    return listing(request, new_form(request))


@require_POST
@requires(Permission.REPORT_REQUEST)
def request_report(request):
    """Ask for reports of the kind in the address."""
    form = new_form(request, request.POST)
    if form is None or form.kind != request.GET.get("jenis"):  # never another kind than the one asked for
        raise PermissionDenied
    if not form.is_valid():
        return listing(request, form)
    try:
        batch = actions.request_reports(
            form.kind,
            form.subjects(),
            language=form.cleaned_data["language"],
            by=request.user,
            form_key=form.cleaned_data["form_key"],
            scope=form.scope(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return listing(request, form)
    messages.success(request, _("Laporan sedang dikerjakan. Anda boleh menutup halaman ini."))
    return redirect(batch)


def new_form(request, data=None):
    """Return the form of the chosen kind, or of the first one this person may ask for; None without any."""
    allowed = kinds.allowed(request.user)
    if not allowed:
        return None
    wanted = request.GET.get("jenis", "")
    kind = Kind(wanted) if wanted in allowed else allowed[0]
    initial = {
        "language": request.LANGUAGE_CODE,
        "enterprise": subject_of(kind, Kind.ENTERPRISE, request, "ikm"),
        "cohort": subject_of(kind, Kind.COHORT, request, "angkatan"),
        "agreement": subject_of(kind, Kind.AGREEMENT, request, "mou"),
        "decision": subject_of(kind, Kind.MINUTES, request, "keputusan"),
    }
    return FORMS[kind](data, user=request.user, kind=kind, initial=initial)


def subject_of(kind: Kind, of: Kind, request, name: str):
    """Return the record that the address asks for by its code: another page's link fills the form."""
    code = request.GET.get(name)
    return kinds.KINDS[kind].subjects(request.user).filter(code=code).first() if code and kind is of else None


def listing(request, form):
    """Draw the list page; a request that could not be read comes back with what was typed."""
    context = {"form": form, "choices": kind_choices(request.user, form), "news": False}
    context["may_documents"] = request.user.may(Permission.REPORT_REQUEST) and request.user.may(
        Permission.COHORT_VIEW
    )
    context["may_schedule"] = request.user.may(Permission.REPORT_SCHEDULE)
    return render(request, "reports/list.html", context | under_way(request.user) | finished(request))


def under_way(user) -> dict:
    """Return the requests that are not finished, and the mark by which a page knows that nothing has happened."""
    running = list(ReportBatch.objects.visible_to(user).under_way())
    return {"running": running, "mark": "_".join(f"{one.code}.{one.mark}" for one in running)}


def finished(request) -> dict:
    """Return one page of the requests that are finished, the latest first."""
    batches = ReportBatch.objects.visible_to(request.user).for_page()
    ended = batches.filter(completed_at__isnull=False).order_by("-created_at")
    page = Paginator(ended, PER_PAGE).get_page(request.GET.get("page"))
    add_only_jobs(page)
    return {"page": page}


def kind_choices(user, form) -> list[dict]:
    """Return the kinds as a list of links, the present one marked."""
    what = {
        Kind.ENTERPRISE: _("Satu PDF tiap IKM"),
        Kind.COHORT: _("Ringkasan untuk pimpinan, satu PDF"),
        Kind.AGREEMENT: _("Satu PDF tiap perjanjian"),
        Kind.PROGRAMME: _("Semua angkatan, satu PDF"),
        Kind.MINUTES: _("Satu PDF tiap keputusan"),
    }
    return [
        {
            "url": f"?jenis={kind.value}#minta",
            "title": kind.label,
            "text": what[kind],
            "badge": _("Dipilih") if form and kind == form.kind else "",
            "tone": "info",
        }
        for kind in kinds.allowed(user)
    ]


def add_only_jobs(batches) -> None:
    """Give every batch with one finished report that report as `only`, for its direct download."""
    found = ReportJob.objects.done().filter(batch__in=[one.pk for one in batches if one.done == 1])
    jobs = {job.batch_id: job for job in found.defer("snapshot")}
    for one in batches:
        one.only = [jobs[one.pk]] if one.pk in jobs else []


def batch_context(request, batch: ReportBatch) -> dict:
    """Return what the page of one request needs; `batch` has its counts."""
    jobs = batch.jobs.select_related("superseded__new", "revocation").failed_first()
    jobs = jobs.defer("snapshot", "superseded__new__snapshot", "superseded__changes")
    return {
        "batch": batch,
        "page": Paginator(jobs, 100).get_page(request.GET.get("page")),
        "now": jobs.filter(status=ReportJob.Status.RUNNING).first(),
        "may_revoke": request.user.may(Permission.REPORT_REVOKE),
        "may_ask": request.user.may(kinds.permission_of(batch.kind)),
        "may_list": request.user.may(Permission.REPORT_REQUEST)
        or request.user.may(Permission.PROGRAMME_VIEW),
        "has_sheet": kinds.has_sheet(batch.kind),
    }


@require_safe
@requires(*TAKERS)
def batch(request, code):
    """One request: how far it is, each report, and why one failed."""
    found = get_object_or_404(ReportBatch.objects.visible_to(request.user).for_page(), code=code)
    name = "batch_field.html" if request.user.role == Role.OWNER else "batch.html"
    return render(request, f"reports/{name}", batch_context(request, found))


@require_POST
@requires(Permission.REPORT_REQUEST, Permission.MINUTES_REQUEST, Permission.DOCUMENT_REQUEST)
def retry(request, code):
    """Try the failed reports of one request again."""
    found = get_object_or_404(ReportBatch.objects.visible_to(request.user), code=code)
    count = actions.retry_failed(found, by=request.user)
    if count:
        words = ngettext("%(count)d laporan dicoba lagi.", "%(count)d laporan dicoba lagi.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("Tidak ada laporan yang gagal."))
    return redirect(found)


@require_POST
@requires(*TAKERS)
def download(request, code):
    """Hand one file over and note who took it: a POST, because it leaves a trace."""
    jobs = ReportJob.objects.visible_to(request.user).done().select_related("batch")
    job = get_object_or_404(jobs, code=code)
    kinds.require_taker(request.user, job.batch.kind)
    if not is_intact(job.artifact_sha256):
        return gone(request, job.batch)
    actions.note_download([job], by=request.user)
    name = file_name(job, job.batch.kind)
    return handed_over(pdf_stream(job), name, "application/pdf", length=job.artifact_size)


@require_POST
@requires(*TAKERS)
def download_all(request, code):
    """Hand the finished files of one request over as one zip."""
    found = get_object_or_404(ReportBatch.objects.visible_to(request.user), code=code)
    kinds.require_taker(request.user, found.kind)
    jobs = found.jobs.done().order_by("subject_name")
    papers = list(jobs.select_related("batch").defer("snapshot"))
    if not papers:
        messages.info(request, _("Belum ada laporan yang selesai."))
        return redirect(found)
    if not all(is_intact(job.artifact_sha256) for job in papers):
        return gone(request, found)
    actions.note_download(papers, by=request.user)
    # one that ends while the zip is sent was not looked at, and would be taken without a trace
    noted = jobs.filter(pk__in=[job.pk for job in papers])
    return handed_over(zip_stream(found, noted.iterator(chunk_size=20)), zip_name(found), "application/zip")


def handed_over(content, name: str, content_type: str, length: int | None = None) -> StreamingHttpResponse:
    """Return a file that no cache keeps and no browser runs."""
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": content_disposition_header(True, name),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    if length:
        headers["Content-Length"] = str(length)
    return StreamingHttpResponse(content, content_type=content_type, headers=headers)


def gone(request, found):
    words = _("Berkas laporan hilang, atau tidak sama dengan yang diterbitkan. Minta laporannya sekali lagi.")
    messages.error(request, words)
    return redirect(found)

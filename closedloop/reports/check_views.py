"""What a stranger may see of a report, by the code on the paper or by the file itself. Nobody has to sign in.

There is no limit on asking: a hall of people shares one address and scans one paper. A code is one of 31 to the
power of 11, so that trying codes finds nothing; every answer costs one look at an index.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from closedloop.core.codes import is_mistyped, typed_code
from closedloop.reports import kinds
from closedloop.reports.checking import Verdict, judge, names_in, sha256_of
from closedloop.reports.frame import in_order
from closedloop.reports.models import CODE_LENGTH, ReportJob

LARGEST_FILE = 25 * 1024 * 1024  # bytes; the longest report is a tenth of it

# what the figures of the first papers do not have
OLDEST = {"mark": "", "of": "", "parts": [], "withheld": False}


@login_not_required
@require_safe
def verify(request, code=""):
    """What the paper must say, whether it is in force, and the place to lay the file beside it."""
    typed = typed_code(code or request.GET.get("kode", ""))
    job = found(typed[:CODE_LENGTH])
    if job and (
        mark := typed[CODE_LENGTH:]
    ):  # a figure's short code typed behind it opens that figure's line
        return redirect(f"{reverse('reports:verify', args=[job.code])}#{mark}")
    return answer(request, job, typed=typed, status=404 if typed and not job else 200)


@login_not_required
@require_POST
def compare(request, code=""):
    """Hold a file against the report of the code, or, without a code, find the report that it is."""
    typed = typed_code(code)
    job = found(typed)
    if typed and not job:
        return answer(request, None, typed=typed, status=404)
    upload = request.FILES.get("berkas")
    if upload is None or upload.size > LARGEST_FILE:
        words = _("Pilih berkas PDF laporan.") if upload is None else _("Berkas lebih besar dari 25 MB.")
        return answer(request, job, typed=typed, file_error=words)
    verdict, other = judge(job, sha256_of(upload))
    if job is None and verdict is Verdict.SAME:
        job = found(other.code)
    return answer(request, job, typed=typed, verdict=verdict.value, other=other, file_name=upload.name)


def found(code: str) -> ReportJob | None:
    """Return the issued report of a code."""
    rows = ReportJob.objects.done().select_related("batch", "superseded__new", "revocation")
    return rows.filter(code=code).first() if code else None


def answer(request, job: ReportJob | None, *, typed: str, status: int = 200, **more):
    """Draw the page, in the language of the paper in hand unless its reader chose one."""
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    language = request.LANGUAGE_CODE if chosen or not job else job.batch.language
    context: dict = {"typed": typed, "job": job, "verdict": "", "file_error": "", **more}
    context["mistyped"] = bool(typed) and not job and is_mistyped(typed[:CODE_LENGTH], CODE_LENGTH)
    with translation.override(language):
        context |= facts_of(request.user, job) if job else {}
        response = render(request, "reports/verify.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def facts_of(user, job: ReportJob) -> dict:
    """Return all that stands on the page of one report; names only for who is signed in and may know of it."""
    report = job.snapshot
    figures = {code: {**OLDEST, **figure} for code, figure in report["figures"].items()}
    shown = in_order(figure for figure in figures.values() if not figure["withheld"])
    first = [figures[code] for code in report["headlines"]]
    knows = user.is_authenticated and ReportJob.objects.visible_to(user).filter(pk=job.pk).exists()
    return {
        "report": report,
        "about": kinds.about(report, knows=knows),
        "lapsed": kinds.lapsed(job.batch.kind, job.subject_id),
        "public": report.get("public", []),
        # the cut-off has a line of its own
        "filters": [pair for pair in report.get("filters", []) if report["as_of_text"] not in pair[1]],
        "role": report.get("requested_role", ""),
        "versions": report.get("versions", []),
        "headlines": [figure for figure in first if not figure["withheld"]],
        "others": [figure for figure in shown if figure not in first],
        "superseded": getattr(job, "superseded", None),
        "revocation": getattr(job, "revocation", None),
        "supersedes": job.supersedes.select_related("old").defer("old__snapshot"),
        "names": names_in(report) if knows else None,
        "may_know": knows,
    }

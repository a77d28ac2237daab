"""Ask for one kind of document of everybody in a cohort, module or class board: one request, one zip."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.reports import actions
from closedloop.reports.cohort_forms import CohortDocumentsForm
from participants.models import Cohort


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REPORT_REQUEST)
@requires(Permission.COHORT_VIEW)
def documents(request):
    """The form, filled in by the address another page leads to; sent, it leads to the request."""
    given = request.POST if request.method == "POST" else None
    form = CohortDocumentsForm(given, user=request.user, initial=asked_for(request))
    if not request.user.may(Permission.PROGRAMME_VIEW) and not form.fields["cohort"].queryset.exists():
        raise PermissionDenied  # a mentor of nobody yet has nothing to ask for
    if given and form.is_valid():
        try:
            made = actions.request_reports(
                form.of,
                form.found,
                language=request.LANGUAGE_CODE,
                by=request.user,
                form_key=form.cleaned_data["form_key"],
                scope=form.scope(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Dokumen sedang dikerjakan. Anda boleh menutup halaman ini."))
            return redirect(made)
    return render(request, "reports/documents.html", {"form": form})


def asked_for(request) -> dict:
    """Return what the address of a link from another page fills in."""
    code = request.GET.get("angkatan", "")
    return {
        "kind": request.GET.get("jenis", ""),
        "cohort": Cohort.objects.visible_to(request.user).filter(code=code).first() if code else None,
        "module": request.GET.get("modul", ""),
        "day": request.GET.get("tanggal", ""),
    }

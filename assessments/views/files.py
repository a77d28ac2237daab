"""Photos and papers, to those who may see the record they belong to (reliability F4)."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from assessments.models import CorrectiveAction, EffectivenessCheck, Evidence, Finding
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.files import attachment, inline


@require_safe
@requires(Permission.ASSESSMENT_VIEW)
def evidence(request, pk):
    item = get_object_or_404(Evidence.objects.visible_to(request.user).exclude(file=""), pk=pk)
    give = attachment if item.kind == Evidence.Kind.DOCUMENT else inline
    return give(item.file, f"bukti-{item.pk}")


@require_safe
@requires(Permission.FINDING_VIEW)
def action_photo(request, pk):
    action = get_object_or_404(CorrectiveAction.objects.visible_to(request.user).exclude(photo=""), pk=pk)
    return inline(action.photo, f"perbaikan-{action.pk}")


@require_safe
@requires(Permission.FINDING_VIEW)
def before_photo(request, code):
    one = get_object_or_404(Finding.objects.visible_to(request.user).exclude(before=""), code=code)
    return inline(one.before, f"temuan-{one.code}-sebelum")


@require_safe
@requires(Permission.FINDING_VIEW)
def effectiveness_photo(request, pk):
    seen = EffectivenessCheck.objects.visible_to(request.user).exclude(photo="")
    check = get_object_or_404(seen, pk=pk)
    return inline(check.photo, f"cek-{check.pk}")

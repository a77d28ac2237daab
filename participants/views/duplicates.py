"""Records that may be one enterprise: the list of pairs, two side by side, a merge and its undoing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.actions import merges as actions
from participants.forms.merges import MergeForm, NotDuplicateForm, changed_since
from participants.models import Enterprise, EnterpriseMerge, NotDuplicate
from participants.moves import plan_moves
from participants.pairs import open_pairs
from participants.side_by_side import better_survivor, counted, lines_beside, moving_lines
from participants.unmerging import plan_return
from participants.views.saving import refused, saved

PAIRS_A_PAGE = 25
STATUSES = ("terbuka", "bukan-ganda", "digabung")


@requires(Permission.ENTERPRISE_MERGE)
def duplicates(request):
    """Pairs that nobody judged yet, those judged to be two enterprises, and those that were merged."""
    status = request.GET.get("status", STATUSES[0])
    if status == "bukan-ganda":
        rows = NotDuplicate.objects.visible_to(request.user).select_related("first", "second", "decided_by")
        page = Paginator(rows, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    elif status == "digabung":
        rows = EnterpriseMerge.objects.visible_to(request.user).in_force()
        rows = rows.select_related("survivor", "other", "merged_by")
        page = Paginator(rows, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    else:
        status = STATUSES[0]
        page = page_of_pairs(request)
    return render(request, "participants/duplicates.html", {"page": page, "status": status})


def page_of_pairs(request):
    """Return the page of open pairs that is asked for, each pair with its two records."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    pairs, total = open_pairs(limit=PAIRS_A_PAGE, offset=(max(number, 1) - 1) * PAIRS_A_PAGE)
    if not pairs and number > 1:
        number = 1
        pairs, total = open_pairs(limit=PAIRS_A_PAGE)
    known = (
        Enterprise.objects.visible_to(request.user)
        .select_related("regency")
        .prefetch_related("people")
        .in_bulk({one for pair in pairs for one in (pair.first, pair.second)})
    )
    page = Paginator(range(total), PAIRS_A_PAGE).get_page(number)
    page.object_list = [
        {"one": known[pair.first], "two": known[pair.second], "reasons": pair.reasons}
        for pair in pairs
        if pair.first in known and pair.second in known
    ]
    return page


def records_of(request, one, two) -> tuple[Enterprise, Enterprise]:
    """Return two records, hidden ones too, or 404 when the reader may not know of them."""
    rows = Enterprise.with_merged.visible_to(request.user).select_related("regency__province")
    return get_object_or_404(rows, code=one), get_object_or_404(rows, code=two)


@requires(Permission.ENTERPRISE_MERGE)
def compare(request, one, two):
    """Two records side by side, and what would become of both; asks before they are merged."""
    first, second = records_of(request, one, two)
    if merged := first.merged_into or second.merged_into or (first if first == second else None):
        messages.info(request, _("Kedua catatan ini sudah satu IKM."))
        return redirect(merged)
    chosen = request.POST.get("bertahan") or request.GET.get("bertahan")
    survivor = {first.code: first, second.code: second}.get(chosen) or better_survivor(first, second)
    other = second if survivor == first else first
    form = MergeForm(request.POST or None, survivor=survivor, other=other)
    is_asked = request.method == "POST" and form.is_valid()
    if is_asked and "jalankan" in request.POST and (merge := merged_by(request, form)):
        messages.success(
            request, _("%(other)s digabung ke %(name)s.") % {"other": other, "name": merge.survivor}
        )
        return redirect(merge)
    parts, refusals = plan_moves(other, survivor)
    context = {
        "form": form,
        "survivor": survivor,
        "other": other,
        "one": first,
        "two": second,
        "moving": moving_lines(parts),
        "refusals": [*actions.reasons_against(survivor, other), *refusals],
        "beside": lines_beside(survivor, other),
        "counted": counted(survivor, other),
        "judged": NotDuplicate.objects.filter(
            first=min(first, second, key=lambda row: row.pk),
            second=max(first, second, key=lambda row: row.pk),
        ).first(),
        "reason_form": NotDuplicateForm(),
    }
    is_ready = is_asked and not form.errors and not context["refusals"]
    return render(request, f"participants/{'merge_confirm' if is_ready else 'compare'}.html", context)


def merged_by(request, form: MergeForm) -> EnterpriseMerge | None:
    """Merge as the form says; what stands against it is said on the form, and None is returned."""
    return saved(
        form,
        actions.merge_enterprises,
        form.survivor,
        form.other,
        by=request.user,
        choices=form.choices(),
        versions=form.versions(),
    )


@require_POST
@requires(Permission.ENTERPRISE_MERGE)
def not_duplicate(request, one, two):
    """Remember that two records are two enterprises."""
    first, second = records_of(request, one, two)
    try:
        actions.judge_not_duplicate(first, second, by=request.user, reason=request.POST.get("reason", ""))
    except ValidationError as error:
        refused(request, error)
        return redirect("participants:compare", one, two)
    messages.success(request, _("Dicatat: keduanya usaha yang berbeda. Pasangan ini tidak ditanyakan lagi."))
    return redirect("participants:duplicates")


@require_POST
@requires(Permission.ENTERPRISE_MERGE)
def reopen_pair(request, pk):
    """Ask about a pair again."""
    judged = get_object_or_404(
        NotDuplicate.objects.visible_to(request.user).select_related("first", "second"), pk=pk
    )
    actions.reopen_pair(judged, by=request.user)
    messages.success(request, _("Pasangan ini dibuka lagi."))
    return redirect("participants:compare", judged.first.code, judged.second.code)


def merge_of(request, pk) -> EnterpriseMerge:
    rows = EnterpriseMerge.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("survivor", "other", "merged_by", "undone_by"), pk=pk)


@requires(Permission.ENTERPRISE_MERGE)
def merge(request, pk):
    """What a merge did, and what taking it back would do now."""
    row = merge_of(request, pk)
    plan = plan_return(row, row.survivor, row.other)
    context = {
        "merge": row,
        "plan": plan,
        "changed": changed_since(plan.changed),
        "moved": moving_lines(row.moved),
        "kept": moving_lines(row.kept),
    }
    return render(request, "participants/merge.html", context)


@require_POST
@requires(Permission.ENTERPRISE_MERGE)
def undo_merge(request, pk):
    """Take a merge back; what somebody changed since stays, unless it is asked for."""
    row = merge_of(request, pk)
    try:
        actions.undo_merge(row, by=request.user, restore=request.POST.getlist("kembalikan"))
    except ValidationError as error:
        refused(request, error)
        return redirect(row)
    except IntegrityError:
        messages.error(request, _("Data ini bentrok dengan yang baru saja disimpan. Muat ulang halaman ini."))
        return redirect(row)
    messages.success(request, _("Penggabungan diurungkan. Kedua catatan kembali seperti semula."))
    return redirect("participants:compare", row.survivor.code, row.other.code)

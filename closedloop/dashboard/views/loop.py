"""The closed-loop board: every IKM and buyer, where they stand, for how long, and who must act."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.sheets import XLSX
from closedloop.dashboard.loop_page import WHO, Board
from closedloop.dashboard.loop_sheet import board_bytes
from partnerships.loop import Step
from partnerships.loop_next import who_is

FILTERS = ("q", "angkatan", "pembeli", "langkah", "selesai", "siapa")


def board_of(request) -> Board:
    given = {name: " ".join(request.GET.get(name, "").split()) for name in FILTERS}
    return Board(request.user, given)


@require_safe
@requires(Permission.LOOP_VIEW)
def loop(request):
    """Eight steps with how many stand at each, the pairs themselves, and how long steps take by cohort."""
    board = board_of(request)
    counts, days = board.sheet.value("loop.pairs"), board.sheet.value("loop.days")
    context = {
        "board": board,
        "given": board.given,
        "is_filtered": any(board.given.values()),
        "page": Paginator(board.rows, 25).get_page(request.GET.get("page")),
        "counts": counts,
        "days": days,
        "steps": list(zip(Step, counts.parts, days.parts, strict=True)),
        "step_days": board.sheet.value("loop.step_days"),
        "all_steps": [(step.word, step.label) for step in Step],
        "who": [(role.value, who_is(role)) for role in WHO],
    }
    return render(request, "dashboard/loop.html", context)


@require_safe
@requires(Permission.LOOP_VIEW)
def loop_sheet(request):
    """The same pairs and the same days as a workbook, by the same filters."""
    name = f"papan-putaran-{timezone.localdate():%Y-%m-%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(board_bytes(board_of(request)), content_type=XLSX, headers=headers)

"""The owner's phone: which requirements there are, and what is still missing for each."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enterprise
from partnerships.match_page import lines_for, names_of
from partnerships.matching import match_of
from partnerships.models import Requirement
from partnerships.views.matches import answers_of, rows_of
from partnerships.views.requirements import shows_price


def own_enterprise(request) -> Enterprise | None:
    """Return the owner's IKM; who has several chooses by ?ikm=, else the first by name."""
    rows = Enterprise.objects.visible_to(request.user).order_by("name")
    return rows.filter(code=request.GET.get("ikm", "")).first() or rows.first()


@require_safe
@requires(Permission.ENTERPRISE_EDIT_OWN)
def my_requirements(request):
    """What buyers look for, the best answered first; prices only of what is addressed to this IKM."""
    maker = own_enterprise(request)
    rows = rows_of(*_answers(request, maker)) if maker else []
    addressed = set(maker.addressed_requirements.values_list("pk", flat=True)) if maker else set()
    for row in rows:
        row["is_addressed"] = row["requirement"].pk in addressed
    others = Enterprise.objects.visible_to(request.user).order_by("name")
    context = {"enterprise": maker, "rows": rows[:50], "others": others if others.count() > 1 else ()}
    return render(request, "partnerships/my_requirements.html", context)


def _answers(request, maker: Enterprise):
    wanted, found, names = answers_of(request.user, maker)
    return wanted, maker, found, names


@require_safe
@requires(Permission.ENTERPRISE_EDIT_OWN)
def my_requirement(request, code):
    """Line by line: what is met, what is missing, what nobody knows yet, and where to mend it."""
    rows = Requirement.objects.visible_to(request.user).current().with_parties()
    record = get_object_or_404(rows, code=code)
    maker = own_enterprise(request)
    found = match_of(record, maker, timezone.localdate())
    context = {
        "requirement": record,
        "enterprise": maker,
        "found": found,
        "lines": lines_for(request.user, maker, found, names_of([record])),
        "shows_price": shows_price(request.user, record),
    }
    return render(request, "partnerships/my_requirement.html", context)

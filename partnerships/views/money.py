"""The list of records behind one money figure, for whoever may know of them."""

from django.db.models import Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enterprise
from partnerships.ledger import Scope
from partnerships.models import Agreement, Buyer
from partnerships.money_records import FIGURES, records_of, rows_behind
from partnerships.views.shared import page_of

FILTERS = {"mou": (Agreement, "agreements"), "ikm": (Enterprise, "enterprises"), "pembeli": (Buyer, "buyers")}


@require_safe
@requires(Permission.DELIVERY_VIEW)
def money_records(request, figure):
    """What one figure counts, record by record; the sum on top is that of the list."""
    if figure not in FIGURES:
        raise Http404
    scope, named = Scope.visible_to(request.user), {}
    for name, (model, argument) in FILTERS.items():
        if code := request.GET.get(name, ""):
            named[name] = get_object_or_404(model.objects.visible_to(request.user), code=code)
            scope = scope.of(**{argument: [named[name].pk]})
    chosen = FIGURES[figure]
    rows = rows_behind(chosen, scope, with_drafts="mou" in named)
    page = page_of(request, rows)
    query = urlencode({name: one.code for name, one in named.items()})
    context = {
        "figure": chosen,
        "total": rows.aggregate(total=Sum("money"))["total"],
        "page": page,
        "records": records_of(chosen, page.object_list),
        "named": list(named.values()),
        "tabs": [(f"?{query}" if query else "", slug, one.name) for slug, one in FIGURES.items()],
        "slug": figure,
    }
    return render(request, "partnerships/money_records.html", context)

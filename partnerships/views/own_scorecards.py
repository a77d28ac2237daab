"""The owner's page of buyers' own scorecards about the own IKM, each rate beside the portal's."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from partnerships import ledger
from partnerships.models import BuyerScorecard
from partnerships.views.buyer_scorecards import beside, parse_month


@require_safe
@requires(Permission.DELIVERY_ENTER)
def my_scorecards(request):
    """One month: what every buyer of the IKM says in its own sheet, and ours with the difference."""
    cards = BuyerScorecard.objects.visible_to(request.user)
    months = list(cards.order_by("-month").values_list("month", flat=True).distinct()[:13])
    wanted = parse_month(request.GET.get("bulan", ""))
    month = wanted if wanted in months else (months[0] if months else None)
    rows = []
    if month:
        scope = ledger.Scope.visible_to(request.user)
        for card in cards.filter(month=month).select_related("buyer", "enterprise").order_by("buyer__name"):
            rows += beside(scope.of(buyers=[card.buyer]), [card], month)
    context = {"months": months, "month": month, "rows": rows}
    return render(request, "partnerships/my_scorecards.html", context)

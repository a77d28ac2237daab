"""The owner's phone: what is due, and noting a delivery."""

from uuid import UUID

from django.contrib import messages
from django.db.models import F, Prefetch
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.formats import number
from partnerships import actions
from partnerships.forms import DeliveryForm
from partnerships.models import Delivery, OrderLine, ScheduleLine
from partnerships.views.shared import Refused, delivery_of, errors_on


def own_lines(user):
    """The parts of one's own orders, newest order first, with how much was sent."""
    return (
        OrderLine.objects.visible_to(user)
        .with_delivered()
        .select_related("order__buyer", "order__enterprise")
        .order_by("-order__ordered_on", "part_name")
    )


@require_safe
@requires(Permission.DELIVERY_ENTER)
def my_supply(request):
    """Open orders with the next day due and what is still to come; below them what was sent last."""
    schedule = Prefetch("schedule", ScheduleLine.objects.order_by("due_on"), to_attr="days")
    lines = own_lines(request.user).prefetch_related(schedule)
    today = timezone.localdate()
    open_lines = [card_of(line, today) for line in lines.filter(delivered__lt=F("quantity"))[:50]]
    open_lines.sort(key=lambda card: (card["due"] is None, card["due"]))
    context = {
        "cards": open_lines,
        "done": lines.filter(delivered__gte=F("quantity")).count(),
        "deliveries": Delivery.objects.visible_to(request.user).with_people()[:10],
    }
    return render(request, "partnerships/my_supply.html", context)


def card_of(line: OrderLine, today) -> dict:
    """Return one open part: how much is still to come, and by which day the first of it."""
    due, sent = None, line.delivered
    for day in sorted(line.days, key=lambda row: row.day):
        sent -= day.quantity
        if sent < 0:
            due = day.day
            break
    return {
        "line": line,
        "open": line.quantity - line.delivered,
        "due": due,
        "is_late": due is not None and due < today,
        "url": f"{reverse('partnerships:send_delivery')}?baris={line.pk}",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DELIVERY_ENTER)
def send_delivery(request):
    """Note a delivery: five fields, one of them the photo."""
    lines = own_lines(request.user)
    form = DeliveryForm(
        request.POST or None,
        request.FILES or None,
        lines=lines,
        initial={"line": chosen(lines, request.GET.get("baris"))},
    )
    if request.method == "POST" and form.is_valid():
        values = form.values()
        try:
            with errors_on(form):
                saved = actions.enter_delivery(values.pop("line"), by=request.user, **values)
        except Refused:
            pass
        else:
            if over := actions.over_delivery(saved.line):
                messages.warning(
                    request,
                    _(
                        "Jumlah kiriman melebihi pesanan sebanyak %(over)s. Periksa bila ini bukan yang dimaksud."
                    )
                    % {"over": number(over)},
                )
            return redirect("partnerships:delivery_receipt", code=saved.code)
    return render(request, "partnerships/send_delivery.html", {"form": form, "has_lines": lines.exists()})


def chosen(lines, typed):
    """Return the part named in the address, or the only one there is."""
    try:
        wanted = UUID(typed or "")
    except ValueError:
        only = list(lines.values_list("pk", flat=True)[:2])
        return only[0] if len(only) == 1 else None
    return lines.filter(pk=wanted).values_list("pk", flat=True).first()


@require_safe
@requires(Permission.DELIVERY_ENTER)
def delivery_receipt(request, code):
    """What was noted, and what happens next."""
    return render(request, "partnerships/delivery_receipt.html", {"delivery": delivery_of(request, code)})

"""The owner's phone: writing down a buyer's order, and correcting a part of one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.audit.models import Event
from participants.models import Enterprise
from partnerships import actions, readiness
from partnerships.actions.order_lines import only_day
from partnerships.forms.own_orders import OrderLineCorrection, OwnOrderForm
from partnerships.models import Agreement, OrderLine, PurchaseOrder, ScopeLine, SupplyClearance
from partnerships.trail_words import corrections_of
from partnerships.views.enterprises import clearance_in_words
from partnerships.views.owner import chosen
from partnerships.views.shared import Refused, errors_on


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DELIVERY_ENTER)
def note_order(request):
    """Write down an order: six fields, one of them the paper; trial or regular as the gate has it, with why."""
    lines = ScopeLine.objects.visible_to(request.user).filter(agreement__status=Agreement.Status.ACTIVE)
    lines = lines.select_related("agreement", "buyer", "enterprise").order_by("part_name", "buyer__name")
    form = OwnOrderForm(
        request.POST or None,
        request.FILES or None,
        lines=lines,
        initial={"line": chosen(lines, request.GET.get("part"))},
    )
    if request.method == "POST" and form.is_valid():
        values = form.values()
        try:
            with errors_on(form):
                order = actions.note_order(values.pop("line"), by=request.user, **values)
        except Refused:
            pass
        else:
            messages.success(request, saved_words(order))
            return redirect(order)
    gates = gates_of(lines)
    context = {"form": form, "gates": gates, "has_trial": any(not gate["is_ready"] for gate in gates)}
    return render(request, "partnerships/note_order.html", context)


def gates_of(lines) -> list[dict]:
    """Return, per buyer of an active part, whether an order is regular or a trial today, and why."""
    buyers = list({line.buyer_id: line.buyer for line in lines}.values())
    makers = Enterprise.objects.filter(pk__in={line.enterprise_id for line in lines})
    judged = readiness.judgements(makers, buyers, timezone.localdate())
    return [
        {
            "buyer": buyer,
            "is_ready": found.status == SupplyClearance.Status.READY,
            **clearance_in_words(found, sample),
        }
        for buyer in buyers
        for maker in makers
        for found, sample in [judged[maker.pk, buyer.pk]]
    ]


def saved_words(order: PurchaseOrder) -> str:
    if order.kind == PurchaseOrder.Kind.REGULAR:
        return _("%(order)s tersimpan sebagai pesanan rutin. Pembeli diminta mengonfirmasinya.") % {
            "order": order
        }
    return _(
        "%(order)s tersimpan sebagai percobaan, karena belum siap pasok. Pembeli diminta mengonfirmasinya."
    ) % {"order": order}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE, Permission.DELIVERY_ENTER)
def correct_order_line(request, pk):
    """Correct how many of a part, or for which day; the old ones stay readable."""
    rows = OrderLine.objects.visible_to(request.user).select_related("order__buyer", "order__enterprise")
    line = get_object_or_404(rows, pk=pk)
    day = only_day(line)
    form = OrderLineCorrection(
        request.POST or None,
        has_one_day=day is not None,
        initial={"quantity": line.quantity, "due_on": day.due_on if day else None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                actions.correct_order_line(line, by=request.user, **form.cleaned_data)
        except Refused:
            pass
        else:
            messages.success(request, _("Tersimpan. Nilai lama tetap terbaca di riwayat."))
            return redirect(line.order)
    context = {
        "form": form,
        "order": line.order,
        "heading": _("Koreksi %(row)s") % {"row": line.part_name},
        "verb": _("Simpan koreksi"),
        "corrections": corrections_of(Event.objects.about(line.order)),
    }
    return render(request, "partnerships/order_form.html", context)

"""The buyer's own pages: what waits for confirmation, and who supplies."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F, Sum
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Consent, Enterprise
from partnerships import actions, ledger, readiness
from partnerships.buyer_queue import waiting_count, waiting_rows
from partnerships.forms import ConfirmForm, DisputeForm
from partnerships.models import Buyer, Delivery, PurchaseOrder
from partnerships.views.deliveries import LATE_AFTER_DAYS
from partnerships.views.enterprises import clearance_in_words
from partnerships.views.shared import Refused, complaint_of, delivery_of, errors_on, page_of, say


@require_safe
@requires(Permission.DELIVERY_CONFIRM)
def confirmations(request):
    """What waits for this buyer, oldest first."""
    waiting = Delivery.objects.visible_to(request.user).unconfirmed()
    value = waiting.aggregate(value=Sum(F("quantity") * F("line__unit_price")))["value"]
    page = page_of(request, waiting.with_people().order_by("delivered_on", "created_at"))
    companies = Buyer.objects.visible_to(request.user)
    today = timezone.localdate()
    rows = [
        {
            "delivery": delivery,
            "days": (today - delivery.delivered_on).days,
            "is_late": (today - delivery.delivered_on).days > LATE_AFTER_DAYS,
            "is_own": delivery.entered_by_id == request.user.pk,
        }
        for delivery in page.object_list
    ]
    context = {
        "page": page,
        "rows": rows,
        "value": value,
        "others": waiting_rows(companies),
        "others_count": waiting_count(companies),
    }
    return render(request, "partnerships/confirmations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DELIVERY_CONFIRM)
def confirm_delivery(request, code):
    """Confirm one delivery; the quantities stand there already, as on the note."""
    record = delivery_of(request, code)
    if record.status != Delivery.Status.SUBMITTED:
        messages.warning(
            request,
            _("Surat jalan %(note)s berstatus %(status)s. Tidak ada yang berubah.")
            % {"note": record.note_number, "status": record.get_status_display().lower()},
        )
        return redirect(record)
    initial = {"received_on": record.delivered_on, "accepted": record.quantity, "rejected": 0}
    form = ConfirmForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                actions.confirm_delivery(record, by=request.user, **form.cleaned_data)
        except Refused:
            pass
        else:
            messages.success(request, _("Surat jalan %(note)s dikonfirmasi.") % {"note": record.note_number})
            return redirect("partnerships:confirmations")
    context = {
        "delivery": record,
        "form": form,
        "heading": _("Konfirmasi %(note)s") % {"note": record.note_number},
        "verb": _("Konfirmasi terima"),
        "offers_dispute": True,
    }
    return render(request, "partnerships/delivery_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DELIVERY_CONFIRM)
def dispute_delivery(request, code):
    """Say what is different from the note."""
    record = delivery_of(request, code)
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                actions.dispute(record, by=request.user, **complaint_of(form))
        except Refused:
            pass
        else:
            messages.success(request, _("Selisih dilaporkan. IKM dan admin program diberi tahu."))
            return redirect(record)
    context = {
        "delivery": record,
        "form": form,
        "heading": _("Laporkan selisih %(note)s") % {"note": record.note_number},
        "verb": _("Laporkan selisih"),
        "offers_dispute": False,
    }
    return render(request, "partnerships/delivery_form.html", context)


@require_POST
@requires(Permission.DELIVERY_CONFIRM)
def confirm_many(request):
    """Confirm the ticked deliveries as received whole on the day of their notes."""
    chosen = request.POST.getlist("surat_jalan")
    rows = Delivery.objects.visible_to(request.user).unconfirmed().filter(code__in=chosen)
    if not chosen:
        messages.warning(request, _("Pilih paling sedikit satu surat jalan."))
        return redirect("partnerships:confirmations")
    try:
        count = actions.confirm_many(rows, by=request.user)
    except ValidationError as error:
        say(request, error)
    else:
        if count:
            words = ngettext(
                "%(count)d surat jalan dikonfirmasi.", "%(count)d surat jalan dikonfirmasi.", count
            )
            messages.success(request, words % {"count": count})
        else:
            messages.warning(request, _("Surat jalan itu sudah dikonfirmasi. Tidak ada yang berubah."))
    return redirect("partnerships:confirmations")


@require_safe
@requires(Permission.DELIVERY_CONFIRM)
def suppliers(request):
    """One's own suppliers: quality, cost, delivery with this buyer; class and clearance where that is agreed to."""
    scope = ledger.Scope.visible_to(request.user)
    orders = PurchaseOrder.objects.visible_to(request.user)
    known = Enterprise.objects.filter(pk__in=orders.values("enterprise")) | Enterprise.objects.filter(
        pk__in=scope.lines.exclude(agreement__status="draft").values("enterprise")
    )
    page = page_of(request, known.distinct().select_related("regency").order_by("name"))
    enterprises = list(page.object_list)
    supply = ledger.supply_by(scope.of(enterprises=enterprises), ledger.Key.ENTERPRISE)
    companies = list(Buyer.objects.visible_to(request.user))
    judged = readiness.judgements(enterprises, companies, timezone.localdate())
    sharing = Enterprise.objects.consenting_to(Consent.Purpose.SHARING).filter(
        pk__in=[one.pk for one in enterprises]
    )
    shared = set(sharing.values_list("pk", flat=True))
    rows = [
        {
            "enterprise": enterprise,
            "is_shared": enterprise.pk in shared,
            "supply": supply[enterprise.pk],
            "clearances": [
                {"buyer": company, **clearance_in_words(*judged[enterprise.pk, company.pk])}
                for company in companies
            ]
            if enterprise.pk in shared
            else [],
        }
        for enterprise in enterprises
    ]
    context = {"page": page, "rows": rows, "companies": companies}
    return render(request, "partnerships/suppliers.html", context)

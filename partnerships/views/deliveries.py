"""Pages of deliveries for staff and whoever may look: the list, one delivery, verifying, settling."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.audit.models import Event
from participants.models import Enterprise
from partnerships import actions
from partnerships.actions.confirmers import hands_on
from partnerships.forms import SettleForm
from partnerships.models import Buyer, Complaint, Delivery
from partnerships.trail_words import corrections_of
from partnerships.views.shared import Refused, delivery_of, errors_on, page_of, say, stored

LATE_AFTER_DAYS = 7  # so long a buyer may take to confirm before it is shown as late


@require_safe
@requires(Permission.DELIVERY_VIEW)
def deliveries(request):
    """Every delivery one may know of; the oldest that wait for the buyer are one click away."""
    given = {name: request.GET.get(name, "").strip() for name in ("q", "status", "pembeli", "ikm")}
    visible = Delivery.objects.visible_to(request.user)
    rows = visible.search(given["q"])
    if given["status"] == "terlambat":
        rows = rows.unconfirmed_for(LATE_AFTER_DAYS, timezone.localdate())
    elif given["status"] in Delivery.Status.values:
        rows = rows.filter(status=given["status"])
    if given["pembeli"]:
        rows = rows.filter(line__order__buyer__code=given["pembeli"])
    if given["ikm"]:
        rows = rows.filter(line__order__enterprise__code=given["ikm"])
    context = {
        "page": page_of(request, rows.with_people()),
        "given": given,
        "statuses": Delivery.Status.choices,
        "buyers": Buyer.objects.filter(orders__lines__deliveries__in=visible).distinct(),
        "enterprises": Enterprise.objects.filter(orders__lines__deliveries__in=visible)
        .distinct()
        .order_by("name"),
        "is_filtered": any(given.values()),
    }
    return render(request, "partnerships/deliveries.html", context)


@require_safe
@requires(Permission.DELIVERY_VIEW)
def delivery(request, code):
    """One delivery from the note to the seal, with what the reader may do next."""
    record = delivery_of(request, code)
    user, status = request.user, record.status
    may_confirm = user.may(Permission.DELIVERY_CONFIRM) and record.entered_by_id != user.pk
    context = {
        "delivery": record,
        "steps": steps_of(record),
        "disputes": record.disputes.select_related("raised_by", "raised_link__contact", "settled_by"),
        "corrections": corrections_of(Event.objects.about(record)),
        "may_correct": status == "submitted"
        and (user.may(Permission.DELIVERY_ENTER) or user.may(Permission.AGREEMENT_MANAGE)),
        **complaints_about(record, user),
        "may_confirm": may_confirm and status == "submitted",
        "may_dispute": may_confirm and status in {"submitted", "confirmed"},
        "may_verify": user.may(Permission.DELIVERY_VERIFY)
        and status == "confirmed"
        and user.pk not in hands_on(record),
        "may_settle": user.may(Permission.DELIVERY_VERIFY)
        and status == "disputed"
        and user.pk != record.entered_by_id,
    }
    return render(request, "partnerships/delivery.html", context)


def complaints_about(record: Delivery, user) -> dict:
    """Return the complaints about the part that begin here, and where the reader may make one of what went wrong."""
    dispute = record.disputes.first()
    known = Complaint.objects.visible_to(user).filter(dispute__delivery=record)
    is_wrong = dispute is not None or bool(record.rejected_quantity)
    return {
        "complaints": known,
        "may_complain": is_wrong and not known and user.may(Permission.COMPLAINT_RAISE),
        "complaint_of": f"selisih={dispute.pk}" if dispute else f"baris={record.line_id}",
    }


def steps_of(record: Delivery) -> list[dict]:
    """Return the way of a delivery, oldest first: entered, confirmed or disputed, verified."""
    place = record.line.order.enterprise
    steps = [
        {
            "title": _("Dicatat"),
            "by": record.entered_by,
            "at": record.created_at,
            "tone": "ok",
            "place": place,
        }
    ]
    if record.status == Delivery.Status.DISPUTED:
        steps.append({"title": _("Selisih"), "text": record.dispute_reason, "tone": "now"})
    elif record.confirmed_at:
        steps.append(
            {
                "title": _("Dikonfirmasi"),
                "by": record.confirmer,
                "at": record.confirmed_at,
                "text": record.dispute_reason and _("Setelah selisih: %s") % record.dispute_reason,
                "tone": "ok",
                "place": place,
            }
        )
    else:
        steps.append({"title": _("Menunggu konfirmasi pembeli"), "tone": "now"})
    if record.verified_at:
        steps.append(
            {
                "title": _("Diverifikasi staf"),
                "by": record.verified_by,
                "at": record.verified_at,
                "tone": "ok",
                "place": place,
            }
        )
    return steps


@require_safe
@requires(Permission.DELIVERY_VIEW)
def delivery_photo(request, code):
    """The photo of the note, for who may see the delivery."""
    return stored(delivery_of(request, code).photo, content_type="image/jpeg")


@require_POST
@requires(Permission.DELIVERY_VERIFY)
def verify_delivery(request, code):
    record = delivery_of(request, code)
    try:
        actions.verify_delivery(record, by=request.user)
    except ValidationError as error:
        say(request, error)
    else:
        messages.success(request, _("Pengiriman diverifikasi."))
    return redirect(record)


def counted(record: Delivery) -> dict:
    """Return what a settlement may begin with: what the buyer counted, else what the note says."""
    said = record.disputes.unsettled().first()
    if said is None or said.counted_good is None:
        return {"received_on": record.delivered_on, "accepted": record.quantity, "rejected": 0}
    return {
        "received_on": said.arrived_on or record.delivered_on,
        "accepted": said.counted_good,
        "rejected": said.counted_rejected or 0,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DELIVERY_VERIFY)
def settle_delivery(request, code):
    """End a dispute with what both sides agreed on."""
    record = delivery_of(request, code)
    if record.status != Delivery.Status.DISPUTED:
        messages.error(request, _("Tidak ada selisih yang harus diselesaikan pada surat jalan ini."))
        return redirect(record)
    form = SettleForm(request.POST or None, initial=counted(record))
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                actions.settle(record, by=request.user, **form.cleaned_data)
        except Refused:
            pass
        else:
            messages.success(request, _("Selisih selesai. Kedua pihak diberi tahu."))
            return redirect(record)
    context = {
        "delivery": record,
        "form": form,
        "heading": _("Selesaikan selisih %(note)s") % {"note": record.note_number},
        "verb": _("Simpan kesepakatan"),
        "offers_dispute": False,
    }
    return render(request, "partnerships/delivery_form.html", context)

"""The buyer's pages behind a signed link: what waits, and per delivery confirm, correct or dispute.

A delivery shows no price. What was ordered, billed and paid shows its value, which is what is asked.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from closedloop.workflow import TransitionError
from partnerships import actions
from partnerships.buyer_queue import BY_LINK, rows_answered_by, waiting_count, waiting_rows
from partnerships.forms import ConfirmForm
from partnerships.forms.links import LinkDisputeForm
from partnerships.models import Complaint, Delivery, Dispute
from partnerships.views.behind_link import behind_link, kept_language, refused
from partnerships.views.shared import Refused, complaint_of, errors_on

ANSWERED = 10  # the last ones that are shown below what waits


@behind_link
@require_safe
def link(request, link):
    """What waits for this buyer, oldest first: the queue that its accounts see too."""
    mine = Delivery.objects.of_buyer(link.contact.buyer).with_people()
    context = {
        "link": link,
        "deliveries": list(mine.unconfirmed().order_by("delivered_on", "created_at")),
        "rows": waiting_rows([link.contact.buyer_id], BY_LINK),
        "rows_count": waiting_count([link.contact.buyer_id]),
        "answered_rows": rows_answered_by(link),
        "complaints": Complaint.objects.filter(buyer=link.contact.buyer).to_check().for_lists(),
        "answered": mine.answered_by(link).order_by("-delivered_on")[:ANSWERED],
        "keep": kept_language(request),
    }
    return render(request, "partnerships/link.html", context)


@behind_link
@require_POST
def link_confirm(request, link, code):
    """Confirm that all of it came, good, on the day of the note. `jumlah` is what the page showed."""
    delivery = delivery_behind(link, code)
    if delivery is None:
        return not_yours(request, link)
    shown = request.POST.get("jumlah", "")
    accepted = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 10 else -1
    try:
        actions.confirm_delivery(
            delivery, received_on=delivery.delivered_on, accepted=accepted, rejected=0, by=link
        )
    except TransitionError as error:
        return too_late(request, link, error)
    except ValidationError:
        text = _("Jumlahnya berubah sejak halaman ini dibuka. Periksa lagi sebelum mengonfirmasi.")
        return refused(request, 409, _("Surat jalan ini berubah"), text, link=link)
    return done(request, link, _("Surat jalan %(note)s dikonfirmasi.") % {"note": delivery.note_number})


@behind_link
@require_http_methods(["GET", "HEAD", "POST"])
def link_delivery(request, link, code):
    """Say what came: the day, good and rejected pieces. A count of another total becomes a dispute."""
    delivery = delivery_behind(link, code)
    if delivery is None:
        return not_yours(request, link)
    initial = {"received_on": delivery.delivered_on, "accepted": delivery.quantity, "rejected": 0}
    form = ConfirmForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                status = actions.report_arrival(delivery, by=link, **form.cleaned_data)
        except Refused as error:
            if isinstance(error.__cause__, TransitionError):
                return too_late(request, link, error.__cause__)
        else:
            return done(request, link, words_for(delivery, status))
    context = {"link": link, "delivery": delivery, "form": form, "keep": kept_language(request)}
    return render(request, "partnerships/link_delivery.html", context)


@behind_link
@require_http_methods(["GET", "HEAD", "POST"])
def link_dispute(request, link, code):
    """Say what is wrong, with a reason from the list and words."""
    delivery = delivery_behind(link, code)
    if delivery is None:
        return not_yours(request, link)
    order = delivery.line.order
    earlier = Complaint.objects.filter(enterprise=order.enterprise, buyer=order.buyer)
    form = LinkDisputeForm(request.POST or None, request.FILES or None, earlier=earlier)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                found = actions.dispute(delivery, by=link, **complaint_of(form))
                if form.cleaned_data["makes_complaint"]:
                    complain(found, form.cleaned_data, link)
        except Refused as error:
            if isinstance(error.__cause__, TransitionError):
                return too_late(request, link, error.__cause__)
        else:
            return done(request, link, words_for(delivery, Delivery.Status.DISPUTED))
    context = {"link": link, "delivery": delivery, "form": form, "keep": kept_language(request)}
    return render(request, "partnerships/link_dispute.html", context)


def delivery_behind(link, code) -> Delivery | None:
    """The delivery of that code, if it came to the link's own buyer."""
    return Delivery.objects.of_buyer(link.contact.buyer).with_people().filter(code=code).first()


def complain(dispute: Dispute, said: dict, link) -> None:
    """Raise the complaint that begins with the dispute, in the same words."""
    order = dispute.delivery.line.order
    actions.raise_complaint(
        order.enterprise,
        order.buyer,
        problem=said["text"],
        by=link,
        dispute=dispute,
        repeat_of=said.get("repeat_of"),
        photo=said["photo"],
    )


def words_for(delivery: Delivery, status: str) -> str:
    if status == Delivery.Status.CONFIRMED:
        return _("Surat jalan %(note)s dikonfirmasi.") % {"note": delivery.note_number}
    return _("Selisih surat jalan %(note)s tercatat. IKM dan petugas program diberi tahu.") % {
        "note": delivery.note_number
    }


def done(request, link, words: str):
    messages.success(request, words)
    return redirect(f"{reverse('partnerships:link', args=[link.token])}{kept_language(request)}")


def too_late(request, link, error: TransitionError):
    """Somebody, perhaps the same person a moment ago, was first: said on a plain page, and nothing changes."""
    return refused(request, 409, _("Sudah ada jawabannya"), " ".join(error.messages), link=link)


def not_yours(request, link):
    text = _("Surat jalan ini tidak ada, atau bukan kiriman kepada perusahaan Anda.")
    return refused(request, 404, _("Surat jalan tidak ditemukan"), text, link=link)

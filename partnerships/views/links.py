"""Staff make, hand over and revoke a contact's confirmation link."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.phone import wa_link
from partnerships import actions
from partnerships.actions.links import words_of
from partnerships.buyer_queue import waiting_count
from partnerships.forms import LinkForm
from partnerships.models import Buyer, BuyerContact, ConfirmationLink, Delivery
from partnerships.views.shared import Refused, errors_on


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BUYER_MANAGE)
def contact_link(request, pk):
    """One contact's links; whoever made the open one finds its text here to copy, nobody else sees it."""
    contacts = BuyerContact.objects.filter(buyer__in=Buyer.objects.visible_to(request.user))
    contact = get_object_or_404(contacts.select_related("buyer"), pk=pk)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                actions.issue_link(contact, by=request.user, **form.values())
        except Refused:
            pass
        else:
            messages.success(request, _("Tautan dibuat. Tautan sebelumnya tidak berlaku lagi."))
            return redirect("partnerships:contact_link", pk=contact.pk)
    links = list(contact.links.select_related("contact__buyer", "issued_by", "revoked_by")[:12])
    current = next((one for one in links if is_open(one)), None)
    context = {
        "contact": contact,
        "form": form,
        "links": [{"link": one, "is_open": is_open(one)} for one in links],
        "current": current,
        "waiting": Delivery.objects.of_buyer(contact.buyer).unconfirmed().count()
        + waiting_count([contact.buyer_id]),
        **text_to_copy(current if current and current.issued_by_id == request.user.pk else None),
    }
    return render(request, "partnerships/contact_link.html", context)


def is_open(link: ConfirmationLink) -> bool:
    return link.revoked_at is None and link.expires_at > timezone.now() and link.contact.is_active


def text_to_copy(link: ConfirmationLink | None) -> dict[str, str]:
    """Return the message with the address, and the address that opens WhatsApp with it; empty without a link."""
    if link is None:
        return {"text": "", "whatsapp": ""}
    _title, body = words_of(link)
    text = f"{body} {settings.SITE_URL}{link.public_path}"
    return {"text": text, "whatsapp": wa_link(link.contact.phone, text) if link.contact.phone else ""}


@require_POST
@requires(Permission.BUYER_MANAGE)
def revoke_link(request, pk):
    """Let a link open nothing any more."""
    buyers = Buyer.objects.visible_to(request.user)
    link = get_object_or_404(ConfirmationLink.objects.filter(contact__buyer__in=buyers), pk=pk)
    actions.revoke_link(link, by=request.user)
    messages.success(request, _("Tautan %(code)s dicabut.") % {"code": link.code})
    return redirect("partnerships:contact_link", pk=link.contact_id)

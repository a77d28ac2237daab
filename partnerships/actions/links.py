"""Writes to confirmation links: made once a month for a contact, sent, revoked (features.md E12)."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.formats import date_medium, month_long
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell_by_mail
from partnerships.buyer_queue import buyers_waited_for
from partnerships.models import BuyerContact, Complaint, ConfirmationLink, Delivery

KIND = "confirmation_link"
# a month and some days, so that the old link still opens while the next one is on its way
LASTS = timedelta(days=35)


@transaction.atomic
def issue_link(
    contact: BuyerContact, *, by: User | None, today: date | None = None, id=None
) -> ConfirmationLink:
    """Make the contact's link of this month, revoke those before it, and mail it to the contact's address.

    A contact who left is refused (ValidationError). Without an address nothing is mailed, and whoever made it
    hands it over. An `id` makes a second press of a form fail.
    """
    contact = BuyerContact.objects.select_for_update(of=("self",)).select_related("buyer").get(pk=contact.pk)
    if not contact.is_active:
        raise ValidationError(_("Kontak ini sudah tidak aktif, jadi tidak dapat dikirimi tautan."))
    if by:
        for earlier in contact.links.filter(revoked_at=None):
            revoke_link(earlier, by=by)
    link = ConfirmationLink(
        contact=contact,
        month=(today or timezone.localdate()).replace(day=1),
        expires_at=timezone.now() + LASTS,
        issued_by=by,
        **({"id": id} if id else {}),
    )
    link.save(force_insert=True)
    record("confirmation_link.issued", link, by=by, buyer=contact.buyer_id, month=link.month)
    if contact.email:
        with for_others():
            title, body = words_of(link)
        tell_by_mail(contact.email, KIND, title, body=body, path=link.public_path)
    return link


@transaction.atomic
def revoke_link(link: ConfirmationLink, *, by: User) -> None:
    """Let a link open nothing any more; a second time changes nothing."""
    link = ConfirmationLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.revoked_at:
        return
    link.revoked_at, link.revoked_by = timezone.now(), by
    link.save(update_fields=["revoked_at", "revoked_by"])
    record("confirmation_link.revoked", link, by=by, buyer=link.contact.buyer_id)


def issue_links_of_month(today: date | None = None) -> int:
    """Mail this month's link to every contact without an account whose company has something to answer.

    That is a delivery, an order, an invoice, a payment, or a complaint that waits for its look.

    Run as often as one likes: who has a link of this month, open or revoked, gets none. Returns how many.
    """
    month = (today or timezone.localdate()).replace(day=1)
    waiting = Q(buyer__in=Delivery.objects.unconfirmed().values("line__order__buyer"))
    for buyers in (*buyers_waited_for(), Complaint.objects.to_check().order_by().values("buyer")):
        waiting |= Q(buyer__in=buyers)
    contacts = BuyerContact.objects.filter(waiting, is_active=True, user=None).exclude(email="")
    made = 0
    for contact in contacts.exclude(links__month=month):
        with transaction.atomic():
            # two processes at once: the second waits here, and finds the first one's link
            BuyerContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
            if not contact.links.filter(month=month).exists():
                issue_link(contact, by=None, today=today)
                made += 1
    return made


def words_of(link: ConfirmationLink) -> tuple[str, str]:
    """Return title and text of the message that carries a link, without its address."""
    title = _("Konfirmasi kiriman dan tagihan IKM kepada %(buyer)s, %(month)s") % {
        "buyer": link.contact.buyer,
        "month": month_long(link.month),
    }
    body = _(
        "Yth. %(name)s, mohon konfirmasi surat jalan, PO, faktur, dan pembayaran IKM: buka tautan di bawah, "
        "tanpa akun, kira-kira dua menit. Tautan ini untuk Anda sendiri dan berlaku sampai %(day)s."
    ) % {"name": link.contact, "day": date_medium(timezone.localdate(link.expires_at))}
    return title, body

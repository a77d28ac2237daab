"""Tell people things."""

import logging
from collections.abc import Iterable
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import models, transaction
from django.utils import timezone

from closedloop.notifications.models import Notification

logger = logging.getLogger(__name__)
# SMTP codes below say "try again later"
REFUSED_FOR_GOOD = 500


def tell(
    users: Iterable, kind: str, title: str, *, body: str = "", path: str = "", by_mail: bool = True
) -> None:
    """Put one message before each of the users, inside the caller's transaction.

    `path` is the portal page the message opens. Nobody is told twice in one call, and inactive people are not told.
    """
    unique = {user.pk: user for user in users if user is not None and user.is_active}
    Notification.objects.bulk_create(
        Notification(user=user, kind=kind, title=title[:200], body=body, path=path, by_mail=by_mail)
        for user in unique.values()
    )


def tell_by_mail(address: str, kind: str, title: str, *, body: str = "", path: str = "") -> None:
    """Mail somebody who has no account, from the same outbox and inside the caller's transaction."""
    Notification.objects.create(address=address, kind=kind, title=title[:200], body=body, path=path)


def hold_back(users: Iterable, kinds: Iterable[str]) -> int:
    """Take the mail of these kinds (how they begin) that these users have not got yet out of the outbox.

    It stays in the portal. Returns how many there were.
    """
    wanted = models.Q()
    for kind in kinds:
        wanted |= models.Q(kind__startswith=kind)
    return Notification.objects.unsent().filter(wanted, user__in=users).update(by_mail=False)


def mark_read(notification: Notification, *, by) -> None:
    """Mark one's own message as read; a second time changes nothing."""
    Notification.objects.visible_to(by).unread().filter(pk=notification.pk).update(read_at=timezone.now())


def send_outbox(limit: int = 100) -> int:
    """Mail what waits, oldest first, and return how many were sent.

    Safe to run in several processes: each row is locked by the one that mails it, and stamped only after
    the mail server took it, so a crash may mail twice but never lose one. An address that the server
    refuses keeps nobody else's mail waiting: for good, its mail is given up; for now, it waits its turn.
    """
    sent = 0
    put_off: list[UUID] = []
    while sent < limit:
        with transaction.atomic():
            message = (
                Notification.objects.unsent()
                .exclude(pk__in=put_off)
                .select_for_update(skip_locked=True, of=("self",))
                .select_related("user")
                .order_by("created_at")
                .first()
            )
            if message is None:
                break
            try:
                post(message)
            except SMTPRecipientsRefused as error:
                put_off.append(message.pk)
                if all(code >= REFUSED_FOR_GOOD for code, _text in error.recipients.values()):
                    give_up(message)
                continue
            message.mailed_at = timezone.now()
            message.save(update_fields=["mailed_at"])
            sent += 1
    return sent


def post(message: Notification) -> None:
    address = message.address or (message.user.email if message.user else "")
    link = f"\n\n{settings.SITE_URL}{message.path}" if message.path else ""
    send_mail(message.title, f"{message.body}{link}", None, [address])


def give_up(message: Notification) -> None:
    """Stop mailing: who has an account still reads it in the portal, of anybody else nothing is left to do."""
    logger.warning("mail %s refused for good", message.pk)
    if message.address:
        message.delete()
    else:
        message.by_mail = False
        message.save(update_fields=["by_mail"])


def mark_all_read(*, by) -> int:
    """Mark all of one's own messages as read; returns how many were new."""
    return Notification.objects.visible_to(by).unread().update(read_at=timezone.now())

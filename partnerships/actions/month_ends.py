"""Months that close by themselves: said some days before, then closed, each once, however often this runs."""

import logging
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.core.formats import date_medium, month_long
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.actions import MergedMeanwhile
from participants.models import Enterprise
from partnerships.actions.months import AlreadyClosed, close_month
from partnerships.closing import suppliers
from partnerships.models import Buyer, Delivery, MonthNotice
from partnerships.month_ends import announced_month, closes_on, months_due
from partnerships.realisation import next_month

logger = logging.getLogger(__name__)


def close_due_months(*, today: date | None = None) -> int:
    """Close every month whose day has come, of every IKM that supplies or has promised to; return how many.

    Each in its own transaction and under the IKM's lock: beside another run, or somebody who closes it by hand, one
    of the two closes it and the other finds it closed.
    """
    today, closed = today or timezone.localdate(), 0
    for one in suppliers():
        for month in months_due(one.last_month, one.grace_days, settings.MONTH_CLOSES_ON_DAY, today):
            try:
                close_month(one.enterprise, month, by=None, today=today)
            except (AlreadyClosed, MergedMeanwhile):
                continue
            except ValidationError as error:  # of one IKM; the others' months are closed all the same
                logger.error("month %s of %s stays open: %s", month, one.enterprise.code, error.messages)
                continue
            closed += 1
    return closed


@transaction.atomic
def announce_month_end(*, today: date | None = None) -> bool:
    """Tell staff, and owners and buyers of deliveries that wait, that the month before is about to close.

    What the buyer has not confirmed by then is left out of the month for good. Said once for a month; returns
    whether it was said now.
    """
    today = today or timezone.localdate()
    month = announced_month(settings.MONTH_CLOSES_ON_DAY, today)
    if month is None or not MonthNotice.objects.get_or_create(month=month)[1]:
        return False
    waiting = Delivery.objects.unconfirmed().filter(
        delivered_on__gte=month, delivered_on__lt=next_month(month)
    )
    with for_others():
        words = words_of(month)
        tell_owners(waiting, words)
        tell_buyers(waiting, words)
        body = _("%(count)s pengiriman belum dikonfirmasi pembeli dan tidak akan ikut terhitung.") % {
            "count": waiting.count()
        }
        staff = User.objects.active().filter(role=Role.STAFF)
        tell(staff, "month.closing", words, body=body, path="/pengiriman/?status=submitted")
    return True


def words_of(month: date) -> str:
    day = closes_on(month, 0, settings.MONTH_CLOSES_ON_DAY)
    return _("%(month)s ditutup otomatis %(day)s. Konfirmasi paling lambat %(last)s") % {
        "month": month_long(month),
        "day": date_medium(day),
        "last": date_medium(day - timedelta(days=1)),
    }


def tell_owners(waiting, words: str) -> None:
    """Tell the people of each IKM how many of its deliveries wait for a buyer."""
    counts = dict(waiting.order_by().values_list("line__order__enterprise").annotate(Count("pk")))
    for enterprise in Enterprise.objects.filter(pk__in=counts):
        body = _("%(count)s pengiriman Anda menunggu pembeli.") % {"count": counts[enterprise.pk]}
        tell(enterprise.people.active().accounts(), "month.closing", words, body=body, path="/saya/pasokan/")


def tell_buyers(waiting, words: str) -> None:
    """Tell the contacts of each buyer how many deliveries wait for them; who has no account has the month's link."""
    counts = dict(waiting.order_by().values_list("line__order__buyer").annotate(Count("pk")))
    for buyer in Buyer.objects.filter(pk__in=counts):
        body = _("%(count)s pengiriman menunggu konfirmasi Anda.") % {"count": counts[buyer.pk]}
        tell(
            buyer.contacts.active().accounts(),
            "month.closing",
            words,
            body=body,
            path="/mitra/konfirmasi/",
        )

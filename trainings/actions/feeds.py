"""Secret calendar addresses are made and ended by whom they belong to."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.models import Cohort
from trainings.models import CalendarFeed


@transaction.atomic
def make_feed(*, by: User, cohort: Cohort | None = None) -> CalendarFeed:
    """Return one's calendar address for a cohort or for everything; there is one of each at a time."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    known = CalendarFeed.objects.in_force().filter(user=by, cohort=cohort).first()
    if known:
        return known
    feed = CalendarFeed.objects.create(user=by, cohort=cohort)
    record("calendarfeed.made", feed, by=by, cohort=cohort.code if cohort else None)
    return feed


@transaction.atomic
def end_feed(feed: CalendarFeed, *, by: User) -> None:
    """Let the address answer nobody any more; ending it twice changes nothing."""
    feed = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    if feed.user_id != by.pk:
        raise ValidationError(_("Tautan ini bukan milik Anda."))
    if feed.ended_at is None:
        feed.ended_at = timezone.now()
        feed.save(update_fields=["ended_at"])
        record("calendarfeed.ended", feed, by=by)

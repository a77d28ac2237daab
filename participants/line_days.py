"""From which day a line of a capability profile speaks, and how old that is.

A line speaks from the day it was entered, from the day somebody said that the whole profile is right, or from the
day somebody said it of this line: the newest of them.
"""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FRESH_FOR = 365  # days [assumed]; buyers' requirements say it for themselves, in months
MONTH = 30


def own_day(row) -> date | None:
    """Return when the line itself was last confirmed; its confirmation should have been fetched with it."""
    confirmation = getattr(row, "confirmation", None)
    return confirmation.confirmed_on if confirmation else None


def said_on(row, whole: date | None, own: date | None = None) -> date:
    """Return the newest of the row's entry, the confirmation of the whole profile, and its own."""
    entered = timezone.localtime(row.created_at).date()
    return max(day for day in (entered, whole, own or own_day(row)) if day)


def is_old(on: date, today: date) -> bool:
    return (today - on).days > FRESH_FOR


def age_in_words(on: date, today: date) -> str:
    """Return how long ago the day is, in days up to a month and then in whole months."""
    days = (today - on).days
    if days <= 0:
        return _("hari ini")
    if days < MONTH:
        return ngettext("%(n)s hari lalu", "%(n)s hari lalu", days) % {"n": days}
    months = days // MONTH
    return ngettext("%(n)s bulan lalu", "%(n)s bulan lalu", months) % {"n": months}

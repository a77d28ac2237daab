"""Pages of a search: found once, counted and sorted on the way."""

from collections.abc import Callable

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window

# PostgreSQL takes no larger offset than this many rows, and nobody turns so many pages
MOST_PAGES = 1_000_000


class FoundPages(Paginator):
    """Pages whose one query finds the rows of a page and counts all that were found.

    To count first would search twice. Only keys are found and sorted, for a search may find a third of the
    register; `whole` then fetches what the page shows of its few rows.
    """

    def __init__(self, found: QuerySet, per_page: int, *, whole: Callable[[QuerySet], QuerySet]):
        super().__init__(whole(found), per_page)
        self.found, self.whole = found, whole

    def get_page(self, number) -> Page:
        """Return the page, or the nearest there is: the first for what is no number, the last beyond the end."""
        asked = int(number) if str(number).isdecimal() else 1 if number is None else 0
        # a row that is found twice is counted twice, unless it is made one before
        if not 1 <= asked <= MOST_PAGES or self.found.query.distinct:
            return super().get_page(number)
        start = (asked - 1) * self.per_page
        keys = self.found.annotate(among=Window(Count("*"))).values_list("pk", "among")
        places = dict(keys[start : start + self.per_page])
        if not places and asked > 1:
            return super().get_page(number)
        self.count = next(iter(places.values()), 0)
        rows = self.whole(self.found.model._default_manager.filter(pk__in=places)).in_bulk()
        return Page([rows[key] for key in places if key in rows], asked, self)

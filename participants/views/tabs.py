"""The views of the list that stand over it as tabs: the portal's own, those one saved, and those others share."""

from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.core.remembered import remembered
from participants.forms.filters import NOBODY, EnterpriseFilter
from participants.models import Enterprise, SavedView

# each tab shows how many it finds
MOST_TABS = 8
# what staff open every day
OWN_VIEWS = (
    (_("Semua"), ""),
    (_("Tanpa mentor"), f"mentor={NOBODY}"),
    (_("Belum punya NIB"), "kurang=nib"),
    (_("Dokumen kedaluwarsa"), "kurang=dokumen"),
)


@dataclass(frozen=True)
class Tab:
    label: str
    href: str
    count: int
    is_current: bool
    is_shared: bool = False


def saved_views(request):
    return SavedView.objects.visible_to(request.user).order_by("name")


def shown_view(request) -> SavedView | None:
    """The saved view that the list came from, also while its filters are being changed."""
    try:
        key = UUID(request.GET.get("tampilan", ""))
    except ValueError:
        return None
    return SavedView.objects.visible_to(request.user).filter(pk=key).first()


def tabs(request, asked: EnterpriseFilter, found: int) -> list[Tab]:
    """Return the tabs with their counts; one is marked when it shows just this list, which found so many."""
    here, shown = asked.query(), shown_view(request)
    address = reverse("participants:list")
    made = []
    for label, query in OWN_VIEWS:
        is_current = shown is None and same(QueryDict(query), here)
        many = found if is_current else count(request, query)
        made.append(Tab(label, f"{address}?{query}" if query else address, many, is_current))
    mine_first = sorted(saved_views(request), key=lambda view: view.owner_id != request.user.pk)
    for view in mine_first[: MOST_TABS - len(OWN_VIEWS)]:
        many = count(request, view.query)
        made.append(Tab(view.name, view.get_absolute_url(), many, view == shown, view.is_shared))
    return made


def count(request, query: str) -> int:
    """Return how many a query finds for the reader; some seconds old, unless they did something since."""

    def work_out() -> int:
        rows = Enterprise.objects.visible_to(request.user)
        return EnterpriseFilter(QueryDict(query), user=request.user).narrow(rows).count()

    return remembered(request, f"ikm?{query}", work_out)


def same(one: QueryDict, other: QueryDict) -> bool:
    return dict(one.lists()) == dict(other.lists())


def saved_state(request, asked: EnterpriseFilter) -> dict:
    """Say which saved view this is, whether it was changed since, and whether it is worth saving."""
    view = shown_view(request)
    here = asked.query()
    is_changed = view is not None and not same(QueryDict(view.query), here)
    return {
        "view": view,
        "is_mine": view is not None and view.owner_id == request.user.pk,
        "is_changed": is_changed,
        "may_save": bool(here) and (view is None or is_changed),
    }

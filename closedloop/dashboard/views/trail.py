"""The trail, read by those who may."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils.dateparse import parse_date

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.audit.models import Event


def day(text: str):
    """Return the date of an address, or None for anything that is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


@requires(Permission.AUDIT_VIEW)
def events(request):
    """Newest first, filtered by words and days; the filter is in the address."""
    query = request.GET.get("q", "").strip()
    since, until = day(request.GET.get("dari", "")), day(request.GET.get("sampai", ""))
    rows = Event.objects.visible_to(request.user)
    if query:
        rows = rows.filter(
            Q(actor_name__icontains=query) | Q(target_name__icontains=query) | Q(verb__icontains=query)
        )
    if since:
        rows = rows.filter(at__date__gte=since)
    if until:
        rows = rows.filter(at__date__lte=until)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(
        request, "audit/events.html", {"page": page, "query": query, "since": since, "until": until}
    )

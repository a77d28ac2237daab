"""The whole story of one enterprise, from its application to the third year of supply."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models.functions import ExtractYear
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from participants.models import Enterprise, FollowUp
from participants.timeline import entries, owner_verbs
from participants.timeline_links import links_of
from participants.timeline_parts import Part, verbs_of

EVENTS_A_PAGE = 50


@requires(Permission.ENTERPRISE_VIEW)
def timeline(request, code):
    """What happened to the enterprise, newest first; the filters are in the address."""
    rows = Enterprise.objects.visible_to(request.user).select_related("regency__province")
    enterprise = get_object_or_404(rows, code=code)
    is_owner = request.user.role == Role.OWNER
    told = Event.objects.filter(enterprise_id__in=enterprise.records())
    if is_owner:
        told = told.filter(verb__in=owner_verbs())
    zone = ZoneInfo(enterprise.regency.province.time_zone)
    asked = Asked(request.GET, zone)
    page = Paginator(asked.narrow(told), EVENTS_A_PAGE).get_page(request.GET.get("page"))
    events = list(page.object_list)
    links = links_of(events, code=enterprise.code, reader=request.user)
    context = {
        "enterprise": enterprise,
        "page": page,
        "events": entries(events, place=enterprise.regency, for_owner=is_owner, links=links),
        "asked": asked,
        "parts": Part.choices,
        "years": years_of(told, zone),
        "people": people_of(told),
        "follow_ups": FollowUp.objects.visible_to(request.user)
        .waiting()
        .filter(enrolment__enterprise=enterprise)
        .select_related("enrolment__cohort"),
        "today": timezone.localdate(),
        "may_follow_up": request.user.may(Permission.COHORT_MANAGE),
    }
    return render(request, "participants/timeline.html", context)


class Asked:
    """The filters of a timeline as they stand in the address; what is none of the choices filters nothing."""

    def __init__(self, data, zone: ZoneInfo):
        self.zone = zone
        self.part = data.get("bagian", "") if data.get("bagian") in Part.values else ""
        year = data.get("tahun", "")
        self.year = (
            int(year) if year.isascii() and year.isdigit() and len(year) == 4 and year > "1000" else None
        )
        self.until = day_of(data.get("sampai", ""))
        self.person = uuid_of(data.get("orang", ""))

    @property
    def is_narrowed(self) -> bool:
        return bool(self.part or self.year or self.until or self.person)

    def narrow(self, events):
        """Return the events asked for; days and years are those of the enterprise's own clock."""
        if self.part == Part.OTHER:
            named = [verb for part in Part if part is not Part.OTHER for verb in verbs_of(part)]
            events = events.exclude(verb__in=named)
        elif self.part:
            events = events.filter(verb__in=verbs_of(Part(self.part)))
        if self.year:
            events = events.filter(at__gte=self.midnight(date(self.year, 1, 1)))
            if self.year < 9999:
                events = events.filter(at__lt=self.midnight(date(self.year + 1, 1, 1)))
        if self.until:
            events = events.filter(at__lt=self.midnight(self.until) + timedelta(days=1))
        return events.filter(actor_id=self.person) if self.person else events

    def midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)


def day_of(text: str) -> date | None:
    """Return the day of an address, or None for anything that is none."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 1000 < day.year < 9999 else None


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def years_of(events, zone: ZoneInfo) -> list[int]:
    years = events.order_by().annotate(year=ExtractYear("at", tzinfo=zone)).values_list("year", flat=True)
    return sorted(set(years.distinct()), reverse=True)


def people_of(events) -> list[tuple[UUID, str]]:
    """Return who did something here, by name; one person once, under the newest name."""
    rows = events.filter(actor_id__isnull=False).order_by("actor_id", "-at").distinct("actor_id")
    return sorted(rows.values_list("actor_id", "actor_name"), key=lambda person: person[1].lower())

"""The plan of an IKM as its pages show it: items by gain, what closes each, and findings instead of a second item."""

from collections import Counter
from dataclasses import dataclass, field

from assessments.lifting import code_of, shortest
from assessments.models import Assessment, Finding, PlanItem
from assessments.ways import Way, ways_of
from participants.models import Enrolment, Enterprise

FIRST = 10  # shown before "n more": what lifts most


@dataclass(frozen=True)
class PlanRow:
    """One open item with the proposal that closes it; `path` is that of the session, for its reader."""

    item: PlanItem
    way: Way
    path: str
    is_needed: bool  # among the fewest that reach the scores of the next class


@dataclass
class Plan:
    """Everything open, the largest gain first; `fields` counts by dimension, `closed` are the last ones closed."""

    rows: list[PlanRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    fields: list[tuple[str, str, int]] = field(default_factory=list)
    closed: list[PlanItem] = field(default_factory=list)
    done_count: int = 0
    total: int = 0

    @property
    def first(self) -> list[PlanRow]:
        return self.rows[:FIRST]

    @property
    def nearest(self) -> list[PlanRow]:
        """The few that a page about something else shows."""
        return self.rows[:3]

    @property
    def more(self) -> list[PlanRow]:
        return self.rows[FIRST:]


def plan_of(enterprise: Enterprise, user, *, only: str = "") -> Plan:
    """Return the plan; `only` narrows it to one dimension. The number of queries does not grow with the items."""
    items = PlanItem.objects.visible_to(user).filter(enterprise=enterprise).for_lists()
    found = Finding.objects.visible_to(user).filter(enterprise=enterprise, criterion__isnull=False)
    findings = list(found.open().for_lists().order_by("due_on"))
    covered = {finding.criterion.code for finding in findings}
    waiting = [item for item in items.open().by_gain() if item.criterion.code not in covered]
    shown = [item for item in waiting if not only or item.criterion.dimension.code == only]
    codes = {item.criterion.dimension.code: item.criterion.dimension for item in waiting}
    counts = Counter(item.criterion.dimension.code for item in waiting)
    ways = ways_of(present_enrolment(enterprise), {item.criterion.dimension.code for item in shown})
    needed = needed_codes(enterprise)
    closed = items.exclude(status__in=PlanItem.OPEN).order_by("-closed_at", "pk")
    for_owner = not user.works_for_programme
    return Plan(
        rows=[_row(item, ways[item.criterion.dimension.code], needed, for_owner) for item in shown],
        findings=[one for one in findings if not only or one.criterion.dimension.code == only],
        fields=[(code, one.title, counts[code]) for code, one in sorted(codes.items(), key=_order)],
        closed=list(closed[:20]),
        done_count=closed.filter(status=PlanItem.Status.DONE).count(),
        total=len(waiting),
    )


def _order(pair) -> int:
    return pair[1].order


def _row(item: PlanItem, way: Way, needed: set[str], for_owner: bool) -> PlanRow:
    return PlanRow(item, way, way.path(for_owner=for_owner), item.criterion.code in needed)


def present_enrolment(enterprise: Enterprise) -> Enrolment | None:
    """Return the enrolment whose sessions the IKM may still go to."""
    return enterprise.enrolments.open().select_related("cohort").first()


def needed_codes(enterprise: Enterprise) -> set[str]:
    """Return the items among the fewest that reach the scores of the next class, by the newest assessment."""
    rows = Assessment.objects.official().filter(enterprise=enterprise)
    latest = rows.select_related("rubric", "enrolment", "enterprise").order_by("-visited_on", "-approved_at")
    newest = latest.first()
    return {code_of(one.key) for one in shortest(newest) or []} if newest else set()

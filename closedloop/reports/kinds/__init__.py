"""The kinds of reports: each is one module of the same shape.

KIND, PREFIX, TEMPLATE                  what it is, how its numbers begin, what draws it
everything()                            every record it can be about (for commands)
subjects(user)                          those this person may ask for; none where the role may not
snapshots(subjects, language=, by=, as_of=)    one per subject, plain JSON: all that will be printed
context(snapshot) -> dict               what its template needs, drawings included; reads nothing else
"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from closedloop.accounts.permissions import Permission
from closedloop.core.formats import number
from closedloop.reports.frame import identified
from closedloop.reports.kinds import agreement, cohort, enterprise, minutes, programme
from closedloop.reports.models import Kind

KINDS = {
    Kind.ENTERPRISE: enterprise,
    Kind.COHORT: cohort,
    Kind.AGREEMENT: agreement,
    Kind.PROGRAMME: programme,
    Kind.MINUTES: minutes,
}


def permission_of(kind: str) -> Permission:
    """Return what one needs to ask for this kind; minutes are also the owner's to take away."""
    return Permission.MINUTES_REQUEST if kind == Kind.MINUTES else Permission.REPORT_REQUEST


def title_of(kind: str, subjects) -> str:
    """Return the name of a request: of its one report, or of how many there are."""
    label = Kind(kind).label
    if len(subjects) == 1:
        return f"{label}: {subjects[0]}"[:200]
    return _("%(label)s, %(count)s berkas") % {"label": label, "count": number(len(subjects))}


def allowed(user) -> list[Kind]:
    """Return the kinds of which this person may ask for at least one."""
    return [kind for kind, maker in KINDS.items() if has_any(maker.subjects(user))]


def has_any(subjects) -> bool:
    """Whether there is one, without reading them all."""
    return subjects.exists() if isinstance(subjects, QuerySet) else bool(subjects)


__all__ = ["KINDS", "allowed", "identified", "permission_of", "title_of"]

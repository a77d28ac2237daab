"""The documents of a whole cohort, module or class board: what one request for all of them is about."""

from datetime import date

from django.db.models import QuerySet

from closedloop.accounts.models import User
from closedloop.reports import kinds
from closedloop.reports.models import Kind
from participants.models import Cohort, Enrolment

# how the subject of each document knows its cohort
COHORT_PATHS = {
    Kind.TRAINING: "enrolment__cohort",
    Kind.CLASS: "enrolment__cohort",
    Kind.MINUTES: "enrolment__cohort",
    Kind.REGISTER: "cohort",
    Kind.AUDIT: "enrolment__cohort",
}
# the documents of which there are some per module, and per day on which a board sat
BY_MODULE = {Kind.TRAINING: "module__code", Kind.REGISTER: "module__code"}
BY_BOARD = (Kind.CLASS, Kind.MINUTES)
WORDS = {name: kind for name, kind in kinds.DOCUMENTS.items() if kind in COHORT_PATHS or kind == Kind.CARD}
WORDS["berita-acara"] = Kind.MINUTES


def subjects_of(
    kind: Kind, user: User, cohort: Cohort, *, module: str = "", day: date | None = None
) -> QuerySet:
    """Return what one may have this document of, within the cohort; of one module, or of one board's day."""
    found = kinds.KINDS[kind].subjects(user)
    if kind == Kind.CARD:
        enrolled = Enrolment.objects.filter(cohort=cohort).exclude(status=Enrolment.Status.WITHDRAWN)
        return found.filter(pk__in=enrolled.values("enterprise"))
    found = found.filter(**{COHORT_PATHS[kind]: cohort})
    if module and kind in BY_MODULE:
        found = found.filter(**{BY_MODULE[kind]: module})
    if day and kind in BY_BOARD:
        found = found.filter(decided_at__date=day)
    return found


def scope_name(kind: Kind, cohort: Cohort, *, module: str = "", day: date | None = None) -> str:
    """Return the words for it in the title of the request."""
    parts = [
        str(cohort),
        module if kind in BY_MODULE else "",
        f"{day:%Y-%m-%d}" if day and kind in BY_BOARD else "",
    ]
    return " ".join(part for part in parts if part)

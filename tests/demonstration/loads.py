"""What both tests of loading need: a moment, a transaction of which nothing is kept, and a digest of a load."""

from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from assessments.models import Assessment, ClassDecision, Finding
from closedloop.audit.models import Event
from closedloop.demonstration.show import WIB
from participants.models import Enrolment, Enterprise
from partnerships.models import Delivery
from trainings.models import Attendance, TestResult

NOW = datetime(2026, 11, 24, 9, 40, tzinfo=WIB)


class Undone(Exception):
    """Ends a transaction on purpose."""


@contextmanager
def undone():
    """A transaction, or a part of one, of which nothing is kept."""
    with suppress(Undone), transaction.atomic():
        yield
        raise Undone


def digest() -> dict[str, str]:
    """Return a hash for each table of the names, numbers and days that must not change from one load to the next.

    Rows are sorted as they read: of two that share a place, the database may hand out either first.
    """
    told = [
        Enterprise.objects.values_list("name", "nib", "npwp", "class_level", "class_since", "capital"),
        Enrolment.objects.values_list("enterprise__name", "status", "status_since"),
        Assessment.objects.values_list(
            "enterprise__name", "kind", "assessor__email", "status", "visited_on", "overall"
        ),
        Attendance.objects.values_list(
            "session__starts_at",
            "session__title",
            "enrolment__enterprise__name",
            "delegate_name",
            "person__full_name",
            "status",
            "verification",
            "marked_at",
        ),
        TestResult.objects.values_list(
            "enrolment__enterprise__name", "module__code", "kind", "mark", "taken_on"
        ),
        Delivery.objects.values_list(
            "note_number", "quantity", "delivered_on", "status", "rejected_quantity"
        ),
        ClassDecision.objects.values_list("enterprise__name", "outcome", "record_number"),
        Finding.objects.values_list("enterprise__name", "problem", "status", "found_on", "due_on"),
        Event.objects.values_list("verb", "target_name", "at"),
    ]
    return {
        rows.model._meta.label: sha256("\n".join(sorted(map(str, rows))).encode()).hexdigest()
        for rows in told
    }

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


def digest() -> str:
    """Return a hash of names, numbers and days that must not change from one load to the next."""
    told = [
        Enterprise.objects.order_by("name").values_list(
            "name", "nib", "npwp", "class_level", "class_since", "capital"
        ),
        Enrolment.objects.order_by("enterprise__name").values_list(
            "enterprise__name", "status", "status_since"
        ),
        Assessment.objects.order_by("enterprise__name", "kind", "assessor__email").values_list(
            "enterprise__name", "kind", "status", "visited_on", "overall"
        ),
        Attendance.objects.order_by(
            "session__starts_at", "enrolment__enterprise__name", "delegate_name", "person__full_name"
        ).values_list("session__title", "status", "verification", "marked_at"),
        TestResult.objects.order_by("enrolment__enterprise__name", "module__code", "kind").values_list(
            "mark", "taken_on"
        ),
        Delivery.objects.order_by("note_number").values_list(
            "note_number", "quantity", "delivered_on", "status", "rejected_quantity"
        ),
        ClassDecision.objects.order_by("created_at", "enterprise__name").values_list(
            "enterprise__name", "outcome", "record_number"
        ),
        Finding.objects.order_by("found_on", "enterprise__name", "problem").values_list(
            "problem", "status", "due_on"
        ),
        Event.objects.order_by("at", "verb", "target_name").values_list("verb", "at"),
    ]
    return sha256("\n".join(str(list(rows)) for rows in told).encode()).hexdigest()

"""What the portal says by itself about the days of complaints, each step once, as it does of findings."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.ageing import WEEK, reminder_step
from closedloop.audit.trail import record
from closedloop.core.formats import date_long
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.consents import people_to_ask, withdrawn
from participants.models import Enrolment
from partnerships.actions.complaints import Status, tell_buyer
from partnerships.models import Complaint
from trainings.action_words import due_text


def remind_of_complaints(today: date | None = None) -> int:
    """Remind of every open complaint whose step has come, and return of how many.

    The IKM's people are told; of one that waits for the buyer, the buyer's. Nobody is where the consent was
    taken back or the IKM left or is on leave. Safe to run twice and late: a step said is kept with the complaint.
    """
    today = today or timezone.localdate()
    near = Complaint.objects.open().filter(due_on__lte=today + timedelta(days=WEEK))
    near = near.exclude(enterprise__in=Enrolment.objects.away().values("enterprise"))
    return sum(_remind(one, today) for one in near.select_related("enterprise", "buyer"))


@transaction.atomic
def _remind(complaint: Complaint, today: date) -> bool:
    complaint.refresh_from_db(from_queryset=Complaint.objects.select_for_update(of=("self",)))
    step = reminder_step(complaint.raised_on, complaint.due_on, today)
    if step is None or step == complaint.reminded_step or not complaint.is_open:
        return False
    if withdrawn(complaint.enterprise):
        return False
    complaint.reminded_step = step
    complaint.save(update_fields=["reminded_step"])
    record("complaint.reminded", complaint, by=None, due_on=complaint.due_on, offset_days=step)
    with for_others():
        if complaint.status == Status.PROPOSED:
            tell_buyer(complaint, "complaint.reminded", _("%(ikm)s menunggu cek Anda"), complaint.problem)
            return True
        title = f"{due_text(complaint.due_on, today)}: {complaint.problem}"
        body = _("Keluhan %(buyer)s, tenggat %(day)s.") % {
            "buyer": complaint.buyer,
            "day": date_long(complaint.due_on),
        }
    people = people_to_ask(complaint.enterprise)
    tell(people, "complaint.reminded", title, body=body, path=complaint.get_absolute_url())
    return True

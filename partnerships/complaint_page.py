"""What the page of one complaint shows: its facts, its way so far, and what its reader may do now. Read only."""

from django.db.models import QuerySet
from django.utils import timezone

from assessments.ageing import age
from assessments.finding_words import age_text
from assessments.models import Criterion
from assessments.needs import pin_of
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.audit.models import Event
from participants.models import Enterprise
from participants.timeline_words import SENTENCES, UNWRITTEN
from partnerships.actions.complaint_mending import may_check_complaint
from partnerships.complaint_walk import walk_of
from partnerships.models import Complaint
from trainings.action_words import due_text

Status = Complaint.Status
BEING_WORKED_ON = (Status.OPEN, Status.CONTAINED, Status.IN_PROGRESS)


def page_of_complaint(one: Complaint, user: User) -> dict:
    """Return the context of the page."""
    today = timezone.localdate()
    answers = user.may(Permission.COMPLAINT_ANSWER)
    actions = list(one.actions.all())
    return {
        "complaint": one,
        "is_late": one.is_open and one.due_on < today,
        "due": due_text(one.due_on, today) if one.is_open else "",
        "age": age_text(age(one.raised_on, today)) if one.is_open else "",
        "planned": actions,
        "undone": sum(action.done_on is None for action in actions),
        "again": one.repeated_as.first(),
        "trail": trail_of(one),
        "may_contain": answers and one.status == Status.OPEN,
        "may_explain": answers and one.status in BEING_WORKED_ON,
        "may_plan": answers and one.status in (Status.CONTAINED, Status.IN_PROGRESS),
        "may_finish": answers and one.status == Status.IN_PROGRESS,
        "may_check": one.status == Status.PROPOSED and may_check_complaint(one, user),
        "may_link": user.may(Permission.COMPLAINT_LINK),
        "walk": walk_of(one, user),
    }


def trail_of(one: Complaint) -> list[dict]:
    """Return what happened to the complaint, the newest first, as {% timeline %} draws it."""
    return [
        {
            "title": SENTENCES.get(event.verb, UNWRITTEN).title,
            "by": event.actor_name,
            "at": event.at,
            "text": event.data.get("reason") or "",
            "tone": SENTENCES.get(event.verb, UNWRITTEN).tone,
            "place": one.enterprise.regency,
        }
        for event in Event.objects.about(one)
    ]


def criteria_of(enterprise: Enterprise) -> QuerySet[Criterion]:
    """Return the check items by which the IKM is assessed; nothing where no rubric is pinned."""
    pin = pin_of(enterprise)
    rows = Criterion.objects.filter(dimension__rubric=pin.rubric) if pin else Criterion.objects.none()
    return rows.select_related("dimension")

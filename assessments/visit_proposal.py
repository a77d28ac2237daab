"""Where, when and by whom the visit that a month asks for could be: filled in for whoever plans it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.translation import gettext as _

from assessments.models import VisitCall
from assessments.qcd_page import card_of
from assessments.qcd_standing import Band, score_of, standing_of_card
from closedloop.accounts.models import User
from closedloop.core.formats import month_long
from closedloop.core.languages import for_others
from participants.models import Cohort, Enrolment, MentorAssignment
from trainings.holidays import national_holidays
from trainings.models import Module

MODULE = "TEK"  # in this dimension stand the check items of quality, delivery and price (domain.md §4.3)
BEGIN, END, HOURS = time(9), time(12), 4  # [assumed] a morning
SATURDAY = 5


@dataclass(frozen=True)
class Proposal:
    """The IKM's place in its running cohort, who accompanies it, and what the form begins with."""

    enrolment: Enrolment
    mentor: User | None
    initial: dict


def visit_day(due_on: date, today: date, holidays: Collection[date] = ()) -> date:
    """Return the last working day after today up to the due day; where none is left, the next one."""
    days = [due_on - timedelta(days=back) for back in range((due_on - today).days)]
    days += [today + timedelta(days=ahead) for ahead in range(1, 60)]
    return next(day for day in days if day.weekday() < SATURDAY and day not in holidays)


def mentor_of(call: VisitCall) -> User | None:
    """Return who accompanies the IKM now."""
    present = MentorAssignment.objects.filter(enrolment__enterprise=call.enterprise_id, ends_on=None)
    assignment = present.select_related("mentor").order_by("-starts_on").first()
    return assignment.mentor if assignment else None


def proposal_of(call: VisitCall, today: date) -> Proposal | None:
    """Return the visit to be looked at and changed; None where the IKM is in no running cohort with a curriculum."""
    enrolment = (
        Enrolment.objects.on_roster()
        .filter(enterprise=call.enterprise_id, cohort__curriculum_pin__isnull=False)
        .exclude(cohort__status=Cohort.Status.CLOSED)
        .select_related("cohort__curriculum_pin", "enterprise__regency__province")
        .order_by("-cohort__starts_on")
        .first()
    )
    if enrolment is None:
        return None
    modules = Module.objects.filter(curriculum=enrolment.cohort.curriculum_pin.curriculum_id)
    enterprise, mentor = enrolment.enterprise, mentor_of(call)
    initial = {
        "module": modules.filter(code=MODULE).first() or modules.order_by("order").first(),
        "title": title_of(call),
        "day": visit_day(call.due_on, today, national_holidays()),
        "begin": BEGIN,
        "end": END,
        "lesson_hours": HOURS,
        "place": str(enterprise)[:160],
        "address": enterprise.address[:300],
        "regency": enterprise.regency,
        "trainer": mentor,
    }
    return Proposal(enrolment, mentor, initial)


@for_others()
def title_of(call: VisitCall) -> str:
    return (_("Kunjungan pabrik %(ikm)s") % {"ikm": call.enterprise})[:160]


def cause_of(call: VisitCall) -> dict:
    """Return the month that asked, its score, and the standing that it gave."""
    card = card_of(call.scorecard)
    band: Band | None = standing_of_card(card)
    return {"month": month_long(call.scorecard.month), "score": score_of(card), "standing": band}

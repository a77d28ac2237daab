"""A session proposed for one IKM: the next one of the module where there is one, else a draft to be looked at."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.core.languages import for_others
from participants.models import Cohort, Enrolment, Enterprise
from trainings.actions.sessions import draft_session
from trainings.models import Module, TrainingSession

BEGIN, END, HOURS = time(9), time(12), 4  # [assumed] a morning; whoever publishes the draft sets the hours
DAYS_AHEAD = 30
WAITING = (TrainingSession.Status.DRAFT, TrainingSession.Status.SCHEDULED)


@transaction.atomic
def propose_session(
    enterprise: Enterprise, module_code: str, *, on: date | None, by: User
) -> TrainingSession | None:
    """Return the session that answers a training need of an IKM by about the day `on`.

    That is the next session of the module planned for its newest cohort; where none is, a draft is made, which
    only the programme sees until somebody publishes it. None where the IKM is in no running cohort with the module.
    """
    enrolment = (
        Enrolment.objects.open()
        .filter(enterprise=enterprise, cohort__curriculum_pin__curriculum__modules__code=module_code)
        .exclude(cohort__status=Cohort.Status.CLOSED)
        .select_related("cohort__curriculum_pin")
        .order_by("-cohort__starts_on")
        .first()
    )
    if enrolment is None:
        return None
    cohort = enrolment.cohort
    module = Module.objects.get(curriculum=cohort.curriculum_pin.curriculum_id, code=module_code)
    coming = TrainingSession.objects.filter(
        cohort=cohort, module=module, status__in=WAITING, starts_at__gt=timezone.now()
    )
    if session := coming.order_by("starts_at").first():
        return session
    today = timezone.localdate()
    day = on if on and on > today else today + timedelta(days=DAYS_AHEAD)
    zone = ZoneInfo(enterprise.regency.province.time_zone)
    with for_others():
        title = _("%(module)s, dari tinjauan kemitraan") % {"module": module.name}
    return draft_session(
        by=by,
        cohort=cohort,
        module=module,
        title=title[:160],
        starts_at=datetime.combine(day, BEGIN, zone),
        ends_at=datetime.combine(day, END, zone),
        lesson_hours=HOURS,
        place=str(enterprise)[:120],
        regency=enterprise.regency,
        trainer=by,
    )

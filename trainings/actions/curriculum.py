"""Which cohort follows which version of the curriculum."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.models import Cohort
from trainings.models import CohortCurriculum, Curriculum, TestResult, TrainingSession


@transaction.atomic
def pin_curriculum(
    cohort: Cohort, curriculum: Curriculum, *, by: User | None, reason: str = ""
) -> CohortCurriculum:
    """Let the cohort follow this version; the same pin a second time changes nothing.

    Once the cohort runs with another, a reason is needed, else ValidationError; a closed cohort keeps its own.
    Sessions and marks go over to the module of the same code; those of a module that the new version lacks
    stay where they are and count no more.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    pin = CohortCurriculum.objects.filter(cohort=cohort).select_related("curriculum").first()
    if pin and pin.curriculum_id == curriculum.pk:
        return pin
    if curriculum.published_at is None:
        raise ValidationError(_("Terbitkan kurikulum ini sebelum dipakai."))
    is_late = cohort.status == Cohort.Status.RUNNING and not reason.strip()
    if pin and (is_late or cohort.status == Cohort.Status.CLOSED):
        raise ValidationError(
            _("%(cohort)s sudah berjalan dengan %(curriculum)s, jadi kurikulumnya tidak dapat diganti.")
            % {"cohort": cohort, "curriculum": pin.curriculum}
        )
    before = str(pin.curriculum) if pin else None
    pin, _created = CohortCurriculum.objects.update_or_create(
        cohort=cohort, defaults={"curriculum": curriculum}
    )
    moved = _take_along(cohort, curriculum)
    data = {"reason": reason.strip()} if reason.strip() else {}
    record("cohort.curriculum_pinned", cohort, by=by, before=before, after=str(curriculum), **moved, **data)
    return pin


def _take_along(cohort: Cohort, curriculum: Curriculum) -> dict[str, int]:
    """Let the cohort's sessions and marks belong to the modules of this curriculum; return how many moved."""
    moved = {"sessions": 0, "marks": 0}
    for module in curriculum.modules.all():
        sessions = TrainingSession.objects.filter(cohort=cohort, module__code=module.code)
        moved["sessions"] += sessions.exclude(module=module).update(module=module)
        marks = TestResult.objects.filter(enrolment__cohort=cohort, module__code=module.code)
        moved["marks"] += marks.exclude(module=module).update(module=module)
    return moved if any(moved.values()) else {}

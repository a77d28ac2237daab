"""The write that changes a cohort's versions, each by the action of the app that keeps it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import assessments.actions
import participants.actions
import trainings.actions
from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.dashboard.pin_effects import effects_of
from closedloop.dashboard.pins import Pins, pins_of
from participants.models import Cohort


@transaction.atomic
def set_pins(cohort: Cohort, wanted: Pins, *, by: User, reason: str = "") -> set[str]:
    """Let the cohort follow these versions and return the names of what changed; what is None stays as it is.

    A cohort under way needs a reason, which is kept with the list of effects that was accepted. Raises
    ValidationError without one, and for a closed cohort.
    """
    before = pins_of(cohort)
    changed = {name for name in wanted.changed_from(before) if getattr(wanted, name)}
    effects = effects_of(cohort, before, wanted) if cohort.status == Cohort.Status.RUNNING else []
    is_replaced = any(getattr(before, name) for name in changed)
    if is_replaced and cohort.status == Cohort.Status.RUNNING and not reason.strip():
        raise ValidationError({"reason": _("Isi alasannya: angkatan ini sudah berjalan.")})
    if "curriculum" in changed:
        trainings.actions.pin_curriculum(cohort, wanted.curriculum, by=by, reason=reason)
    if changed & {"rubric", "scheme"}:
        rubric, scheme = wanted.rubric or before.rubric, wanted.scheme or before.scheme
        if not (rubric and scheme):
            raise ValidationError({"scheme": _("Rubrik dan syarat kelas dipilih bersama.")})
        assessments.actions.pin_rubric(cohort, rubric, scheme, by=by, reason=reason)
    if "indicators" in changed:
        participants.actions.pin_indicators(cohort, wanted.indicators, by=by, reason=reason)
    if is_replaced and effects:
        accepted = [f"{effect.about}: {effect.text}" for effect in effects]
        record("cohort.pins_accepted", cohort, by=by, reason=reason.strip(), effects=accepted)
    return changed

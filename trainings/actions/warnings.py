"""Somebody dealt with a warning."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.models import Enrolment
from trainings.models import WarningAnswer
from trainings.warned import warnings_of


@transaction.atomic
def answer_warning(enrolment: Enrolment, rule: str, key: str, note: str, *, by: User) -> WarningAnswer:
    """Say what was done; a second answer to the same facts returns the first.

    Raises ValidationError when the facts have changed since the page was read: then the warning is another.
    """
    Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    present = next((one for one in warnings_of([enrolment]) if (one.rule, one.key) == (rule, key)), None)
    if present is None:
        raise ValidationError(_("Peringatan ini sudah berubah atau tidak berlaku lagi. Muat ulang halaman."))
    if present.answer:
        return present.answer
    answer = WarningAnswer(enrolment=enrolment, rule=rule, key=key, note=note.strip(), answered_by=by)
    answer.full_clean(validate_constraints=False)
    answer.save(force_insert=True)
    record("warning.answered", answer, by=by, rule=str(rule), note=answer.note)
    return answer

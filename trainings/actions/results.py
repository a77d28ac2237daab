"""Marks of the tests before and after a module."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.models import Enrolment
from trainings.models import Module, TestResult


@transaction.atomic
def enter_test_result(
    enrolment: Enrolment,
    module: Module,
    kind: str,
    mark: Decimal,
    taken_on: date,
    *,
    by: User,
    source: str = TestResult.Source.HAND,
) -> TestResult:
    """Write down a mark of 0–100, or change the one that is there; ValidationError for an impossible one.

    The same mark a second time changes nothing.
    """
    if not Decimal(0) <= mark <= Decimal(100):
        raise ValidationError(_("Isi nilai antara 0 dan 100."))
    if taken_on > timezone.localdate():
        raise ValidationError(_("Tanggal tes tidak boleh setelah hari ini."))
    if not module.curriculum.cohort_pins.filter(cohort=enrolment.cohort_id).exists():
        raise ValidationError(_("Modul ini tidak ada di kurikulum angkatan."))
    old = TestResult.objects.select_for_update().filter(enrolment=enrolment, module=module, kind=kind).first()
    if old and (old.mark, old.taken_on) == (mark, taken_on):
        return old
    result, _created = TestResult.objects.update_or_create(
        enrolment=enrolment,
        module=module,
        kind=kind,
        defaults={"mark": mark, "taken_on": taken_on, "entered_by": by, "source": source},
    )
    record("testresult.entered", result, by=by, before=old.mark if old else None, after=mark, kind=kind)
    return result


@transaction.atomic
def remove_test_result(result: TestResult, *, by: User) -> None:
    """Take a mark back that was entered for the wrong IKM; the trail keeps what it was."""
    record("testresult.removed", result, by=by, before=result.mark, kind=result.kind)
    result.delete()

"""Set the reports that make themselves each month, and make the months that are due."""

import logging
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.audit.trail import changes, record
from closedloop.core import formats
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from closedloop.reports import kinds, monthly
from closedloop.reports.actions import freeze, one_moment
from closedloop.reports.models import Kind, ReportBatch, ReportSchedule, ScheduledMonth
from participants.models import Enrolment

logger = logging.getLogger(__name__)

FIELDS = ("language", "day")


@transaction.atomic
def add_schedule(*, by: User, id: UUID, kind: str, **fields: Any) -> ReportSchedule:
    """Let reports be made by themselves from today on; pressed twice with one id, the first is returned."""
    if earlier := ReportSchedule.objects.filter(pk=id, set_by=by).first():
        return earlier
    schedule = ReportSchedule(id=id, kind=kind, set_by=by, since=timezone.localdate(), **fields)
    schedule.save(force_insert=True)
    record("reportschedule.added", schedule, by=by, kind=kind, day=schedule.day, language=schedule.language)
    return schedule


@transaction.atomic
def change_schedule(schedule: ReportSchedule, *, by: User, **fields: Any) -> ReportSchedule:
    """Change day or language. Whoever changes it, its reports are from now on in this person's name.

    A changed day counts from today: one that has passed this month comes next month.
    """
    schedule = ReportSchedule.objects.select_for_update().get(pk=schedule.pk)
    before = {name: getattr(schedule, name) for name in FIELDS} | {"set_by": str(schedule.set_by_id)}
    after = {name: fields[name] for name in FIELDS} | {"set_by": str(by.pk)}
    if not (differences := changes(before, after)):
        return schedule
    if "day" in differences:
        schedule.since = timezone.localdate()
    schedule.language, schedule.day, schedule.set_by = fields["language"], fields["day"], by
    schedule.save(update_fields=["language", "day", "set_by", "since"])
    record("reportschedule.changed", schedule, by=by, changes=differences)
    return schedule


@transaction.atomic
def pause(schedule: ReportSchedule, *, by: User, is_paused: bool) -> ReportSchedule:
    """Stop the schedule or let it go on; what its pause left out is not made up for."""
    schedule = ReportSchedule.objects.select_for_update().get(pk=schedule.pk)
    if schedule.is_paused == is_paused:
        return schedule
    schedule.is_paused = is_paused
    if not is_paused:
        schedule.since = timezone.localdate()
    schedule.save(update_fields=["is_paused", "since"])
    record("reportschedule.paused" if is_paused else "reportschedule.resumed", schedule, by=by)
    return schedule


def make_due() -> int:
    """Make every schedule's month that is due; returns how many requests that were. Safe to run twice and at once."""
    made, today = 0, timezone.localdate()
    for schedule in ReportSchedule.objects.active().with_months():
        if month := monthly.due(schedule.day, schedule.since, today, schedule.made):
            made += make_month(schedule, month)
    return made


def make_month(schedule: ReportSchedule, month: date) -> bool:
    """Ask for one month's reports, or keep and tell why not; True where this call asked for them.

    The unique key of schedule and month decides between two at once: the other's request is rolled back whole.
    """
    try:
        with one_moment():
            row = schedule.months.select_for_update().filter(month=month).first()
            if row and row.batch_id:
                return False
            row = row or ScheduledMonth(schedule=schedule, month=month)
            row.batch, row.reason = ask_for(schedule, month), ""
            row.save()
            record("reportschedule.made", schedule, by=None, month=f"{month:%Y-%m}", batch=row.batch.code)
    except ValidationError as error:
        give_up(schedule, month, " ".join(error.messages))
    except Exception as error:
        if schedule.months.filter(month=month).exclude(batch=None).exists():
            return False  # another made it at the same moment
        if isinstance(error, OperationalError):
            raise  # the database is away, for every schedule
        # a fault of ours, in one schedule: the others have their turn
        logger.exception("schedule %s could not be made", schedule.code)
        with for_others():
            words = _("Kesalahan saat mengumpulkan data (%(name)s). Coba lagi, atau hubungi admin sistem.")
            give_up(schedule, month, words % {"name": type(error).__name__})
    else:
        return True
    return False


def ask_for(schedule: ReportSchedule, month: date) -> ReportBatch:
    """Freeze the reports in the name and with the rights of who set the schedule; else ValidationError says why."""
    by = schedule.set_by
    with for_others():
        if not by.may(Permission.REPORT_SCHEDULE):
            raise ValidationError(
                _("%(who)s, yang memasang jadwal, tidak lagi berhak. Simpan jadwal ini atas nama Anda.")
                % {"who": by.full_name}
            )
        if not (subjects := subjects_of(schedule)):
            raise ValidationError(_("Tidak ada yang dapat dilaporkan dalam cakupan jadwal ini."))
        scope = f"{schedule.scope_name} {formats.month_long(month, language=schedule.language)}"
    key = uuid5(schedule.pk, f"{month:%Y-%m}")
    return freeze(
        schedule.kind,
        subjects,
        language=schedule.language,
        by=by,
        form_key=key,
        scope=scope,
        is_scheduled=True,
    )


def subjects_of(schedule: ReportSchedule) -> list:
    """Return what the reports are of, as it is today."""
    found = kinds.KINDS[Kind(schedule.kind)].subjects(schedule.set_by)
    if schedule.kind == Kind.PROGRAMME:
        return list(found)
    if schedule.kind == Kind.COHORT:
        return list(found.filter(pk=schedule.cohort_id) if schedule.cohort_id else found.running())
    if schedule.kind == Kind.AGREEMENT:
        return list(found.filter(pk=schedule.agreement_id) if schedule.agreement_id else found.in_force())
    enrolled = Enrolment.objects.exclude(status=Enrolment.Status.WITHDRAWN)
    if schedule.cohort_id:
        enrolled = enrolled.filter(cohort=schedule.cohort_id)
    return list(found.filter(pk__in=enrolled.values("enterprise")).order_by("name"))


@transaction.atomic
def give_up(schedule: ReportSchedule, month: date, reason: str) -> None:
    """Keep why a month was not made, and tell who set it; all leads where that person can do nothing any more."""
    row, is_new = ScheduledMonth.objects.get_or_create(
        schedule=schedule, month=month, defaults={"reason": reason[: ScheduledMonth.REASON_LENGTH]}
    )
    if not is_new:
        if row.batch_id:
            return
        row.reason = reason[: ScheduledMonth.REASON_LENGTH]
        row.save(update_fields=["reason"])
    record("reportschedule.failed", schedule, by=None, month=f"{month:%Y-%m}", reason=row.reason)
    able = schedule.set_by.may(Permission.REPORT_SCHEDULE)
    whom = [schedule.set_by] if able else User.objects.filter(role=Role.LEAD, is_active=True)
    with for_others():
        title = _("Laporan bulanan tidak terbuat: %(schedule)s") % {"schedule": schedule}
        body = f"{formats.month_long(month)}: {row.reason}"
    tell(whom, "reports.schedule_failed", title, body=body, path=schedule.get_absolute_url())


def try_again(schedule: ReportSchedule, *, by: User) -> bool:
    """Make the latest month that failed once more; False where none did, or where it failed again."""
    row = schedule.months.filter(batch=None).first()
    if row is None:
        return False
    with transaction.atomic():
        record("reportschedule.retried", schedule, by=by, month=f"{row.month:%Y-%m}")
    return make_month(schedule, row.month)

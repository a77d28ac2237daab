"""Writes to cohorts, to who is enrolled in them, and to who accompanies whom."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import changes, record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.actions.follow_ups import plan_follow_ups
from participants.actions.standing import hold
from participants.consents import refuse_withdrawn
from participants.models import Cohort, Enrolment, EnrolmentMove, Enterprise, MentorAssignment
from participants.presence import ON_ROSTER

Status = Enrolment.Status
NEEDS_REASON = (Status.ON_LEAVE, Status.WITHDRAWN)
COHORT_FIELDS = frozenset(
    field.name for field in Cohort._meta.concrete_fields if field.editable and field.name != "created_at"
)


@transaction.atomic
def create_cohort(*, by: User | None, **fields: Any) -> Cohort:
    """Open a new round of the programme; raises ValidationError, among others for a code in use."""
    cohort = Cohort(**fields)
    cohort.full_clean()
    cohort.save(force_insert=True)
    record("cohort.created", cohort, by=by)
    return cohort


@transaction.atomic
def update_cohort(cohort: Cohort, *, by: User, **fields: Any) -> Cohort:
    """Change a cohort's name, dates, quota, sector or region, and return it.

    Whether it is only practice is settled once somebody is enrolled; ValidationError after that.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    if unknown := set(fields) - COHORT_FIELDS:
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    before = {name: getattr(cohort, name) for name in fields}
    if fields.get("is_practice", cohort.is_practice) != cohort.is_practice and cohort.enrolments.exists():
        raise ValidationError(
            {"is_practice": _("Tidak dapat diubah lagi: angkatan ini sudah punya peserta.")}
        )
    for name, value in fields.items():
        setattr(cohort, name, value)
    cohort.full_clean()
    if differences := changes(before, fields):
        cohort.save()
        record("cohort.updated", cohort, by=by, changes=differences)
    return cohort


@transaction.atomic
def move_cohort(cohort: Cohort, status: str, *, by: User, reason: str = "") -> None:
    """Open, start or close a cohort; raises TransitionError.

    A cohort closes only when nobody in it is still on the way, so that no enrolment is left behind open.
    """
    status = Cohort.Status(status)
    if status == Cohort.Status.CLOSED and (left := cohort.enrolments.open().count()):
        raise ValidationError(
            _("Masih ada %(count)d IKM yang belum lulus atau keluar dari angkatan ini.") % {"count": left}
        )
    cohort.move_to(status, by=by, reason=reason)


@transaction.atomic
def enrol(
    enterprise: Enterprise,
    cohort: Cohort,
    *,
    by: User | None,
    on: date | None = None,
    reason: str = "",
) -> Enrolment:
    """Put an enterprise down as applicant of a cohort.

    Refused with ValidationError when it is enrolled there already, is still on its way in another cohort, took
    its consent to training back, or the cohort is closed; and when a practice cohort would take in what is real,
    or the other way round, since what is only practice is kept out of every figure. A full quota is no refusal;
    see Cohort.places_left.
    """
    hold(enterprise)
    if cohort.status == Cohort.Status.CLOSED:
        raise ValidationError(_("%(cohort)s sudah ditutup.") % {"cohort": cohort})
    refuse_withdrawn(enterprise)
    other = enterprise.enrolments.open().exclude(cohort=cohort).select_related("cohort").first()
    if other:
        raise ValidationError(
            _("%(name)s masih mengikuti %(cohort)s.") % {"name": enterprise, "cohort": other.cohort}
        )
    if enterprise.enrolments.filter(cohort=cohort).exists():
        raise ValidationError(_("%(name)s sudah ada di %(cohort)s.") % {"name": enterprise, "cohort": cohort})
    if enterprise.enrolments.exclude(cohort__is_practice=cohort.is_practice).exists():
        raise ValidationError(
            _("IKM latihan dan IKM yang sebenarnya tidak dicampur: %(name)s.") % {"name": enterprise}
        )
    on = on or timezone.localdate()
    enrolment = Enrolment.objects.create(enterprise=enterprise, cohort=cohort, status_since=on)
    EnrolmentMove.objects.create(enrolment=enrolment, after=Status.APPLICANT, on=on, by=by, reason=reason)
    record("enrolment.applicant", enrolment, by=by)
    return enrolment


@transaction.atomic
def move_enrolment(
    enrolment: Enrolment,
    status: str,
    *,
    by: User | None,
    on: date | None = None,
    reason: str = "",
) -> None:
    """Move an enrolment along its table on a day; pausing and leaving need a reason.

    Raises TransitionError for a move that is not on the table and ValidationError for a missing reason, a day
    before the last move, or a way onto the roster without consent. A leaver's mentor is released the same day; a
    graduate is followed up for two years.
    """
    status = Status(status)
    on, reason = on or timezone.localdate(), reason.strip()
    if status in NEEDS_REASON and not reason:
        raise ValidationError({"reason": _("Isi alasannya.")})
    enrolment.refresh_from_db(from_queryset=Enrolment.objects.select_for_update(of=("self",)))
    if status in ON_ROSTER:
        refuse_withdrawn(enrolment.enterprise)
    before = enrolment.status
    if on < enrolment.status_since and enrolment.can_become(status):
        raise ValidationError({"on": _("Tanggal tidak boleh sebelum perubahan terakhir.")})
    enrolment.move_to(status, by=by, reason=reason, status_since=on)
    EnrolmentMove.objects.create(
        enrolment=enrolment, before=before, after=status, on=on, by=by, reason=reason
    )
    if status == Status.GRADUATED:
        plan_follow_ups(enrolment, graduated_on=on)
    if status == Status.WITHDRAWN:
        for assignment in enrolment.mentor_assignments.filter(ends_on=None):
            close_assignment(assignment, on=max(on, assignment.starts_on))
    with for_others():
        title = _("%(name)s di %(cohort)s: %(status)s") % {
            "name": enrolment.enterprise,
            "cohort": enrolment.cohort,
            "status": status.label,
        }
    tell(enrolment.enterprise.account_holders(), "enrolment.moved", title, body=reason)


@transaction.atomic
def assign_mentor(
    enrolment: Enrolment, mentor: User, *, by: User, starts_on: date | None = None
) -> MentorAssignment:
    """Let a mentor accompany an enrolled enterprise from a day on; the present one is released that day.

    Who is the present mentor already stays so unchanged. Raises ValidationError for somebody who is no
    active mentor, for an enrolment that is over, and for a day before the present mentor began.
    """
    starts_on = starts_on or timezone.localdate()
    if mentor.role != Role.MENTOR or not mentor.is_active:
        raise ValidationError({"mentor": _("%(name)s bukan mentor aktif.") % {"name": mentor}})
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("enterprise", "cohort")
        .get(pk=enrolment.pk)
    )
    if not enrolment.is_open:
        raise ValidationError(
            _("%(name)s sudah tidak mengikuti %(cohort)s.")
            % {"name": enrolment.enterprise, "cohort": enrolment.cohort}
        )
    present = enrolment.mentor_assignments.filter(ends_on=None).first()
    if present and present.mentor_id == mentor.pk:
        return present
    if present:
        if starts_on < present.starts_on:
            raise ValidationError({"starts_on": _("Mentor yang sekarang mulai sesudah tanggal itu.")})
        close_assignment(present, on=starts_on)
    assignment = MentorAssignment.objects.create(
        enrolment=enrolment, mentor=mentor, assigned_by=by, starts_on=starts_on
    )
    record("enrolment.mentor_assigned", enrolment, by=by, mentor=mentor.full_name)
    with for_others():
        title = _("Anda mendampingi %(name)s") % {"name": enrolment.enterprise}
    tell([mentor], "mentor.assigned", title, path=enrolment.enterprise.get_absolute_url())
    return assignment


def close_assignment(assignment: MentorAssignment, *, on: date) -> None:
    assignment.ends_on = on
    assignment.save(update_fields=["ends_on"])

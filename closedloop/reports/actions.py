"""Every write a report request can undergo by a person. What workers write stands in `work.py`."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.core.letterhead import letterhead, next_number
from closedloop.notifications.actions import tell
from closedloop.reports import kinds
from closedloop.reports.models import Kind, ReportBatch, ReportJob, Revocation
from closedloop.reports.series import series_of
from participants.actions import record_identity_view

SHORTEST_REASON = 10


def wake_sweeper() -> None:
    """Wake the sweeper at commit. The web process itself never talks to the broker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('jobs', '')")


def canonical(snapshot: dict) -> str:
    """Return the one way a snapshot is written, so that its hash does not depend on the order of keys."""
    return json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def request_reports(
    kind: str, subjects: Sequence, *, language: str, by: User, form_key: UUID, scope: str = ""
) -> ReportBatch:
    """Ask for one report per subject and return the batch; pressed again with the same form, the first one.

    Each report's data is frozen here, all of them in one REPEATABLE READ transaction, so that every figure of
    a batch is of the same moment. Raises ValidationError without subjects, or when the same form comes with
    another wish. `scope` names the group they are of.
    """
    if not subjects:
        raise ValidationError(_("Pilih sedikitnya satu laporan."))
    earlier = ReportBatch.objects.filter(requested_by=by, form_key=form_key).first()
    if earlier is None:
        try:
            return freeze(kind, subjects, language=language, by=by, form_key=form_key, scope=scope)
        except IntegrityError:  # the same form was pressed twice at once; the other press was faster
            earlier = ReportBatch.objects.filter(requested_by=by, form_key=form_key).first()
            if earlier is None:
                raise
    same_subjects = set(earlier.jobs.values_list("subject_id", flat=True)) == {one.pk for one in subjects}
    if (earlier.kind, earlier.language) != (kind, language) or not same_subjects:
        raise ValidationError(
            _("Formulir ini sudah dipakai untuk permintaan lain. Muat ulang halaman, lalu kirim lagi."),
            code="reused",
        )
    return earlier


@contextmanager
def one_moment() -> Iterator[None]:
    """Run one transaction all of whose reads are of the same moment; inside another it is of that one's."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def freeze(
    kind: str,
    subjects: Sequence,
    *,
    language: str,
    by: User,
    form_key: UUID,
    scope: str = "",
    is_scheduled: bool = False,
) -> ReportBatch:
    """Write the batch with the snapshot of each report, in one transaction that sees one moment.

    What nobody pressed a button for says on its paper that it is scheduled, and by whom.
    """
    maker = kinds.KINDS[Kind(kind)]
    with one_moment(), translation.override(language):
        now, head = timezone.now(), letterhead()
        batch = ReportBatch.objects.create(
            kind=kind,
            language=language,
            title=kinds.title_of(kind, subjects, scope),
            requested_by=by,
            form_key=form_key,
            created_at=now,
        )
        taken = maker.snapshots(subjects, language=language, by=by, as_of=now)
        for subject, snapshot in zip(subjects, taken, strict=True):
            if is_scheduled:
                snapshot |= scheduled_by(by)
            job = ReportJob(
                batch=batch, subject_id=subject.pk, subject_name=kinds.name_of(subject, snapshot)[:200]
            )
            job.snapshot = kinds.identified(
                snapshot, maker.PREFIX, next_number("report_number"), job.code, head
            )
            job.number = job.snapshot["number"]
            job.series = series_of(
                kind, subject.pk, language=language, period=job.snapshot.get("period", ""), by=by
            )
            job.snapshot_sha256 = hashlib.sha256(canonical(job.snapshot).encode()).hexdigest()
            job.save(force_insert=True)
            record("report.requested", job, by=by, kind=kind, language=language, batch=batch.code)
            if kind == Kind.ENTERPRISE and subject.nib and by.may(Permission.IDENTITY_VIEW_FULL):
                record_identity_view(subject, by=by)  # the paper carries the whole number
        wake_sweeper()
    return batch


def scheduled_by(user: User) -> dict:
    """Return the requester's line of a paper that a monthly schedule asked for."""
    role = str(user.get_role_display())
    return {
        "requested_by": _("jadwal bulanan dari %(who)s") % {"who": f"{user.full_name}, {role}"},
        "requested_role": _("jadwal bulanan dari %(who)s") % {"who": role},
    }


@transaction.atomic
def retry_failed(batch: ReportBatch, *, by: User) -> int:
    """Try the failed reports of a batch again, from the same snapshots; returns how many there were."""
    batch = ReportBatch.objects.select_for_update().get(pk=batch.pk)
    failed = list(batch.jobs.filter(status=ReportJob.Status.FAILED).select_related("batch").defer("snapshot"))
    if not failed:
        return 0
    for job in failed:
        record("report.retried", job, by=by, reason=job.error_text)
    batch.jobs.filter(pk__in=[job.pk for job in failed]).update(
        status=ReportJob.Status.QUEUED,
        starts=0,
        errors=0,
        error_text="",
        next_try_at=None,
        enqueued_at=None,
        finished_at=None,
    )
    batch.completed_at = None
    batch.save(update_fields=["completed_at"])
    wake_sweeper()
    return len(failed)


def note_download(jobs: Sequence[ReportJob], *, by: User, what: str = "pdf") -> None:
    """Leave a trace of each report that somebody took away, as paper or as its Excel."""
    with transaction.atomic():
        for job in jobs:
            record("report.downloaded", job, by=by, sha256=job.artifact_sha256, what=what)


@transaction.atomic
def revoke(job: ReportJob, reason: str, *, by: User) -> Revocation:
    """Take an issued report out of force; its public page says so and why, and its requester is told.

    Raises ValidationError without a reason of `SHORTEST_REASON` characters, and when it was revoked before.
    """
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise ValidationError(
            {"reason": _("Tulis alasannya, sedikitnya %(n)s huruf.") % {"n": SHORTEST_REASON}}
        )
    job = ReportJob.objects.select_for_update(of=("self",)).select_related("batch").get(pk=job.pk)
    if job.status != ReportJob.Status.DONE or Revocation.objects.filter(job=job).exists():
        raise ValidationError(_("Laporan ini sudah dicabut, atau belum terbit."))
    made = Revocation.objects.create(job=job, reason=reason[: Revocation.REASON_LENGTH], revoked_by=by)
    record("report.revoked", job, by=by, reason=made.reason)
    with for_others():
        title = _("Laporan dicabut: %(number)s") % {"number": job.number}
    tell(
        [job.batch.requested_by],
        "reports.revoked",
        title,
        body=made.reason,
        path=job.batch.get_absolute_url(),
    )
    return made

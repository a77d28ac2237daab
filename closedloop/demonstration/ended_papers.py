"""Papers that are no longer in force: one that a newer took the place of, and one that the lead revoked."""

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.core.models import new_id
from closedloop.reports.actions import request_reports, revoke
from closedloop.reports.kinds import KINDS
from closedloop.reports.models import Kind, ReportBatch, ReportJob
from closedloop.reports.work import work_on

REASON = "Nama modul pada kertas ini salah ketik; rekap yang benar diminta lagi."


def end_some(made: list[ReportBatch]) -> None:
    """Ask once more for the card, with the figures of a moment later, and revoke the recapitulation of training."""
    by_kind = {batch.kind: batch for batch in made}
    if card := by_kind.get(Kind.CARD):
        subject = KINDS[Kind.CARD].subjects(card.requested_by).get(pk=card.jobs.get().subject_id)
        newer = request_reports(Kind.CARD, [subject], language="id", by=card.requested_by, form_key=new_id())
        for job in newer.jobs.all():
            work_on(job.pk)
    lead = User.objects.filter(role=Role.LEAD).order_by("created_at").first()
    training = by_kind.get(Kind.TRAINING)
    issued = training.jobs.filter(status=ReportJob.Status.DONE).first() if training else None
    if lead and issued:
        revoke(issued, REASON, by=lead)

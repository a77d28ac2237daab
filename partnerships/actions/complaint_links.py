"""What a complaint questions, and the training it leads to."""

from django.db import transaction

from assessments.models import Criterion
from closedloop.accounts.models import User
from closedloop.audit.trail import record
from partnerships.actions.complaints import refuse_others_requirement
from partnerships.models import Complaint, RequirementLine
from trainings.models import Module, TrainingSession


@transaction.atomic
def link_complaint(
    complaint: Complaint,
    *,
    criterion: Criterion | None,
    requirement_line: RequirementLine | None,
    module: Module | None,
    session: TrainingSession | None = None,
    by: User,
) -> None:
    """Say which check item and which line of the buyer's requirement it questions, and what teaches the way out.

    None takes a link back. ValidationError for a line of another buyer.
    """
    complaint.refresh_from_db(from_queryset=Complaint.objects.select_for_update(of=("self",)))
    refuse_others_requirement(requirement_line, complaint.buyer)
    wanted = {
        "criterion": criterion,
        "requirement_line": requirement_line,
        "closing_module": session.module if session else module,
        "closing_session": session,
    }
    changed = [name for name, value in wanted.items() if getattr(complaint, name) != value]
    if not changed:
        return
    for name, value in wanted.items():
        setattr(complaint, name, value)
    complaint.save(update_fields=list(wanted))
    record(
        "complaint.linked",
        complaint,
        by=by,
        criterion=criterion.code if criterion else "",
        requirement=str(requirement_line or ""),
        module=complaint.closing_module.code if complaint.closing_module else "",
        session=session.code if session else "",
    )

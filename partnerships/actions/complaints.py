"""A buyer's complaint: raised, held back for the moment, and explained by five times why."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.causes import checked_whys
from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.core.models import new_id
from closedloop.core.photos import CleanPhoto
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError
from participants.consents import people_to_ask
from participants.models import Enterprise
from partnerships.actions.buyer_side import refuse_stranger
from partnerships.actions.confirmers import Confirmer, by_one
from partnerships.models import (
    Buyer,
    Complaint,
    Dispute,
    OrderLine,
    PurchaseOrder,
    RequirementLine,
)

Status = Complaint.Status
DAYS_TO_ANSWER = 14  # [assumed] 8D reports are asked for within two weeks


@transaction.atomic
def raise_complaint(
    enterprise: Enterprise,
    buyer: Buyer,
    *,
    problem: str,
    by: Confirmer,
    due_on: date | None = None,
    line: OrderLine | None = None,
    dispute: Dispute | None = None,
    requirement_line: RequirementLine | None = None,
    repeat_of: Complaint | None = None,
    photo: CleanPhoto | None = None,
    id: UUID | None = None,
) -> Complaint:
    """Write down what a buyer complains of and tell the IKM; the same id, or dispute, again is the same complaint.

    `due_on` is the day by which the IKM is to say it is mended, 14 days from now by default. ValidationError
    without words, for a day that is over, for an IKM the buyer never ordered from, and for an order, dispute or
    earlier complaint of somebody else.
    """
    refuse_stranger(buyer, by)
    if known := Complaint.objects.filter(pk=id).first() if id else None:
        return known
    if dispute and (known := Complaint.objects.filter(dispute=dispute).first()):
        return known
    line = dispute.delivery.line if dispute else line
    today, problem = timezone.localdate(), problem.strip()
    due_on = due_on or today + timedelta(days=DAYS_TO_ANSWER)
    refuse_bad_complaint(enterprise, buyer, problem, due_on, line, repeat_of)
    refuse_others_requirement(requirement_line, buyer)
    found = Complaint(
        pk=id or new_id(),
        enterprise=enterprise,
        buyer=buyer,
        line=line,
        dispute=dispute,
        requirement_line=requirement_line,
        repeat_of=repeat_of,
        repeats=repeat_of.repeats + 1 if repeat_of else 0,
        problem=problem[:300],
        raised_on=today,
        due_on=due_on,
        **by_one("raised", by),
    )
    if repeat_of:
        found.criterion = repeat_of.criterion
        found.requirement_line = requirement_line or repeat_of.requirement_line
    if photo:
        found.photo.save(photo.name, ContentFile(photo.content), save=False)
        found.photo_sha256 = photo.sha256
    found.save(force_insert=True)
    record("complaint.raised", found, by=by, buyer=buyer, due_on=due_on, repeats=found.repeats)
    with for_others():
        said = _("Keluhan berulang dari %(buyer)s") if repeat_of else _("Keluhan dari %(buyer)s")
        title = said % {"buyer": buyer}
    tell(
        people_to_ask(enterprise),
        "complaint.raised",
        title,
        body=found.problem,
        path=found.get_absolute_url(),
    )
    return found


def refuse_bad_complaint(enterprise, buyer, problem, due_on, line, repeat_of) -> None:
    wrong = {}
    if not problem:
        wrong["problem"] = _("Tulis apa yang tidak sesuai.")
    if due_on < timezone.localdate():
        wrong["due_on"] = _("Tenggat tidak boleh sebelum hari ini.")
    if line and (line.order.enterprise_id, line.order.buyer_id) != (enterprise.pk, buyer.pk):
        wrong["line"] = _("Pilih pesanan dari IKM ini.")
    elif not PurchaseOrder.objects.filter(enterprise=enterprise, buyer=buyer).exists():
        wrong["enterprise"] = _("Belum ada pesanan kepada IKM ini.")
    if repeat_of and (repeat_of.enterprise_id, repeat_of.buyer_id) != (enterprise.pk, buyer.pk):
        wrong["repeat_of"] = _("Pilih keluhan lama tentang IKM ini.")
    if wrong:
        raise ValidationError(wrong)


def refuse_others_requirement(requirement_line: RequirementLine | None, buyer: Buyer) -> None:
    if requirement_line and requirement_line.requirement.buyer_id != buyer.pk:
        raise ValidationError({"requirement_line": _("Pilih baris kebutuhan pembeli ini.")})


def hold_open(complaint: Complaint, *allowed: str) -> None:
    """Lock the complaint and read it again; TransitionError unless it is in one of the states."""
    complaint.refresh_from_db(from_queryset=Complaint.objects.select_for_update(of=("self",)))
    if complaint.status not in allowed:
        raise TransitionError(
            _("Keluhan ini berstatus %(now)s, jadi tidak dapat diubah.")
            % {"now": complaint.get_status_display().lower()}
        )


@transaction.atomic
def contain(complaint: Complaint, containment: str, *, by: User) -> None:
    """Say what keeps the fault from reaching the buyer while its cause is looked for; the buyer is told."""
    containment = containment.strip()
    if not containment:
        raise ValidationError({"containment": _("Tulis yang sudah dilakukan supaya masalah tidak meluas.")})
    complaint.move_to(Status.CONTAINED, by=by, reason=containment[:300], containment=containment[:300])
    tell_buyer(complaint, "complaint.contained", _("%(ikm)s menahan masalahnya"), containment)


@transaction.atomic
def explain_complaint(complaint: Complaint, whys: Sequence[str], root_cause: str, *, by: User) -> None:
    """Keep up to five answers to "why", in order, and the cause they lead to; TransitionError once proposed.

    Raises ValidationError for a gap between answers, a sixth one or one that is too long.
    """
    hold_open(complaint, Status.OPEN, Status.CONTAINED, Status.IN_PROGRESS)
    whys, root_cause = checked_whys(whys), root_cause.strip()
    if (whys, root_cause) == (complaint.whys, complaint.root_cause):
        return
    complaint.whys, complaint.root_cause = whys, root_cause
    complaint.save(update_fields=["whys", "root_cause"])
    record("complaint.analysed", complaint, by=by, whys=len(whys), root_cause=root_cause[:300])


def tell_buyer(complaint: Complaint, kind: str, title: str, body: str = "") -> None:
    """Tell the buyer's people; `title` is a marked text with the place %(ikm)s."""
    people = complaint.buyer.contacts.active().accounts()
    tell(
        people,
        kind,
        title % {"ikm": complaint.enterprise},
        body=body[:300],
        path=complaint.get_absolute_url(),
    )

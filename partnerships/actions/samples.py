"""Writes to samples: handed to the buyer, approved or refused by the buyer."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.models import Enterprise
from partnerships.actions.buyer_side import refuse_stranger
from partnerships.actions.clearances import approve_sample
from partnerships.actions.milestones import reach
from partnerships.models import Buyer, Milestone, Sample


@transaction.atomic
def submit_sample(
    enterprise: Enterprise,
    buyer: Buyer,
    *,
    part_name: str,
    quantity: int,
    submitted_on: date,
    by: User,
    id=None,
) -> Sample:
    """Record that the IKM handed a sample to the buyer, and tell the buyer's contacts. Same `id` twice fails."""
    if submitted_on > timezone.localdate():
        raise ValidationError({"submitted_on": _("Tanggal kirim tidak boleh setelah hari ini.")})
    if quantity <= 0:
        raise ValidationError({"quantity": _("Jumlah harus lebih dari nol.")})
    sample = Sample(
        enterprise=enterprise,
        buyer=buyer,
        part_name=" ".join(part_name.split()),
        quantity=quantity,
        submitted_on=submitted_on,
        submitted_by=by,
        **({"id": id} if id else {}),
    )
    sample.full_clean(validate_unique=False, validate_constraints=False)
    sample.save(force_insert=True)
    record("sample.submitted", sample, by=by, part=sample.part_name, quantity=quantity)
    with for_others():
        title = _("%(enterprise)s mengirim sampel %(part)s") % {"enterprise": enterprise, "part": sample}
    tell(buyer.contacts.active().accounts(), "sample.submitted", title, path="/mitra/sampel/")
    return sample


@transaction.atomic
def decide_sample(sample: Sample, *, approve: bool, decided_on: date, by: User, remark: str = "") -> Sample:
    """Record the buyer's word on a sample and tell the IKM; an approval opens the gate and judges it again.

    By a contact of that buyer, or by staff who hold the buyer's letter; anybody else raises PermissionDenied.
    A refusal needs its reason, so that the next sample can be better.
    """
    refuse_stranger(sample.buyer, by)
    remark = remark.strip()
    if not sample.submitted_on <= decided_on <= timezone.localdate():
        raise ValidationError({"decided_on": _("Tanggal putusan antara hari sampel dikirim dan hari ini.")})
    if not approve and not remark:
        raise ValidationError({"remark": _("Tulis apa yang harus diperbaiki.")})
    status = Sample.Status.APPROVED if approve else Sample.Status.REJECTED
    sample.move_to(status, by=by, decided_on=decided_on, decided_by=by, remark=remark)
    if approve:
        approve_sample(sample.enterprise, sample.buyer, approved_on=decided_on, by=by)
        reach(Milestone.Step.SAMPLE, sample.enterprise, sample.buyer, [sample.part_name], decided_on)
    with for_others():
        title = _("Sampel %(part)s untuk %(buyer)s: %(word)s") % {
            "part": sample,
            "buyer": sample.buyer,
            "word": sample.get_status_display().lower(),
        }
    people = sample.enterprise.people.active().accounts()
    tell(people, "sample.decided", title, body=remark, path=sample.enterprise.get_absolute_url())
    return sample

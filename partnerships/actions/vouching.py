"""Writes to the ledger after entry: the buyer confirms, staff verify, a paper is added, a slip is corrected."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.audit.trail import changes, record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError
from partnerships.actions.confirmers import Confirmer, by_one, hands_on, refuse_outsiders
from partnerships.buyer_queue import PATHS, VouchedRow, order_of, said
from partnerships.models import Invoice, Payment, PurchaseOrder, RowDispute
from partnerships.models.vouched import Vouched
from partnerships.scans import Scan

Status = Vouched.Status
# what somebody may have mistyped; parts and quantities are the buyer's, and follow from the paper
CORRECTABLE = {
    PurchaseOrder: ("number", "ordered_on"),
    Invoice: ("number", "issued_on", "due_on", "amount"),
    Payment: ("paid_on", "amount"),
}
ITS_DAY = {PurchaseOrder: "ordered_on", Invoice: "issued_on", Payment: "paid_on"}
UNVOUCHED = dict.fromkeys(("confirmed_by", "confirmed_link", "confirmed_at", "verified_by", "verified_at"))


@transaction.atomic
def confirm_row(row: VouchedRow, *, by: Confirmer, mark: str | None = None) -> None:
    """Say as the buyer that the row is so; by account or link, never by who entered it.

    `mark` is that of the figures which the page showed: others meanwhile are a ValidationError. What was answered
    already stays as it is (TransitionError); the message says by whom.
    """
    row = again(row)
    refuse_outsiders(order_of(row).buyer, row.entered_by_id, by)
    refuse_second_answer(row)
    if mark is not None and mark != said(row).mark:
        raise ValidationError(
            _("Isinya berubah sejak halaman ini dibuka. Periksa lagi sebelum mengonfirmasi.")
        )
    row.move_to(Status.CONFIRMED, by=by, **by_one("confirmed", by), confirmed_at=timezone.now())


def refuse_second_answer(row: VouchedRow) -> None:
    """Refuse, in words that name who was first, whatever was answered already."""
    if row.status == Status.DISPUTED:
        raise TransitionError(
            _("%(row)s sudah dilaporkan selisih. Tidak ada yang berubah.") % {"row": said(row).name}
        )
    if row.status != Status.SUBMITTED:
        raise TransitionError(
            _("%(row)s sudah dikonfirmasi oleh %(name)s. Tidak ada yang berubah.")
            % {"row": said(row).name, "name": row.confirmer}
        )


@transaction.atomic
def verify_row(row: VouchedRow, *, by: User) -> None:
    """Seal a confirmed row after its paper was looked at; by a third person."""
    row = again(row)
    if by.pk in hands_on(row):
        raise ValidationError(_("Verifikasi dilakukan orang lain, bukan yang mencatat atau mengonfirmasi."))
    row.move_to(Status.VERIFIED, by=by, verified_by=by, verified_at=timezone.now())


@transaction.atomic
def attach(row: VouchedRow, scan: Scan, *, by: User) -> None:
    """Put the paper of a row beside it; one that was there before stays named in the trail by its hash."""
    row = again(row)
    before = row.document_sha256
    if before == scan.sha256:
        return
    row.document.save(scan.name, ContentFile(scan.content), save=False)
    row.document_sha256 = scan.sha256
    row.save(update_fields=["document", "document_sha256"])
    record(f"{row._meta.model_name}.document_added", row, by=by, document_sha256=[before, scan.sha256])


@transaction.atomic
def correct_row(row: VouchedRow, reason: str, *, by: User, **values: Any) -> bool:
    """Correct what was mistyped; old and new values and the reason stay in the trail. Returns whether it changed.

    What was confirmed or verified goes back to *diajukan*, since nobody vouched for the new values. What the buyer
    disputes goes back with the reason as its answer, corrected or not. What staff have verified only they may open
    again (PermissionDenied).
    """
    row, reason = again(row), reason.strip()
    if row.status == Status.VERIFIED and not by.may(Permission.DELIVERY_VERIFY):
        raise PermissionDenied
    if unknown := set(values) - set(CORRECTABLE[type(row)]):
        raise TypeError(f"not correctable: {', '.join(sorted(unknown))}")
    differences = changes({name: getattr(row, name) for name in values}, values)
    is_disputed = row.status == Status.DISPUTED
    if not differences and not is_disputed:
        return False
    if not reason:
        raise ValidationError({"reason": _("Isi alasan perubahannya.")})
    if row.status != Status.SUBMITTED:
        row.move_to(Status.SUBMITTED, by=by, reason=reason, **UNVOUCHED)
    if is_disputed:
        answer_dispute(row, reason, by=by)
    if not differences:
        return True
    for name, value in values.items():
        setattr(row, name, value)
    refuse_impossible(row)
    row.save(update_fields=list(values))
    record(f"{row._meta.model_name}.corrected", row, by=by, changes=differences, reason=reason)
    return True


def answer_dispute(row: VouchedRow, answer: str, *, by: User) -> None:
    """Settle what the buyer says of a row with the words of who answered, and ask the buyer again."""
    RowDispute.objects.about(row).unsettled().update(settled_at=timezone.now(), settled_by=by, outcome=answer)
    with for_others():
        title = _("Jawaban atas selisih %(row)s menunggu konfirmasi Anda") % {"row": said(row).name}
    people = order_of(row).buyer.contacts.active().accounts()
    tell(
        people, f"{row._meta.model_name}.answered", title, body=answer, path=order_of(row).get_absolute_url()
    )


def again(row: VouchedRow) -> Any:
    """Return the row read again under a lock."""
    rows = type(row)._base_manager.select_for_update(of=("self",))
    path = PATHS[type(row)]
    joins = ("buyer", "enterprise")
    return rows.select_related(
        *(f"{path}{name}" for name in joins), "confirmed_by", "confirmed_link__contact"
    ).get(pk=row.pk)


def refuse_impossible(row: VouchedRow) -> None:
    """Refuse corrected values that entering would have refused, beside their field."""
    errors: dict[str, str] = {}
    today = timezone.localdate()
    name = ITS_DAY[type(row)]
    day = getattr(row, name)
    if day is None or day > today:
        errors[name] = _("Tanggal ini tidak boleh setelah hari ini.")
    if isinstance(row, Payment):
        others = row.invoice.payments.exclude(pk=row.pk).aggregate(total=Sum("amount"))["total"] or 0
        if row.amount <= 0 or row.amount + others > row.invoice.amount:
            errors["amount"] = _("Pembayaran harus lebih dari nol dan tidak melebihi sisa tagihan.")
        elif row.paid_on < row.invoice.issued_on:
            errors["paid_on"] = _("Tanggal bayar mendahului tanggal faktur.")
    else:
        errors |= refuse_taken_number(row)
    if isinstance(row, Invoice):
        paid = row.payments.aggregate(total=Sum("amount"))["total"] or 0
        if row.amount <= 0 or row.amount < paid:
            errors["amount"] = _(
                "Nilai faktur harus lebih dari nol dan tidak kurang dari yang sudah dibayar."
            )
        if row.due_on and row.due_on < row.issued_on:
            errors["due_on"] = _("Jatuh tempo tidak boleh mendahului tanggal faktur.")
    if errors:
        raise ValidationError(errors)


def refuse_taken_number(row: PurchaseOrder | Invoice) -> dict[str, str]:
    beside = {"order": row.order} if isinstance(row, Invoice) else {"buyer": row.buyer}
    if not row.number or type(row)._base_manager.filter(number=row.number, **beside).exclude(pk=row.pk):
        return {"number": _("Nomor ini kosong atau sudah dipakai.")}
    return {}

"""Writes to deliveries: entered by the IKM, confirmed by the buyer, verified by staff."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.formats import date_medium, number
from closedloop.core.languages import for_others
from closedloop.core.photos import CleanPhoto
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError
from partnerships.actions.confirmers import Confirmer, confirmation, hands_on, refuse_outsiders
from partnerships.models import Delivery, OrderLine

Status = Delivery.Status


@transaction.atomic
def enter_delivery(
    line: OrderLine,
    *,
    note_number: str,
    delivered_on: date,
    quantity: int,
    by: User,
    photo: CleanPhoto | None = None,
    id=None,
) -> Delivery:
    """Record one delivery note for one part and tell the buyer's contacts.

    More than was ordered is allowed (see `over_delivery`). A note number used before on this part, a day to
    come or before the order, a quantity of zero: ValidationError. An `id` makes a second press of a form fail.
    """
    note_number = " ".join(note_number.split())
    # two phones with the same note wait for each other here, and the second one gets the message
    line = OrderLine.objects.select_for_update(of=("self",)).select_related("order__buyer").get(pk=line.pk)
    refuse_bad_delivery(line, note_number, delivered_on, quantity)
    delivery = Delivery(
        line=line,
        note_number=note_number,
        delivered_on=delivered_on,
        quantity=quantity,
        entered_by=by,
        **({"id": id} if id else {}),
    )
    delivery.full_clean(validate_unique=False, validate_constraints=False)
    if photo:
        delivery.photo.save(photo.name, ContentFile(photo.content), save=False)
        delivery.photo_sha256 = photo.sha256
    delivery.save(force_insert=True)
    record("delivery.entered", delivery, by=by, quantity=quantity, delivered_on=delivered_on)
    with for_others():
        title = _("Surat jalan %(note)s menunggu konfirmasi Anda") % {"note": note_number}
        body = f"{line.order.enterprise}, {line.part_name}, {number(quantity)} {line.unit}"
    tell(contacts_of(delivery), "delivery.entered", title, body=body, path=delivery.get_absolute_url())
    return delivery


def refuse_bad_delivery(
    line: OrderLine, note_number: str, delivered_on: date, quantity: int, *, beside: Delivery | None = None
) -> None:
    """Refuse what no note may say, beside its field; `beside` is the note itself where one is corrected."""
    errors = {}
    others = line.deliveries.exclude(pk=beside.pk) if beside else line.deliveries
    if not note_number:
        errors["note_number"] = _("Isi nomor surat jalan.")
    elif earlier := others.filter(note_number__iexact=note_number).first():
        errors["note_number"] = _("Surat jalan %(note)s sudah dicatat untuk part ini, %(day)s.") % {
            "note": note_number,
            "day": date_medium(earlier.delivered_on),
        }
    if delivered_on > timezone.localdate():
        errors["delivered_on"] = _("Tanggal kirim tidak boleh setelah hari ini.")
    elif delivered_on < line.order.ordered_on:
        errors["delivered_on"] = _("Tanggal kirim mendahului tanggal PO, %(day)s.") % {
            "day": date_medium(line.order.ordered_on)
        }
    if quantity <= 0:
        errors["quantity"] = _("Jumlah yang dikirim harus lebih dari nol.")
    if errors:
        raise ValidationError(errors)


def over_delivery(line: OrderLine) -> int:
    """Return by how many pieces the delivery notes of a part exceed its order; 0 when they do not."""
    delivered = sum(line.deliveries.values_list("quantity", flat=True))
    return max(delivered - line.quantity, 0)


@transaction.atomic
def confirm_delivery(
    delivery: Delivery, *, received_on: date, accepted: int, rejected: int, by: Confirmer
) -> None:
    """Confirm what arrived: good and rejected pieces, which must make the whole of the note.

    Only a contact of that buyer, by account or by link, and never who entered it (PermissionDenied). Another
    total is a dispute and is refused here. What is confirmed already stays as it is; the message says by whom.
    """
    delivery = locked(delivery)
    refuse_outsiders(delivery.line.order.buyer, delivery.entered_by_id, by)
    refuse_second_confirmation(delivery)
    refuse_bad_count(delivery, received_on, accepted, rejected)
    delivery.move_to(Status.CONFIRMED, by=by, **confirmation(received_on, accepted, rejected, by))
    with for_others():
        title = _("%(buyer)s mengonfirmasi surat jalan %(note)s") % {
            "buyer": delivery.line.order.buyer,
            "note": delivery.note_number,
        }
        body = _("%(accepted)s diterima baik, %(rejected)s ditolak") % {
            "accepted": number(accepted),
            "rejected": number(rejected),
        }
    tell(
        delivery.line.order.enterprise.people.active().accounts(),
        "delivery.confirmed",
        title,
        body=body,
        path=delivery.get_absolute_url(),
        by_mail=False,
    )


@transaction.atomic
def confirm_many(deliveries: Iterable[Delivery], *, by: User) -> int:
    """Confirm clean deliveries as received whole on the day of the note; returns how many.

    What somebody confirmed or disputed meanwhile is passed over: it is not clean any more.
    """
    confirmed = 0
    for delivery in sorted(deliveries, key=lambda one: one.pk):
        fresh = locked(delivery)
        if fresh.status != Status.SUBMITTED:
            continue
        confirm_delivery(fresh, received_on=fresh.delivered_on, accepted=fresh.quantity, rejected=0, by=by)
        confirmed += 1
    return confirmed


@transaction.atomic
def verify_delivery(delivery: Delivery, *, by: User) -> None:
    """Seal a confirmed delivery after its papers were checked; by none of those who had a hand in it."""
    delivery = locked(delivery)
    if by.pk in hands_on(delivery):
        raise ValidationError(_("Verifikasi dilakukan orang lain, bukan yang mencatat atau mengonfirmasi."))
    delivery.move_to(Status.VERIFIED, by=by, verified_by=by, verified_at=timezone.now())


# --- What the acts share ------------------------------------------------------------------------------
def locked(delivery: Delivery) -> Delivery:
    """Return the delivery read again under a lock, with its order."""
    return Delivery.objects.select_for_update(of=("self",)).with_people().get(pk=delivery.pk)


def refuse_second_confirmation(delivery: Delivery) -> None:
    """Refuse, in words that name who was first, whatever was answered already."""
    if delivery.status == Status.DISPUTED:
        raise TransitionError(
            _("Surat jalan %(note)s sudah dilaporkan selisih. Tidak ada yang berubah.")
            % {"note": delivery.note_number}
        )
    if delivery.is_confirmed:
        raise TransitionError(
            _("Surat jalan %(note)s sudah dikonfirmasi oleh %(name)s. Tidak ada yang berubah.")
            % {"note": delivery.note_number, "name": delivery.confirmer}
        )


def refuse_bad_day(delivery: Delivery, received_on: date) -> None:
    if received_on < delivery.delivered_on:
        raise ValidationError(
            {
                "received_on": _("Tanggal terima mendahului tanggal kirim, %(day)s.")
                % {"day": date_medium(delivery.delivered_on)}
            }
        )
    if received_on > timezone.localdate():
        raise ValidationError({"received_on": _("Tanggal terima tidak boleh setelah hari ini.")})


def refuse_bad_count(delivery: Delivery, received_on: date, accepted: int, rejected: int) -> None:
    refuse_bad_day(delivery, received_on)
    if accepted < 0 or rejected < 0 or accepted + rejected != delivery.quantity:
        raise ValidationError(
            {
                "accepted": _(
                    "Diterima baik dan ditolak harus berjumlah %(total)s, sesuai surat jalan. "
                    "Bila yang datang berbeda, laporkan selisih."
                )
                % {"total": number(delivery.quantity)}
            },
        )


def contacts_of(delivery: Delivery) -> Iterable[User]:
    """The accounts of the buyer's active contacts."""
    return delivery.line.order.buyer.contacts.active().accounts()

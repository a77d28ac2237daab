"""The ledger vouched for: links without an account, orders and invoices with their papers, credit, buyers' sheets."""

from datetime import timedelta
from decimal import Decimal

from closedloop.demonstration import pictures
from closedloop.demonstration.contracts import ARUNIKA, SADEWA, WIRAPRES
from closedloop.demonstration.enterprises import OWNER_LOGIN
from closedloop.demonstration.show import Show, Story
from closedloop.demonstration.supply import contact
from partnerships import ledger, realisation
from partnerships.actions import (
    Count,
    ScorecardDraft,
    attach,
    confirm_delivery,
    confirm_row,
    correct_row,
    dispute,
    dispute_row,
    enter_financing,
    import_scorecards,
    issue_link,
    note_order,
    verify_row,
)
from partnerships.actions.buyer_scorecards import suppliers_of
from partnerships.buyer_queue import rows_of, said
from partnerships.models import (
    Delivery,
    Dispute,
    Financing,
    Invoice,
    Payment,
    PurchaseOrder,
    RowDispute,
)
from partnerships.scans import Scan

WAITING = 4  # of each kind, for which a buyer has not found the time yet
VOUCHED = 3  # orders, invoices and payments that the buyer confirmed; staff verified every second


def begin(show: Show) -> None:
    """Tell all of it."""
    for story in (answered_by_link, vouched_for, objected_to, noted_by_the_ikm, financed, own_sheets):
        show.tell(story(show))


def answered_by_link(show: Show) -> Story:
    """A contact without an account answers some notes behind the link; the one before it was revoked."""
    yield show.at(38, "09.10")
    buyer, by = show.cast.buyers[SADEWA], show.cast.users["petugas2"]
    contact_without_account = buyer.contacts.get()
    issue_link(contact_without_account, by=by, today=show.day(38))
    yield show.at(12, "08.50")
    link = issue_link(contact_without_account, by=by, today=show.day(12))
    yield show.at(2, "14.10")
    waiting = Delivery.objects.of_buyer(buyer).unconfirmed().order_by("delivered_on", "created_at")
    for number, note in enumerate(list(waiting[:2])):
        if number == 0:
            confirm_delivery(note, received_on=note.delivered_on, accepted=note.quantity, rejected=0, by=link)
        else:
            count = Count(note.delivered_on, note.quantity - 12, 12)
            text = "Dua belas buah retak pada lubang baut."
            dispute(note, text, reason=Dispute.Reason.QUALITY, count=count, by=link)
    answer_older(buyer, link)


def vouched_for(show: Show) -> Story:
    """Papers come in, buyers confirm, staff verify; one slip is corrected with its reason."""
    yield show.at(1, "10.40")
    photo = pictures.picture("note", 3)
    paper = Scan(photo.content, photo.sha256, "jpg")
    for name in (ARUNIKA, WIRAPRES):
        by, buyer = contact(show, name), show.cast.buyers[name]
        if by is None:
            continue
        rows = [
            *PurchaseOrder.objects.filter(buyer=buyer)[:VOUCHED],
            *Invoice.objects.filter(order__buyer=buyer).select_related("order")[:VOUCHED],
            *Payment.objects.filter(invoice__order__buyer=buyer).select_related("invoice__order")[:VOUCHED],
        ]
        for number, row in enumerate(rows):
            attach(row, paper, by=show.cast.staff)
            confirm_row(row, by=by)
            if number % 2:
                verify_row(row, by=show.cast.users["petugas2"])
        answer_older(buyer, by)
    slip = Invoice.objects.filter(order__buyer=show.cast.buyers[WIRAPRES]).order_by("issued_on").first()
    if slip and slip.due_on:
        correct_row(
            slip,
            "Jatuh tempo salah ketik; disesuaikan dengan faktur.",
            by=show.cast.staff,
            due_on=slip.due_on + timedelta(days=1),
        )


def answer_older(buyer, by) -> None:
    """Say of all but the newest orders, invoices and payments that they are so."""
    for kind in (PurchaseOrder, Invoice, Payment):
        waiting = rows_of(kind, [buyer]).filter(status="submitted").order_by("-created_at")
        for row in waiting[WAITING:]:
            confirm_row(row, by=by)


def objected_to(show: Show) -> Story:
    """A buyer has other figures for an order, an invoice and a payment; one answer came, and waits for the buyer."""
    yield show.at(1, "11.30")
    by, buyer = contact(show, ARUNIKA), show.cast.buyers[ARUNIKA]
    for kind in (PurchaseOrder, Invoice, Payment):
        rows = rows_of(kind, [buyer]).filter(status="submitted").order_by("-created_at")
        for number, row in enumerate(rows[: 2 if kind is Invoice else 1]):
            amount = said(row).amount - 250_000
            dispute_row(
                row, RowDispute.Reason.FIGURE, text="Nilai pada catatan kami lain.", amount=amount, by=by
            )
            if number:
                correct_row(row, "Sudah sesuai faktur asli, termasuk ongkos kirim.", by=show.cast.staff)


def noted_by_the_ikm(show: Show) -> Story:
    """An owner writes down the order that a buyer sent this morning; its buyer has not looked yet."""
    yield show.at(1, "16.20")
    maker = show.cast.enterprises[OWNER_LOGIN]
    owner = maker.people.active().accounts().first()
    lines = maker.scope_lines.filter(agreement__status="active")
    if line := lines.select_related("agreement", "buyer", "enterprise").order_by("part_name").first():
        note_order(
            line,
            number=f"PO/{show.today:%y%m}/118",
            ordered_on=show.day(2),
            quantity=1_200,
            due_on=show.today + timedelta(days=21),
            by=owner,
        )


def financed(show: Show) -> Story:
    """Two orders are paid for by credit until their buyer pays."""
    yield show.at(1, "13.20")
    orders = PurchaseOrder.objects.filter(buyer=show.cast.buyers[ARUNIKA]).order_by("-ordered_on")
    plans = (
        (Financing.Kind.WORKING, "Bank Bina Usaha Contoh"),
        (Financing.Kind.INVOICE, "Koperasi Maju Contoh"),
    )
    for order, (kind, lender) in zip(orders, plans, strict=False):
        enter_financing(
            order,
            by=show.cast.staff,
            lender=lender,
            kind=kind,
            amount=60_000_000,
            signed_on=order.ordered_on,
            ends_on=order.ordered_on + timedelta(days=120),
        )


def own_sheets(show: Show) -> Story:
    """Two buyers keep scorecards of their own, which differ a little from ours."""
    yield show.at(6, "16.10")
    last = (show.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    for name in (ARUNIKA, WIRAPRES):
        by, buyer = contact(show, name), show.cast.buyers[name]
        dice = show.random("own sheet", name)
        scope = ledger.Scope.everything().of(buyers=[buyer])
        until = realisation.next_month(last) - timedelta(days=1)
        ours = ledger.supply_by(scope, ledger.Key.ENTERPRISE, since=last, until=until)
        drafts = []
        for enterprise in suppliers_of(buyer):
            supply = ours[enterprise.pk]
            on_time = supply.on_time
            share = None if on_time is None else min(max(on_time - Decimal(dice.randrange(0, 6)) / 100, 0), 1)
            drafts.append(
                ScorecardDraft(
                    enterprise,
                    last,
                    on_time=None if share is None else Decimal(share).quantize(Decimal("0.0001")),
                    ppm=None if supply.ppm is None else int(supply.ppm) + dice.randrange(0, 120),
                    score=Decimal(dice.randrange(70, 98)),
                )
            )
        if by:
            import_scorecards(buyer, drafts, by=by)

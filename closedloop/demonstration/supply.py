"""Orders, deliveries, invoices and payments: in time, early, late, split, partly rejected, disputed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from closedloop.accounts.models import User
from closedloop.demonstration import pictures
from closedloop.demonstration.contracts import Contract, Part
from closedloop.demonstration.show import WIB, Show, Story
from closedloop.demonstration.tables import buyers, enterprises
from partnerships.actions import (
    OrderLineDraft,
    agree_reschedule,
    compute_clearance,
    confirm_delivery,
    dispute,
    enter_delivery,
    enter_invoice,
    enter_order,
    enter_payment,
    settle,
    verify_delivery,
)
from partnerships.actions.samples import decide_sample, submit_sample
from partnerships.models import Delivery, OrderLine, PurchaseOrder, ScheduleLine, SupplyClearance

Kind = PurchaseOrder.Kind
BETWEEN = 30  # days between two due days
PER_ORDER = 3
LEAD = 20  # days from the order to its first due day


@dataclass(frozen=True)
class Manner:
    """How an IKM delivers: shares of 0 to 1, except `ppm`."""

    late: float = 0.05
    early: float = 0.02
    split: float = 0.12
    ppm: int = 250
    volume: float = 1.0
    quiet: float = 0.0  # due days for which nothing was ordered
    splits_in_time: bool = True  # the first note a day before, the rest on the day
    gets_worse: int | None = None  # days ago from which on most of it comes late


MANNERS = {
    "exemplary": Manner(late=0, early=0, split=0, ppm=60),
    "good": Manner(late=0.04),
    "steady": Manner(late=0, early=0, split=0, ppm=320, volume=0.9),
    "fair": Manner(late=0.15, ppm=900, volume=0.85),
    "late": Manner(late=0.55, split=0.3, splits_in_time=False, ppm=700, volume=0.8),
    "weak": Manner(late=0.4, split=0.2, splits_in_time=False, ppm=2600, volume=0.45),
    "rejects": Manner(late=0.06, ppm=1900),
    "slipping": Manner(gets_worse=130, volume=0.95),
    "lumpy": Manner(late=0.2, ppm=0, quiet=0.25),
    "overdue": Manner(late=0, early=0, split=0),
}


def supply(show: Show, part: Part, plan: Contract | None) -> Story:
    """Orders of one part, one after the other, each for three due days."""
    if part.manner == "never":
        return
    begin = plan.starts - LEAD if plan else part.since
    to_come = range(part.due - BETWEEN, -BETWEEN * PER_ORDER, -BETWEEN)
    dues = [day for day in (*range(part.due, begin, BETWEEN), *to_come) if day > part.until]
    dues.sort(reverse=True)
    if part.sample is not None:
        show.tell(sample(show, part))
    for index in range(0, len(dues), PER_ORDER):
        yield show.at(dues[index] + LEAD, "10.40")
        order(show, part, plan, dues[index : index + PER_ORDER], index // PER_ORDER + 1)


def sample(show: Show, part: Part) -> Story:
    """The IKM hands over a sample, and the buyer approves it."""
    day, cast = part.sample or 0, show.cast
    yield show.at(day + 9, "10.10")
    handed = submit_sample(
        cast.enterprises[part.enterprise],
        cast.buyers[part.buyer],
        part_name=part.name,
        quantity=5,
        submitted_on=show.day(day + 9),
        by=cast.users.get(part.enterprise) or cast.staff,
    )
    yield show.at(day, "11.20")
    by = contact(show, part.buyer) or cast.staff
    decide_sample(handed, approve=True, decided_on=show.day(day), by=by)


def contact(show: Show, buyer: str) -> User | None:
    """Return the account of the company's contact."""
    account = next(row.account for row in buyers() if row.name == buyer)
    return show.cast.users[account] if account else None


def order(show: Show, part: Part, plan: Contract | None, dues: list[int], number: int) -> None:
    """Enter one order and let its deliveries come."""
    cast, manner = show.cast, MANNERS[part.manner]
    dice = show.random("order", part.enterprise, part.buyer, part.name, number)
    enterprise = cast.enterprises[part.enterprise]
    enterprise.refresh_from_db()
    buyer = cast.buyers[part.buyer]
    wanted = [(day, amount(part, manner, dice)) for day in dues if dice.random() >= manner.quiet]
    if not wanted:
        return
    is_ready = compute_clearance(enterprise, buyer).status == SupplyClearance.Status.READY
    entered = enter_order(
        by=cast.staff,
        buyer=buyer,
        enterprise=enterprise,
        agreement=cast.agreements[plan.key] if plan else None,
        number=f"PO-{part.buyer.split()[1][:3].upper()}-{show.day(dues[0] + LEAD):%y%m}-{dice.randrange(100, 999)}",
        ordered_on=show.day(dues[0] + LEAD),
        kind=Kind.REGULAR if is_ready or part.override else Kind.TRIAL,
        override_reason=part.override,
        lines=[
            OrderLineDraft(
                part_name=part.name,
                part_number=part.number,
                quantity=sum(quantity for _day, quantity in wanted),
                unit_price=part.price,
                unit="set" if part.price > 1_000_000 else "pcs",
                schedule=[(show.day(day), quantity) for day, quantity in wanted],
            )
        ],
    )
    line = entered.lines.get()
    for count, (day, quantity) in enumerate(wanted):
        if part.manner == "overdue" and 0 < day < 8:
            continue  # was due the other day, and nothing has come
        if plan and plan.fate == "suspended" and day < plan.fate_day:
            continue
        show.tell(delivery(show, part, plan, line, day, quantity, f"{number}{chr(65 + count)}"))


def amount(part: Part, manner: Manner, dice: Random) -> int:
    """Return the quantity of one due day."""
    if part.volume < 50:
        return dice.randrange(1, part.volume + 1)
    step = 50 if part.volume > 1000 else 10
    return max(round(part.volume * manner.volume * dice.uniform(0.92, 1.08) / step) * step, step)


def delivery(
    show: Show, part: Part, plan: Contract | None, line: OrderLine, day: int, quantity: int, suffix: str
) -> Story:
    """What comes for one due day: one or two notes, each followed by its own story."""
    manner = MANNERS[part.manner]
    dice = show.random("delivery", part.enterprise, part.buyer, part.name, day)
    share_late = 0.75 if manner.gets_worse and day < manner.gets_worse else manner.late
    roll = dice.random()
    shift = (
        dice.randrange(2, 12)
        if roll < share_late
        else -dice.randrange(4, 7)
        if roll > 1 - manner.early
        else 0
    )
    if part.manner == "slipping" and shift > 0:
        shift += 3
    due_on = show.day(day)
    careful = shows_off(show, part, due_on)
    if careful:
        shift = 0
    parts = [quantity]
    if dice.random() < manner.split and quantity >= 50 and not careful:
        first = round(quantity * dice.uniform(0.4, 0.7) / 10) * 10
        parts = [first, quantity - first]
    if (part.name, day) in RESCHEDULED:
        yield at(due_on - timedelta(days=6), 10)
        schedule = ScheduleLine.objects.get(line=line, due_on=due_on)
        agree_reschedule(
            schedule,
            agreed_due_on=due_on + timedelta(days=7),
            reason="Pembeli mengubah jadwal lini perakitan.",
            by=show.cast.staff,
        )
        shift = 7
    for index, pieces in enumerate(parts):
        gap = index - len(parts) + 1 if manner.splits_in_time else index * dice.randrange(3, 8)
        day_sent = show.working(due_on + timedelta(days=shift + gap))
        day_sent = max(day_sent, line.order.ordered_on + timedelta(days=1))
        yield at(day_sent, 9 + index)
        sent = enter_delivery(
            line,
            note_number=f"SJ-{part.enterprise.split()[0][:3].upper()}-{day_sent:%y%m%d}-{suffix}{index + 1}",
            delivered_on=day_sent,
            quantity=pieces,
            by=show.cast.users.get(part.enterprise) or show.cast.staff,
            photo=pictures.picture("note", dice.randrange(10)) if dice.random() < 0.3 else None,
        )
        show.tell(received(show, part, plan, sent))


BOARD = 340  # days ago: the first round's board had met by then


CAREFUL_PPM = 150


def shows_off(show: Show, part: Part, day: date) -> bool:
    """Whether these are the first trial pieces of an IKM that takes care: they all come whole and in time."""
    row = next(row for row in enterprises() if row.name == part.enterprise)
    return row.is_exemplary and (show.today - day).days > BOARD


# deliveries with a story of their own: (part, age of the due day)
RESCHEDULED = {("Poros roda depan", 69), ("Baut L M6", 45)}
DISPUTED = {("Jig las rangka", 18), ("Kaca spion", 13)}
SETTLED = {("Plat penahan panas", 94), ("Pegas standar samping", 156)}
# companies that have not confirmed lately: for how many days
SLEEPY = {"PT Arunika Otoparts Nusa": 17, "PT Kalingga Rangka Industri": 15}


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 25), WIB)


def received(show: Show, part: Part, plan: Contract | None, sent: Delivery) -> Story:
    """What the buyer says of one note, then the office, then the money."""
    dice = show.random("received", sent.note_number)
    wait = dice.choice((0, 0, 1, 1, 2, 4))
    special = sorted(DISPUTED | SETTLED)
    key = next(((name, day) for name, day in special if name == part.name and near(show, sent, day)), None)
    if not key and sent.delivered_on > show.today - timedelta(days=SLEEPY.get(part.buyer, 0)):
        return
    by = contact(show, part.buyer)
    if by is None:  # only a contact may confirm, and this company has no account
        return
    yield at(show.working(sent.delivered_on + timedelta(days=wait)), 15)
    if key:
        dispute(sent, "Jumlah di surat jalan tidak sama dengan hitungan gudang penerima.", by=by)
        if key in DISPUTED:
            return
        yield at(show.working(sent.delivered_on + timedelta(days=wait + 4)), 11)
        settle(
            sent,
            received_on=sent.delivered_on,
            accepted=sent.quantity - max(sent.quantity // 60, 1),
            rejected=0,
            reason="Dihitung ulang bersama; kekurangan dikirim bersama surat jalan berikutnya.",
            by=by,
        )
    else:
        ppm = CAREFUL_PPM if shows_off(show, part, sent.delivered_on) else MANNERS[part.manner].ppm
        rejected = rejects(sent.quantity, ppm, dice)
        confirm_delivery(
            sent, received_on=sent.delivered_on, accepted=sent.quantity - rejected, rejected=rejected, by=by
        )
    yield at(show.working(sent.delivered_on + timedelta(days=wait + dice.randrange(5, 12))), 10)
    verifiers = [show.cast.users[key] for key in ("petugas", "petugas2")]
    if dice.random() < 0.4 or sent.entered_by_id == verifiers[0].pk:  # nobody verifies what they entered
        verifiers.reverse()
    verify_delivery(sent, by=verifiers[0])
    yield from money(show, plan, sent, dice)


def near(show: Show, sent: Delivery, day: int) -> bool:
    """Whether the note belongs to the due day of that age."""
    return abs((sent.delivered_on - show.day(day)).days) <= 14


def rejects(quantity: int, ppm: int, dice: Random) -> int:
    """Return how many pieces were refused, about as many as the rate says."""
    expected = quantity * ppm / 1_000_000 * dice.uniform(0.3, 1.7)
    return min(int(expected) + (dice.random() < expected % 1), quantity)


def money(show: Show, plan: Contract | None, sent: Delivery, dice: Random) -> Story:
    """The IKM bills what was accepted; most buyers pay about in time."""
    sent.refresh_from_db()
    days = plan.payment_days if plan and plan.payment_days else 30
    issued_on = show.working(sent.delivered_on + timedelta(days=14))
    yield at(issued_on, 16)
    staff, amount_due = show.cast.staff, sent.accepted_value
    if not amount_due or dice.random() < 0.05:
        return
    invoice = enter_invoice(
        sent.line.order,
        by=staff,
        number=f"INV-{sent.note_number[3:]}",
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=days),
        amount=amount_due,
    )
    paid_on = show.working(issued_on + timedelta(days=days + dice.choice((-3, 0, 0, 2, 9, 25))))
    if dice.random() < 0.12:  # in two parts
        yield at(paid_on - timedelta(days=2), 14)
        half = amount_due // 2
        enter_payment(invoice, by=staff, paid_on=paid_on - timedelta(days=2), amount=half)
        amount_due -= half
    yield at(paid_on, 14)
    enter_payment(invoice, by=staff, paid_on=paid_on, amount=amount_due)

"""Agreements: drafted, reviewed, signed, run, and whatever became of them; and their quarterly reviews."""

from datetime import date
from decimal import Decimal

from closedloop.demonstration import partnering, pictures
from closedloop.demonstration.contracts import CONTRACTS, LOOSE, Contract, Status
from closedloop.demonstration.requirements import current
from closedloop.demonstration.show import Show, Story
from closedloop.demonstration.supply import supply
from closedloop.demonstration.tables import enterprises
from partnerships.actions import (
    DecisionDraft,
    activate,
    complete,
    draft_agreement,
    draft_line,
    record_review,
    return_to_draft,
    sign,
    submit_for_review,
    suspend,
    terminate,
)
from partnerships.models import Agreement, ReviewDecision
from partnerships.scans import Scan

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
EAST = {"35", "81", "73"}


def contracts(show: Show) -> None:
    """Tell every agreement with its reviews, and the trial orders that need none."""
    for index, plan in enumerate(CONTRACTS, start=1):
        show.tell(contract(show, plan, index))
        for number, day in enumerate(plan.reviews):
            show.tell(review(show, plan, day, number))
    for part in LOOSE:
        show.tell(supply(show, part, None))


def number_of(index: int, day: date) -> str:
    return f"{index:03d}/NK-IKM/{ROMAN[day.month - 1]}/{day.year}"


def contract(show: Show, plan: Contract, index: int) -> Story:
    """One agreement from its draft to the state it is in today."""
    yield show.at(plan.drafted, "10.00")
    agreement = drafted(show, plan, index)
    if plan.fate == Status.DRAFT:
        return
    if plan.signed is None or index % 2 or plan.key == "nira":
        yield show.at(plan.fate_day if plan.signed is None else plan.drafted - 2, "15.00")
        submit_for_review(agreement, by=show.cast.staff)
    if plan.signed is None:
        return
    if plan.key == "nira":  # the lawyers wanted another word
        yield show.at(plan.drafted - 4, "16.00")
        return_to_draft(
            agreement, "Pasal syarat bayar diperjelas menjadi 30 hari kalender.", by=show.cast.staff
        )
    yield show.at(plan.signed, "14.00")
    paper = pictures.picture("note", index)
    scan = Scan(paper.content, paper.sha256, "jpg") if index % 5 else None
    sign(agreement, signed_on=show.day(plan.signed), place=plan.place, by=show.cast.staff, scan=scan)
    show.tell(partnering.steps(show, plan, agreement))
    for part in plan.parts:
        show.tell(supply(show, part, plan))
    if plan.fate == Status.SIGNED:
        return
    yield show.at(plan.starts, "08.00")
    activate(agreement, by=show.cast.staff)
    yield show.at(plan.fate_day, "15.30")
    ended(show, plan, agreement)


def drafted(show: Show, plan: Contract, index: int) -> Agreement:
    cast = show.cast
    starts_on, ends_on = show.day(plan.starts), show.day(plan.ends)
    lines = [
        draft_line(
            cast.enterprises[part.enterprise],
            cast.buyers[part.buyer],
            part.name,
            part.price,
            monthly_volume=part.volume,
            starts_on=starts_on,
            ends_on=ends_on,
            part_number=part.number,
            unit="set" if part.price > 1_000_000 else "pcs",
        )
        for part in plan.parts
    ]
    regencies = {row.name: row.regency for row in enterprises()}
    is_central = regencies[plan.parts[0].enterprise][:2] not in {"32", "36"}
    agreement = draft_agreement(
        by=cast.staff,
        number=number_of(index, show.day(plan.drafted)),
        title=plan.title,
        kind=plan.kind,
        starts_on=starts_on,
        ends_on=ends_on,
        enterprises=[cast.enterprises[part.enterprise] for part in plan.parts],
        buyers=[cast.buyers[part.buyer] for part in plan.parts],
        facilitator=cast.organisations["lpb-central" if is_central else "lpb-west"],
        witnesses=[cast.organisations[key] for key in plan.witnesses],
        lines=lines,
        max_ppm=plan.max_ppm,
        min_on_time=plan.min_on_time and Decimal(plan.min_on_time),
        payment_days=plan.payment_days,
    )
    cast.agreements[plan.key] = agreement
    return agreement


def ended(show: Show, plan: Contract, agreement: Agreement) -> None:
    """Bring the agreement to its end, if it has one."""
    by = show.cast.staff
    match plan.fate:
        case Status.SUSPENDED:
            suspend(agreement, plan.reason, by=by)
        case Status.TERMINATED:
            terminate(agreement, plan.reason, by=by)
        case Status.EXTENDED:
            agreement.move_to(Status.EXTENDED, by=by, reason="Dilanjutkan dengan perjanjian baru.")
        case Status.COMPLETED | Status.EXPIRED:
            complete(agreement, by=by)


MINUTES = (
    "Nilai diterima baik triwulan ini dibahas bersama. Kapasitas cukup; jadwal kirim disepakati per minggu.",
    "Dua pengiriman terlambat karena bahan datang terlambat. IKM menambah stok bahan dua minggu.",
    "Cacat goresan berulang pada kemasan. Sekat kemasan diganti dan diperiksa sebelum kirim.",
    "Pembeli menyampaikan rencana kenaikan volume. Disepakati uji kapasitas bulan depan.",
)


# what a review wrote: the check item that an action lifts, the requirement whose next version it began
LIFTED = {"bayu": "T18", "wadas": "T18"}
GROWS = {"nira": "Bos roda belakang"}


def review(show: Show, plan: Contract, day: int, number: int) -> Story:
    """One quarterly review with what was decided."""
    yield show.at(day, "13.30")
    agreement = show.cast.agreements[plan.key]
    enterprise = show.cast.enterprises[plan.parts[0].enterprise]
    kind = ReviewDecision.Kind
    decisions = [
        DecisionDraft(
            kind.ACTION,
            "Kirim laporan stok bahan tiap Senin.",
            enterprise,
            due_on=show.day(day - 30),
            responsible="Bagian gudang",
            criterion_code=LIFTED.get(plan.key, ""),
        )
    ]
    if number % 2 or plan.key in ("bayu", "wadas", "padma", "galuh"):
        module = "5R" if plan.key in ("nira", "padma") else "TEK"
        decisions.append(
            DecisionDraft(
                kind.TRAINING,
                "Ulang materi tata letak gudang barang jadi."
                if module == "5R"
                else "Pelatihan rencana kendali mutu.",
                enterprise,
                module_code=module,
                due_on=show.day(day - 45),
                responsible="Petugas program",
            )
        )
    if number == 1:
        decisions.append(
            DecisionDraft(
                kind.REQUIREMENT,
                "Volume bulanan naik 10% mulai triwulan depan.",
                due_on=show.day(day - 60),
                responsible="Bagian pembelian",
                requirement=current(GROWS[plan.key]) if plan.key in GROWS else None,
            )
        )
    buyer = plan.parts[0].buyer
    record_review(
        agreement,
        held_on=show.day(day),
        minutes=MINUTES[(number + len(plan.key)) % len(MINUTES)],
        attendees=f"{enterprise}, {buyer}, LPB, Kadin",
        decisions=decisions,
        next_on=show.day(day - 91),
        by=show.cast.staff,
    )

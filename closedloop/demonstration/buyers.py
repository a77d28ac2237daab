"""Companies of large industry: registered, their contacts invited, and what they need made."""

from dataclasses import dataclass
from decimal import Decimal

from closedloop.demonstration.people import open_account
from closedloop.demonstration.requirements import ADDRESSED, lines
from closedloop.demonstration.show import Show, Story
from closedloop.demonstration.tables import BuyerRow, buyers
from closedloop.regions.models import Regency
from partnerships.actions import (
    add_contact,
    add_requirement,
    close_requirement,
    invite_contact,
    publish_requirement,
    register_buyer,
)
from partnerships.models import Requirement

FIRST_DAY = 560


def registered(show: Show, row: BuyerRow) -> Story:
    """One company, and its contact's account where it has one."""
    index = buyers().index(row)
    yield show.at(FIRST_DAY - 3 * index, "13.00")
    staff = show.cast.staff
    buyer = show.cast.buyers[row.name] = register_buyer(
        by=staff,
        name=row.name,
        tier=row.tier,
        regency=Regency.objects.get(code=row.regency),
        address=f"Kawasan Industri Blok {chr(65 + index)}-{index + 4}",
        grace_days=row.grace_days,
        max_early_days=row.max_early_days,
    )
    contact = add_contact(
        buyer,
        by=staff,
        full_name=row.contact,
        title=row.title,
        email=f"{row.account}@contoh.id" if row.account else "",
        phone=f"+62812000{4000 + index:05d}",
    )
    if row.account:
        user, _token = invite_contact(contact, by=staff)
        show.cast.users[row.account] = user
        yield show.at(FIRST_DAY - 3 * index - 2, "08.45")
        open_account(user)
    yield from requirements(show, row, contact)


@dataclass(frozen=True)
class Need:
    """One part a company looks for; volumes are a year's, prices whole Rupiah."""

    buyer: str
    day: int
    part: str
    process: str
    volume: int
    price: int
    ppm: int | None
    on_time: str | None
    needed_in: int
    status: str = Requirement.Status.OPEN


NEEDS = (
    Need("PT Arunika Otoparts Nusa", 200, "Bracket tangki kiri", "stamping", 96_000, 12_800, 500, "0.95", -140, "met"),
    Need("PT Arunika Otoparts Nusa", 61, "Klem kabel rem", "stamping", 240_000, 1_450, 500, "0.95", 45),
    Need("PT Arunika Otoparts Nusa", 40, "Bos roda belakang", "turning", 48_000, 21_500, 300, "0.95", 90),
    Need("PT Wirapres Komponen", 210, "Plat dudukan aki", "stamping", 72_000, 9_000, 800, "0.9", -150, "met"),
    Need("PT Wirapres Komponen", 33, "Dies progresif bracket spion", "dies-and-jigs", 4, 185_000_000, None, None, 75),
    Need("PT Dirgasena Komponen", 88, "Mur kembang M6", "cold-forging", 900_000, 640, 200, "0.95", 30),
    Need("PT Kalingga Rangka Industri", 150, "Rangka bagasi", "welding", 30_000, 68_000, 1000, "0.9", 20, "withdrawn"),
    Need("PT Bentala Motor Nusantara", 72, "Tangkai spion kanan", "plastic-injection", 60_000, 15_900, 500, "0.95", 60),
    Need("PT Tarunika Roda Indonesia", 95, "Hub roda belakang", "casting", 36_000, 54_000, 800, "0.9", 50),
    Need("PT Prabaswara Rem Utama", 58, "Handel rem kiri", "casting", 84_000, 17_200, 500, "0.95", 70),
    Need("PT Mahesa Suspensi Abadi", 180, "Karet peredam", "rubber-moulding", 150_000, 6_400, 400, "0.95", -160, "met"),
    Need("PT Lembayung Plastik Otomotif", 47, "Klip bodi", "plastic-injection", 1_200_000, 380, 1000, "0.9", 40),
    Need("PT Giriwana Mesin Industri", 25, "Tutup blok mesin kecil", "casting", 12_000, 96_000, 1000, "0.9", 120),
    Need("PT Sadewa Filter Teknik", 64, "Filter udara kabin", "assembly", 54_000, 14_300, 1500, "0.9", 35),
)  # fmt: skip


def requirements(show: Show, row: BuyerRow, contact) -> Story:
    """What the company needs, and what became of it."""
    for need in sorted((one for one in NEEDS if one.buyer == row.name), key=lambda one: -one.day):
        yield show.at(need.day, "11.00")
        requirement = add_requirement(
            show.cast.buyers[row.name],
            by=show.cast.staff,
            contact=contact,
            part_name=need.part,
            process=show.cast.processes[need.process],
            volume=need.volume,
            target_price=need.price,
            max_ppm=need.ppm,
            min_on_time=need.on_time and Decimal(need.on_time),
            tolerance="±0,1 mm" if need.process in ("stamping", "turning", "cold-forging") else "",
            lead_time_days=21,
            needed_on=show.day(-need.needed_in),
            is_open=need.part not in ADDRESSED,
        )
        lines(requirement, need.process, by=show.cast.staff)
        publish_requirement(requirement, by=show.cast.staff)
        if need.status != Requirement.Status.OPEN:
            yield show.at(need.day - 30, "15.15")
            reason = "Model ini tidak jadi diproduksi." if need.status == Requirement.Status.WITHDRAWN else ""
            close_requirement(requirement, status=need.status, reason=reason, by=show.cast.staff)

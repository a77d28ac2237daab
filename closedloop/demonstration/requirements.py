"""Requirements of buyers line by line: open to all or addressed to one IKM, changed once, and one still a draft."""

from decimal import Decimal

from closedloop.demonstration.enterprises import OWNER_LOGIN
from closedloop.demonstration.show import Show, Story
from participants.actions import confirm_capability
from participants.models import Enterprise
from partnerships.actions import (
    add_line,
    add_requirement,
    address_requirement,
    change_requirement,
    publish_requirement,
    start_requirement_version,
)
from partnerships.models import Requirement

CHANGED, ADDRESSED = "Klem kabel rem", ("Klem kabel rem", "Bos roda belakang")
CONFIRMED = (OWNER_LOGIN, "Mekar Bubut Presisi", "Wadas Tempa Baja")

COMMON = (
    {"kind": "document", "text": "NIB yang berlaku", "subject": "nib"},
    {"kind": "document", "text": "Persetujuan lingkungan", "subject": "environment"},
    {"kind": "criterion", "text": "Alat ukur terkalibrasi di lini", "subject": "T5", "threshold": Decimal(3)},
    {"kind": "criterion", "text": "Barang NG dipisah dan dicatat", "subject": "T7", "threshold": Decimal(2)},
    {
        "kind": "tool",
        "text": "Jangka sorong 0,02 mm",
        "subject": "jangka sorong",
        "threshold": Decimal("0.02"),
    },
)
OF_PROCESS = {
    "stamping": (
        {"kind": "machine", "text": "Mesin press 80 ton atau lebih", "subject": "press", "threshold": Decimal(80),
         "unit": "ton"},
        {"kind": "material", "text": "Pernah mengerjakan SPCC", "subject": "SPCC"},
    ),
    "turning": (
        {"kind": "machine", "text": "Mesin bubut CNC", "subject": "bubut cnc"},
        {"kind": "tolerance", "text": "Toleransi poros ±0,05 mm", "threshold": Decimal("0.05")},
    ),
    "casting": ({"kind": "certificate", "text": "Sertifikat IATF 16949", "subject": "IATF 16949"},),
}  # fmt: skip


def lines(requirement: Requirement, process: str, *, by) -> None:
    """Write the lines of a draft: what every maker is asked, and what its process needs."""
    for line in (*COMMON, *OF_PROCESS.get(process, ())):
        add_line(requirement, by=by, **line)


def later(show: Show) -> Story:
    """A requirement is addressed to one IKM and then changed; another is being written; profiles are confirmed."""
    yield show.at(26, "10.15")
    maker = show.cast.enterprises[OWNER_LOGIN]
    for part in ADDRESSED:
        address_requirement(current(part), maker, by=show.cast.staff)
    yield show.at(21, "19.05")
    for name in CONFIRMED:
        enterprise: Enterprise = show.cast.enterprises[name]
        confirm_capability(enterprise, by=show.cast.staff, today=show.day(21))
    yield show.at(13, "14.20")
    first = current(CHANGED)
    second = start_requirement_version(first, by=show.cast.staff)
    change_requirement(second, by=show.cast.staff, volume=300_000, max_ppm=300)
    add_line(second, by=show.cast.staff, kind="document", text="ISO 9001 yang berlaku", subject="iso9001")
    publish_requirement(
        second, by=show.cast.staff, change_note="Volume naik dan pelanggan meminta ISO 9001 mulai model baru."
    )
    yield show.at(3, "16.40")
    draft = add_requirement(
        first.buyer,
        by=show.cast.staff,
        contact=first.contact,
        part_name="Pelat pengikat selang",
        process=show.cast.processes["stamping"],
        volume=9_000,
        per=Requirement.Per.MONTH,
        needed_on=show.day(-110),
    )
    lines(draft, "stamping", by=show.cast.staff)


def current(part: str) -> Requirement:
    return Requirement.objects.current().get(part_name=part)

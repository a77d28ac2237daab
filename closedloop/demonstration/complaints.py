"""Complaints of buyers, one in every state, told by the acts of those who raise, answer and check them."""

from dataclasses import dataclass, field
from datetime import timedelta

from assessments.closers import offer_of
from closedloop.demonstration import pictures
from closedloop.demonstration.contracts import ARUNIKA
from closedloop.demonstration.show import Show, Story
from closedloop.demonstration.supply import contact
from participants.models import Enterprise
from partnerships.actions import (
    check_complaint,
    contain,
    explain_complaint,
    finish_complaint_action,
    link_complaint,
    plan_complaint_action,
    propose_complaint,
    raise_complaint,
)
from partnerships.complaint_page import criteria_of
from partnerships.models import Buyer, Complaint, OrderLine, RequirementLine

Status = Complaint.Status
ITEM, SUBJECT = "T5", "TEK"  # what the complaints question, and the module that teaches it
ORDER = [Status.OPEN, Status.CONTAINED, Status.IN_PROGRESS, Status.PROPOSED, Status.EFFECTIVE]


@dataclass(frozen=True)
class Case:
    """One complaint: days ago when it was raised, and how far it has come."""

    enterprise: str
    buyer: str
    day: int
    problem: str
    fate: str
    whys: tuple[str, ...] = field(default=())
    root_cause: str = ""
    cure: str = ""


NIRA, RUKUN = "Nira Stamping Utama", "Rukun Spion Teknik"
BURR = (
    "Tepi bracket tajam",
    "Mata potong aus",
    "Belum diganti sejak tiga bulan",
    "Tidak ada hitungan langkah",
)
CASES = (
    Case(NIRA, ARUNIKA, 78, "Tepi bracket tajam, melukai operator perakitan", "not_effective", BURR,
         "Mata potong diganti hanya setelah tumpul", "Asah ulang mata potong dan periksa tepi tiap dua jam"),
    Case(NIRA, ARUNIKA, 52, "Label kemasan tertukar antara kiri dan kanan", "effective",
         ("Dua part dikemas di satu meja", "Meja kedua dipakai menyimpan dies"),
         "Tidak ada tempat tetap untuk mengemas tiap part", "Pisahkan meja kemas dan beri garis lantai"),
    Case(RUKUN, ARUNIKA, 30, "Permukaan kaca spion bergelombang", "proposed",
         ("Suhu oven naik turun", "Termokopel longgar"),
         "Pemeriksaan termokopel tidak ada di jadwal perawatan", "Kalibrasi termokopel dan masukkan ke jadwal"),
    Case(NIRA, ARUNIKA, 19, "Lubang baut klem kabel bergeser 0,4 mm", "in_progress",
         ("Pin penepat aus", "Pin tidak pernah diukur"),
         "Pin penepat tidak masuk daftar ukur mingguan", "Ganti pin penepat dan ukur tiap Senin"),
    Case(RUKUN, ARUNIKA, 9, "Kemasan kaca spion basah saat tiba", "contained"),
    Case(NIRA, ARUNIKA, 3, "Surat jalan tidak menyebut nomor lot", "open"),
)  # fmt: skip


def complaints(show: Show) -> None:
    """Tell every case."""
    for case in CASES:
        show.tell(complaint(show, case))


def complaint(show: Show, case: Case) -> Story:
    """One complaint from the buyer's words to where it stands today."""
    yield show.at(case.day, "10.15")
    enterprise, buyer = show.cast.enterprises[case.enterprise], show.cast.buyers[case.buyer]
    line = last_line(enterprise, buyer)
    by = contact(show, case.buyer) or show.cast.staff
    if line is None:
        return
    found = raise_complaint(
        enterprise,
        buyer,
        problem=case.problem,
        line=line,
        photo=pictures.picture("bins", case.day, False),
        by=by,
    )
    if case.fate == Status.OPEN:
        return
    yield from answered(show, case, found)
    if case.fate not in Complaint.ENDED:
        return
    yield show.at(max(case.day - 25, 1), "14.10")
    if case.fate == Status.EFFECTIVE:
        check_complaint(found, Status.EFFECTIVE, "Lima kiriman terakhir diperiksa, label benar.", by=by)
        return
    again = check_complaint(found, Status.NOT_EFFECTIVE, "Dua dari sepuluh contoh masih tajam.", by=by)
    linked(show, again)


def answered(show: Show, case: Case, found: Complaint) -> Story:
    """What the IKM does about it, as far as the case goes."""
    worker = show.cast.users.get(case.enterprise) or show.cast.staff
    yield show.at(case.day - 1, "16.20")
    contain(found, "Stok di gudang dan di jalan dipisah dan disortir seluruhnya.", by=worker)
    if case.fate == Status.CONTAINED:
        return
    yield show.at(case.day - 5, "15.30")
    explain_complaint(found, case.whys, case.root_cause, by=worker)
    linked(show, found)
    planned = plan_complaint_action(
        found,
        case.cure,
        responsible="Kepala produksi",
        due_on=show.day(case.day - 5) + timedelta(days=7),
        by=worker,
    )
    if case.fate == Status.IN_PROGRESS:
        return
    yield show.at(case.day - 12, "16.40")
    finish_complaint_action(planned, pictures.picture("machine", case.day), by=worker)
    propose_complaint(found, by=worker)


def linked(show: Show, found: Complaint) -> None:
    """Staff name the check item and the asked line that the complaint questions, and the session that answers it."""
    criterion = criteria_of(found.enterprise).filter(code=ITEM).first()
    asked = RequirementLine.objects.current().filter(requirement__buyer=found.buyer, subject=ITEM)
    closer = offer_of(found.enterprise).closer(SUBJECT)
    link_complaint(
        found,
        criterion=criterion,
        requirement_line=asked.first(),
        module=closer.module if closer else None,
        session=closer.session if closer else None,
        by=show.cast.staff,
    )


def last_line(enterprise: Enterprise, buyer: Buyer) -> OrderLine | None:
    """Return what the buyer ordered of the IKM last."""
    rows = OrderLine.objects.filter(order__enterprise=enterprise, order__buyer=buyer)
    return rows.order_by("-order__ordered_on", "part_name").first()

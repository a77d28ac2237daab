"""What came after the boards: conditions that somebody looked at, and owners who objected."""

from dataclasses import dataclass

from assessments.actions import answer_objection, decide, object_to, recommendation, settle_condition
from assessments.models import DecisionCondition
from closedloop.core.models import new_id
from closedloop.demonstration.decisions import members
from closedloop.demonstration.show import Show, Story

NOBODY_OF_THE_BOARD = "petugas2"


@dataclass(frozen=True)
class Settling:
    """Conditions of one IKM that were looked at, days ago."""

    name: str
    day: int
    is_met: bool
    note: str


@dataclass(frozen=True)
class Disagreement:
    """One objection; without `answered` it waits, `heard` is when the board sat again. Days ago."""

    name: str
    raised: int
    reason: str
    answered: int | None = None
    accept: bool = False
    answer: str = ""
    heard: int | None = None


SETTLINGS = (
    Settling("Rengganis Krom", 372, False, "Limbah masih di drum terbuka; permohonan izin belum diajukan."),
    Settling("Lodaya Dies Teknik", 290, True, "Pelindung mesin terpasang, dilihat mentor di tempat."),
)
DISAGREEMENTS = (
    Disagreement(
        "Banyu Radiator Jaya", 130,
        "Modul K3L sudah kami ikuti di sesi susulan; menurut kami syarat itu terpenuhi.",
        123, False,
        "Hadir saja belum lulus: nilai tes modul K3L masih di bawah batas pada hari sidang.",
    ),
    Disagreement(
        "Karya Plat", 129,
        "NIB kami sudah terbit sebelum sidang, tetapi berkasnya baru diunggah petugas sesudahnya.",
        121, True,
        "Tanggal terbit NIB memang sebelum hari sidang, jadi sidang perlu melihatnya sekali lagi.",
        110,
    ),
    Disagreement(
        "Sekawan Baut Teknik", 13,
        "Keterlambatan kirim bulan lalu karena pelat dari pembeli datang terlambat, bukan dari kami.",
    ),
)  # fmt: skip


def after_boards(show: Show) -> None:
    """Tell what became of conditions, and every objection."""
    for settling in SETTLINGS:
        show.tell(settle(show, settling))
    for plan in DISAGREEMENTS:
        show.tell(objection(show, plan))


def settle(show: Show, plan: Settling) -> Story:
    yield show.at(plan.day, "15.20")
    terms = DecisionCondition.objects.open().filter(decision__enterprise=show.cast.enterprises[plan.name])
    for condition in terms:
        settle_condition(condition, is_met=plan.is_met, note=plan.note, by=show.cast.staff)


def objection(show: Show, plan: Disagreement) -> Story:
    """The owner objects from the phone; somebody of another body answers; the board may sit again."""
    yield show.at(plan.raised, "19.40")
    decision = show.cast.enterprises[plan.name].class_decisions.decided().latest("decided_at")
    made = object_to(decision, plan.reason, by=show.cast.users[plan.name], id=new_id())
    if plan.answered is None:
        return
    yield show.at(plan.answered, "11.15")
    answer_objection(made, accept=plan.accept, answer=plan.answer, by=show.cast.users[NOBODY_OF_THE_BOARD])
    if plan.heard is None or made.new_decision is None:
        return
    yield show.at(plan.heard, "10.30")
    new = made.new_decision
    outcome = recommendation(new).outcome
    decide(
        new,
        outcome,
        reason="Sidang ulang atas keberatan pemilik.",
        members=members(show, new),
        by=show.cast.lead,
    )

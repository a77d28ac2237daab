"""Class boards: proposals by the office, decisions by the lead, on what the records said that day."""

from dataclasses import dataclass
from datetime import timedelta

from assessments.actions import decide, propose_decision, recommendation, withdraw_decision
from assessments.actions.board import Condition
from assessments.interests import barred_from
from assessments.models import ClassDecision
from closedloop.accounts.models import User
from closedloop.demonstration.show import Show, Story
from closedloop.demonstration.tables import EnterpriseRow, enterprises

Outcome = ClassDecision.Outcome


@dataclass(frozen=True)
class Board:
    """One proposal. Days ago; without `outcome` the board follows the recommendation, without `decided` it waits."""

    name: str
    proposed: int
    decided: int | None = None
    outcome: str = ""
    reason: str = ""
    conditions: tuple[tuple[str, int], ...] = ()  # what, and within how many days of the sitting
    withdrawn: int | None = None


FOLLOWED = "Sidang mengikuti rekomendasi."
FIRST = (
    "Sekawan Baut Teknik", "Mekar Bubut Presisi", "Bayu Pegas Sentosa", "Satria Injeksi Plastindo",
    "Wadas Tempa Baja", "Cempaka Kabel Bodi", "Lodaya Dies Teknik",
)  # fmt: skip
# boarded once only, more than twelve months ago: its class is due for a look
DUE_FOR_REVIEW = "Cempaka Kabel Bodi"
BOARDS = (
    *(Board(name, 474, 467) for name in FIRST),
    Board(
        "Rengganis Krom", 474, 467, Outcome.CONDITIONAL,
        "Pesanan pembeli sudah ada dan pemilik menunjukkan perbaikan nyata pada 5R.",
        (("Temuan limbah B3 ditutup.", 60), ("Persetujuan lingkungan diperbarui.", 90)),
    ),
    *(Board(name, 352, 346) for name in FIRST if name not in ("Lodaya Dies Teknik", DUE_FOR_REVIEW)),
    Board(
        "Lodaya Dies Teknik", 352, 346, Outcome.CONDITIONAL,
        "Nilai K3L kurang sedikit; perlindungan mesin sudah dipesan dan buktinya diperiksa sidang.",
        (("Pelindung mesin terpasang dan dinilai ulang oleh mentor.", 60),),
    ),
    Board(
        "Rengganis Krom", 352, 346, Outcome.DEMOTED,
        "Syarat sidang sebelumnya tidak dipenuhi: limbah B3 masih di drum terbuka dan izin belum diperbarui.",
    ),
    *(
        Board(name, 351, 345)
        for name in (
            "Arum Cor Logam", "Pelita Jok Motor", "Lintang Kampas", "Tirta Las Rangka", "Pandan Gasket Prima",
            "Sagara Filter", "Dewandaru Karet Teknik", "Padma Plat Bodi",
        )
    ),
    Board(
        "Cakra Knalpot Mandiri", 351, 345, Outcome.CONDITIONAL,
        "Perbaikan di lini las sudah terlihat dan pembeli menunggu; modul yang kurang dapat disusulkan.",
        (("Modul 5R dan K3L lulus sebelum pesanan percobaan kedua.", 120),),
    ),
    *(
        Board(name, 144, 138)
        for name in (
            "Nira Stamping Utama", "Galuh Tekno Karet", "Gemilang Baut", "Jayantara Cor Aluminium",
            "Kencana Plastik Otomotif", "Sumber Ring", "Karya Plat", "Banyu Radiator Jaya",
        )
    ),
    Board("Sekawan Baut Teknik", 31, 25),
    Board("Sentra Busing", 24, withdrawn=22),
    Board("Galuh Tekno Karet", 18),
    Board("Nira Stamping Utama", 16),
    Board("Gemilang Baut", 13),
)  # fmt: skip


def boards(show: Show) -> None:
    """Tell every board of both rounds."""
    rows = {row.name: row for row in enterprises()}
    for plan in BOARDS:
        show.tell(board(show, rows[plan.name], plan))


def board(show: Show, row: EnterpriseRow, plan: Board) -> Story:
    """One proposal from the office's desk to the board."""
    yield show.at(plan.proposed, "14.00")
    cast = show.cast
    decision = propose_decision(cast.enrolments[row.name], by=cast.staff)
    if plan.withdrawn is not None:
        yield show.at(plan.withdrawn, "09.10")
        withdraw_decision(decision, "Menunggu hasil tes susulan dua modul.", by=cast.staff)
    if plan.decided is None:
        return
    yield show.at(plan.decided, "10.30")
    advice = recommendation(decision)
    outcome = plan.outcome or advice.outcome
    if outcome == Outcome.CONDITIONAL and advice.outcome == Outcome.PROMOTED:
        outcome = Outcome.PROMOTED  # nothing is left to put a condition on
    decide(
        decision,
        outcome,
        reason=plan.reason or FOLLOWED,
        conditions=[
            Condition(text, show.day(plan.decided) + timedelta(days=days)) for text, days in plan.conditions
        ],
        members=members(show, decision),
        by=cast.lead,
    )


def members(show: Show, decision: ClassDecision) -> list[User]:
    """Return who sits beside the lead: the vice lead and an assessor who did not assess."""
    assessors = [show.cast.users[key] for key in ("penilai", "penilai2")]
    barred = barred_from(decision)
    return [show.cast.users["wakil"], *(one for one in assessors if one.pk not in barred)][:2]

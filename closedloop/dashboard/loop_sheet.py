"""The closed-loop board as a workbook: the pairs, the days by cohort, and what each figure means."""

from django.utils.translation import gettext as _

from closedloop.core.sheets import SheetTable, book_bytes
from closedloop.dashboard.loop_page import Board, Row
from closedloop.figures.registry import REGISTRY
from partnerships.loop import Step

FIGURES = ("loop.pairs", "loop.days", "loop.step_days")


def board_bytes(board: Board) -> bytes:
    """Return an .xlsx file; what nobody knows is an empty cell, never 0."""
    return book_bytes([pairs_table(board), days_table(board), meanings_table()])


def pairs_table(board: Board) -> SheetTable:
    headers = [
        "IKM",
        _("Kode IKM"),
        _("Pembeli"),
        _("Langkah"),
        _("Sejak"),
        _("Hari"),
        _("Yang harus bertindak"),
        _("Tindakan"),
        *[_("%(step)s selesai") % {"step": step.label} for step in Step],
    ]
    return SheetTable(_("Pasangan"), headers, [line_of(row) for row in board.rows])


def line_of(row: Row) -> list:
    pair = row.pair
    return [
        str(pair.enterprise),
        pair.enterprise.code,
        str(pair.buyer),
        pair.standing.step.label,
        row.since,
        row.days,
        pair.next.who,
        pair.next.text,
        *[cell.on for cell in row.cells],
    ]


def days_table(board: Board) -> SheetTable:
    headers = [_("Angkatan"), _("Pasangan")]
    for step in board.timed:
        words = {"step": step.label}
        headers += [_("%(step)s, hari (median)") % words, _("%(step)s, diketahui") % words]
        headers.append(_("%(step)s, yang selesai") % words)
    lines = []
    for cohort, took, count in board.by_cohort:
        line: list = [str(cohort) if cohort else _("Semua"), count]
        for step in board.timed:
            line += [took[step].middle, took[step].known, len(took[step].days)]
        lines.append(line)
    return SheetTable(_("Hari tiap langkah"), headers, lines)


def meanings_table() -> SheetTable:
    lines = [[str(REGISTRY[code].name), str(REGISTRY[code].definition)] for code in FIGURES]
    return SheetTable(_("Arti angka"), [_("Angka"), _("Arti")], lines)

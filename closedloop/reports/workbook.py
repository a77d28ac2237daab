"""The Excel beside a paper: the same snapshot as one tidy sheet, what each figure means, and what it is of.

Made when somebody asks for it, from the snapshot alone, so that no number of it can differ from the paper.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from closedloop.core.sheets import SheetTable, book_bytes


@dataclass(frozen=True)
class Cell:
    """One value: in which part of the paper, of what, which; `text` as printed where that says more."""

    part: str
    row: str
    name: str
    value: Decimal | int | float | str | date | datetime | None
    unit: str = ""
    n: Decimal | None = None
    m: Decimal | None = None
    records: int | None = None
    code: str = ""
    text: str = ""


def decimal(plain: str | None) -> Decimal | None:
    """Return a number that a snapshot keeps as text."""
    return None if plain is None else Decimal(plain)


def workbook(snapshot: dict, own: Iterable[Cell]) -> bytes:
    """Return the workbook of a paper in its own language; `own` are the values its kind adds to the figures."""
    with translation.override(snapshot["language"]):
        return book_bytes([data([*figure_cells(snapshot), *own]), definitions(snapshot), about(snapshot)])


def figure_cells(snapshot: dict) -> Iterator[Cell]:
    """Yield every figure and its parts; a withheld one is named and holds nothing."""
    for code, figure in snapshot["figures"].items():
        yield Cell(
            _("Angka"),
            snapshot["heading"],
            figure["name"],
            decimal(figure["value"]),
            figure["unit"],
            decimal(figure["n"]),
            decimal(figure["m"]),
            figure["records"],
            code,
            figure["text"],
        )
        for part in figure["parts"]:
            yield Cell(
                figure["name"],
                part["name"],
                figure["name"],
                decimal(part["value"]),
                code=code,
                text=part["text"],
            )


def exact_cells(snapshot: dict, part: str, rows: Iterable[dict], name: str = "name") -> Iterator[Cell]:
    """Yield the figures of each row of a table, as many digits as there are; papers of before kept none."""
    for row in rows:
        for code, value in row.get("exact", {}).items():
            figure = snapshot["figures"][code]
            yield Cell(part, row[name], figure["name"], decimal(value), figure["unit"], code=code)


def data(cells: list[Cell]) -> SheetTable:
    headers = [_("Bagian"), _("Tentang"), _("Angka"), _("Nilai"), _("Satuan"), "n", "m", _("Jumlah data")]
    rows = [
        [one.part, one.row, one.name, one.value, one.unit, one.n, one.m, one.records, one.code, written(one)]
        for one in cells
    ]
    return SheetTable(_("Data"), [*headers, _("Kode"), _("Tertulis")], rows)


def written(cell: Cell) -> Any:
    return cell.text or None


def definitions(snapshot: dict) -> SheetTable:
    rows: list[list[Any]] = [
        [code, one["name"], one["unit"], one["definition"], one["source"]]
        for code, one in snapshot["figures"].items()
    ]
    rows += [["", _("n, m"), "", _("Pembilang dan penyebut sebuah persen: n dari m."), ""]]
    rows += [["", _("Kosong"), "", _("Belum ada data; bukan nol."), ""]]
    return SheetTable(_("Definisi"), [_("Kode"), _("Angka"), _("Satuan"), _("Arti"), _("Sumber data")], rows)


def about(snapshot: dict) -> SheetTable:
    """Return the title block: number, cut-off with zone, filters, who asked."""
    own = snapshot.get("own", {})
    rows = [
        [_("Laporan"), snapshot["title"]],
        [_("Tentang"), snapshot["heading"]],
        [_("Nomor"), own.get("number", snapshot["number"])],
        [_("Kode verifikasi"), snapshot["code_text"]],
        [_("Periksa di"), snapshot["url"]],
        [_("Data"), snapshot["as_of_text"]],
        *snapshot["filters"],
        [_("Diminta oleh"), snapshot["requested_by"] or None],
    ]
    return SheetTable(_("Tentang laporan"), [_("Keterangan"), _("Isi")], rows)

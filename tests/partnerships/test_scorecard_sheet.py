"""What a buyer's own sheet says, cell by cell. No database."""

from datetime import date
from decimal import Decimal

import pytest

from closedloop.core.sheets import workbook_bytes
from participants.archive import UnreadableWorkbook
from partnerships.scorecard_sheet import Row, month_in, number_in, ppm_in, read_sheet, score_in, share_in

HEADERS = ["IKM", "Bulan", "Tepat kirim (%)", "Cacat (ppm)", "Nilai"]
HEADERS[2] = "Tepat kirim"


def sheet(*rows, headers=HEADERS):
    return read_sheet(workbook_bytes("Rapor", headers, rows))


def test_a_row_says_what_its_cells_say_and_an_empty_cell_is_unknown():
    rows, faults = sheet(
        ["Nira Contoh", date(2026, 2, 10), 0.95, 300, 88.5], ["Tri Casting", "2026-02", "", 0, "-"]
    )
    assert not faults
    assert rows == [
        Row("A2", "Nira Contoh", date(2026, 2, 1), Decimal("0.9500"), 300, Decimal("88.50")),
        Row("A3", "Tri Casting", date(2026, 2, 1), None, 0, None),
    ]


def test_every_fault_names_its_cell_and_no_other_row_is_lost():
    rows, faults = sheet(
        ["Nira Contoh", "kapan-kapan", 120, "banyak", 101],
        ["", "2026-02", 95, 300, 80],
        ["Tri Casting", "2026-02", "", "", ""],
        ["Wira Press", "2026-02", 95, 300, 80],
        ["wira press", "Februari 2026", 90, 300, 80],
    )
    assert [fault.cell for fault in faults] == ["B2", "C2", "D2", "E2", "A3", "A4", "A6"]
    assert faults[2].value == "banyak"
    assert [row.enterprise for row in rows] == ["Wira Press"]


@pytest.mark.parametrize(
    "text", ["2026-02", "02/2026", "2/2026", "2026/02/28", "Februari 2026", "feb 2026", "FEBRUARY 2026"]
)
def test_months_as_people_write_them(text):
    assert month_in(text) == date(2026, 2, 1)


@pytest.mark.parametrize("text", ["Februari", "13/2026", "2026-00", "1899-02", "26-02"])
def test_a_month_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="Tulis bulannya"):
        month_in(text)


@pytest.mark.parametrize(
    ("value", "share"),
    [(0, "0"), (1, "1"), (0.95, "0.95"), (95, "0.95"), ("95%", "0.95"), ("92,5", "0.925"), ("0,5%", "0.005"),
     (100, "1")],
)  # fmt: skip
def test_shares_at_their_borders(value, share):
    assert share_in(value) == Decimal(share)


@pytest.mark.parametrize(
    ("read", "value"),
    [(share_in, -1), (share_in, 100.01), (share_in, "NaN"), (ppm_in, -1), (ppm_in, 1_000_001), (ppm_in, 1.5),
     (score_in, -0.01), (score_in, 100.01), (score_in, "Infinity"), (number_in, True), (number_in, "1e999999")],
)  # fmt: skip
def test_numbers_beyond_their_borders_are_refused(read, value):
    with pytest.raises(ValueError):
        read(value)


def test_grouped_and_plain_numbers_are_the_same():
    assert number_in("1.200") == number_in("1200") == number_in(1200) == 1200
    assert number_in("1.200,5") == Decimal("1200.5")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"IKM;Bulan;PPM\nNira;2026-02;300"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(UnreadableWorkbook):
        read_sheet(content)


def test_a_sheet_without_the_columns_or_with_too_many_rows_is_refused():
    with pytest.raises(UnreadableWorkbook, match="Judul kolom"):
        sheet(["a", "b"], headers=["Nama", "Alamat"])
    with pytest.raises(UnreadableWorkbook, match="lebih dari 500 baris"):
        sheet(*[["Nira", "2026-02", 95, 1, 1]] * 600)

"""No export runs anything, loses a digit or changes a text (reliability I3)."""

import ast
import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from closedloop.core.sheets import DANGEROUS, SheetTable, book_bytes, csv_text, workbook_bytes
from tests.guards.ours import ROOT, python_files

FIRST = st.sampled_from([*DANGEROUS, "'", '"', "0", "\ufeff"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
HOSTILE = st.builds("".join, st.tuples(FIRST, TEXTS))
# lines for COPY: the database reads them, and nobody opens them
NO_EXPORTS = {"closedloop/core/copying.py", "closedloop/demonstration/generated/copying.py"}
WRITERS = {"openpyxl.Workbook", "csv.writer", "csv.DictWriter", "openpyxl.cell.WriteOnlyCell"}


def kept(text: str) -> str:
    """The text without the marks that no workbook can hold."""
    return "".join(
        mark for mark in text if mark in "\t\n\r" or (ord(mark) >= 32 and mark not in "\ufffe\uffff")
    )


def cells(content: bytes):
    return [list(row) for row in load_workbook(BytesIO(content)).active.iter_rows()]


@given(text=HOSTILE)
@example(text='=HYPERLINK("http://contoh",A1)')
@example(text="#REF!")
@example(text="\r=1+1")
@example(text="＝1+1")
@example(text="+6281234567890")
@example(text="-5")
@example(text="1e5")
def test_a_text_is_never_a_formula_and_stays_what_it_was(text):
    content = workbook_bytes("Uji", ["Nama"], [[text]])
    (cell,) = cells(content)[1]
    assert cell.data_type in ("s", "inlineStr", "n") and not isinstance(cell.value, int | float)
    written = kept(text)
    # XML has one line break, and a workbook that was saved by hand has no other
    assert (cell.value or "") == written.replace("\r\n", "\n").replace("\r", "\n")
    assert cell.quotePrefix == text.startswith(DANGEROUS) or written != text


@given(text=HOSTILE)
@example(text="=cmd|'/C calc'!A0")
def test_no_cell_of_a_csv_begins_like_a_formula(text):
    (_header, (cell,)) = list(csv.reader(StringIO(csv_text(["Nama"], [[text]]), newline="")))
    assert not cell.startswith(DANGEROUS)
    assert cell in (kept(text), f"'{kept(text)}")


@pytest.mark.parametrize(
    "value, read",
    [
        (12, 12),
        (-3, -3),
        (0, 0),
        (1.5, 1.5),
        (Decimal("750000000"), 750000000),
        (True, True),
        (date(2026, 11, 24), datetime(2026, 11, 24)),
        (datetime(2026, 11, 24, 9, 5), datetime(2026, 11, 24, 9, 5)),
        (1234567890123456, "1234567890123456"),
        (float("nan"), "nan"),
    ],
)
def test_numbers_and_days_stay_what_they_are_as_long_as_excel_can_hold_them(value, read):
    assert cells(workbook_bytes("Uji", ["Isi"], [[value]]))[1][0].value == read


def test_a_number_below_zero_is_a_number_in_a_csv():
    assert csv_text(["Isi"], [[-3], [None]]) == '"Isi"\r\n"-3"\r\n""\r\n'


def test_a_sheet_offers_choices_hides_columns_and_marks_what_is_only_to_read():
    table = SheetTable(
        "Data",
        ["Kode", "Bentuk", "Jejak"],
        [["K1", "CV", "{}"]],
        grey=frozenset({0}),
        hidden=frozenset({2}),
        choices={1: "=Pilihan!$A$2:$A$3"},
        room=10,
    )
    book = load_workbook(BytesIO(book_bytes([table, SheetTable("Pilihan", ["Bentuk"], [["CV"], ["PT"]])])))
    sheet = book["Data"]
    (offered,) = sheet.data_validations.dataValidation
    assert (str(offered.sqref), offered.formula1) == ("B2:B12", "=Pilihan!$A$2:$A$3")
    assert sheet.column_dimensions["C"].hidden and not sheet.column_dimensions["B"].hidden
    assert sheet["A2"].fill.patternType == "solid" and sheet["B2"].fill.patternType is None


def test_nobody_else_writes_sheets(count):
    """Every .xlsx and CSV of the portal comes from the one writer that these tests are about."""
    writers = {}
    files = [path for path in python_files() if path != ROOT / "closedloop/core/sheets.py"]
    for path in files:
        if "tests" in path.relative_to(ROOT).parts:
            continue
        tree = ast.parse(path.read_text())
        named = {
            f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        } | {
            f"{node.value.id}.{node.attr}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        }
        if named & WRITERS:
            writers[str(path.relative_to(ROOT))] = named & WRITERS
    count("sheets", files=len(files), writers=len(writers))
    assert writers.keys() == NO_EXPORTS

"""Our own reading of a workbook's cells, against openpyxl's."""

import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from participants.xlsx import Book, Formula, SheetCells
from tests.generated.registrations import HEADERS, good_rows
from tests.generated.xlsx import workbook as written


def ours(content):
    """{title: {row: cells}} of the rows that hold anything."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        book = Book(archive)
        return {
            title: {
                number: cells for number, _width, cells in SheetCells(book, title, columns=50).rows() if cells
            }
            for title in book.sheets
        }


def theirs(content):
    found = {}
    for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets:
        rows = {}
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells = [Formula(cell.value) if cell.data_type == "f" else cell.value for cell in row]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                rows[number] = cells
        found[sheet.title] = rows
    return found


def saved(book):
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def agree(content):
    assert ours(content) == theirs(content)
    kinds = [[type(cell) for row in rows.values() for cell in row] for rows in ours(content).values()]
    assert kinds == [
        [type(cell) for row in rows.values() for cell in row] for rows in theirs(content).values()
    ]


def test_the_office_sheet_reads_alike(workbook):
    agree(workbook.read_bytes())


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_generated_rows_read_alike():
    agree(written([["Judul"], [], HEADERS, *good_rows(200)]))


CELLS = st.one_of(
    st.none(),
    st.text(
        alphabet=st.characters(min_codepoint=32, codec="utf-8", exclude_characters="\ufffe\uffff")
    ).filter(lambda text: text and not text.startswith("=") and text == text.strip()),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.just(time(8, 30)),
    st.just(timedelta(hours=30)),
    st.sampled_from(["=A1+B2", "=SUM(A1:A3)", "#REF!"]),
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_any_cells_read_alike(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    agree(saved(book))


def test_rich_text_is_the_text():
    book = openpyxl.Workbook()
    book.active["B2"] = CellRichText("Tri ", TextBlock(InlineFont(b=True), "Casting"))
    assert ours(saved(book)) == {"Sheet": {2: [None, "Tri Casting"]}}


@pytest.mark.parametrize(
    "cell, value",
    [
        (
            '<c r="A1" t="inlineStr"><is><t>Tri</t><rPh><t>san</t></rPh><r><t> Casting</t></r></is></c>',
            "Tri Casting",
        ),
        ('<c r="A1" t="str"><v>Tri_x000D_Casting</v></c>', "Tri\rCasting"),
        ('<c r="A1" t="d"><v>2026-01-12T08:03:00</v></c>', datetime(2026, 1, 12, 8, 3)),
        ('<c t="b"><v>1</v></c>', True),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1"><f t="shared" si="0"/><v>5</v></c>', Formula("=")),
        ('<x:c r="A1"><x:v>7</x:v></x:c>', 7),
        ('<c r="A1" s="1"><v>99999999</v></c>', "#VALUE!"),
        ('<c r="A1" t="str"><v>_xD800_</v></c>', "_xD800_"),
    ],
)
def test_kinds_of_cells_that_other_programs_write(cell, value):
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(written([["x"]]))) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                head, _cells, tail = data.partition(b'<c r="A1" t="s"><v>0</v></c>')
                data = (head + cell.encode() + tail).replace(b"<worksheet ", b'<worksheet xmlns:x="urn:x" ')
            new.writestr(name, data)
    assert ours(content.getvalue()) == {"Pendaftaran": {1: [value]}}

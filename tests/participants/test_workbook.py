"""What arrives as a file: found, bounded, or refused as a whole."""

import random
import time
import zipfile
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest

from participants import headers, workbook
from participants.headers import header_key
from participants.workbook import Formula, UnreadableWorkbook, read_workbook
from tests.generated.xlsx import workbook as written

HEADERS = ["Nama Usaha", "No. HP/WA", "NIB", "Kab/Kota"]
ROW = ["CV Maju", "081234567890", "1707536455681", "Kab. Tegal"]


def xlsx(*sheets, **named):
    """The bytes of a workbook with these sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in {**{f"Sheet{n}": rows for n, rows in enumerate(sheets)}, **named}.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def repacked(content, *, replace=None, add=None, compression=zipfile.ZIP_DEFLATED):
    """The same archive with members changed by `replace` (name → function of bytes) and more of them."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(result, "w", compression) as new:
        for member in old.infolist():
            data = old.read(member)
            new.writestr(member.filename, (replace or {}).get(member.filename, lambda same: same)(data))
        for name, data in (add or {}).items():
            new.writestr(name, data)
    return result.getvalue()


def code_of(content, **options):
    with pytest.raises(UnreadableWorkbook) as refusal:
        read_workbook(content, **options)
    assert str(refusal.value).endswith(".") and "\n" not in str(refusal.value)
    return refusal.value.code


SHEET = "xl/worksheets/sheet1.xml"
GOOD = xlsx([HEADERS, ROW])
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
DATA = GOOD.index(SHEET.encode()) + len(SHEET)  # where the packed sheet begins


def test_a_path_a_file_and_bytes_are_read_alike(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(GOOD)
    for file in (path, str(path), BytesIO(GOOD), GOOD):
        assert [row.cells for row in read_workbook(file).rows] == [tuple(ROW)]


def test_titles_blank_rows_and_reference_sheets():
    rows = [["PENDAFTARAN 2026"], ["Nama usaha diisi lengkap"], [], HEADERS, ROW, [], [None, " "], ROW]
    sheet = read_workbook(xlsx(Referensi=[["Kode", "Nama"], ["CV", "x"]], Data=rows))
    assert (sheet.title, sheet.layout.header_row, sheet.ignored_sheets) == ("Data", 4, ["Referensi"])
    assert [row.sheet_row for row in sheet.rows] == [5, 8]


def test_the_sheet_with_most_known_columns_is_the_table():
    sheet = read_workbook(xlsx(Ringkas=[HEADERS[:3], ROW[:3]], Lengkap=[HEADERS, ROW]))
    assert sheet.title == "Lengkap"


@pytest.mark.parametrize(
    "header, field",
    [
        ("NAMA  PERUSAHAAN", "name"),
        ("Nomor WA", "phone"),
        ("Omset Tahun 2024 (Rp)", "annual_sales"),
        ("Jumlah Tenaga Kerja (Laki-laki)", "employees_male"),
        ("Pekerja Perempuan", "employees_female"),
        ("Karyawan P", "employees_female"),
        ("Kabupaten/Kota", "regency"),
        ("Modal Usaha (di luar tanah & bangunan)", "capital"),
        ("Setuju data diproses (Ya/Tidak)", "consent"),
        ("Thn Berdiri", "founded_year"),
    ],
)
def test_headers_are_known_by_many_names(header, field):
    columns = read_workbook(xlsx([["Nama Usaha", "NIB", "NPWP", header], ROW])).layout.columns
    assert columns[field] in (0, 3)


def test_no_spelling_belongs_to_two_fields_and_all_are_reachable():
    spellings = [key for keys in headers.SYNONYMS.values() for key in keys.split(", ")]
    assert len(spellings) == len(set(spellings))
    assert [key for key in spellings if header_key(key) != key] == []


def test_unknown_headers_are_told_and_the_year_of_sales_is_kept():
    layout = read_workbook(xlsx([[*HEADERS, "Omzet 2025", "Hobi", None], ROW])).layout
    assert layout.unmatched == ["Hobi"]
    assert layout.sales_year == 2025
    assert (layout.header("annual_sales"), layout.letter("annual_sales")) == ("Omzet 2025", "E")
    assert (layout.header("email"), layout.letter("email")) == ("", "")


def test_a_person_may_map_the_columns():
    content = xlsx([["Nama Usaha", "NIB", "NPWP", "Siapa", "Bos"], ["A", "B", "C", "D", "E"]])
    layout = read_workbook(content, mapping={"siapa": "owner_name", "NPWP": None}).layout
    assert dict(layout.columns) == {"name": 0, "nib": 1, "owner_name": 3}
    assert layout.unmatched == ["NPWP", "Bos"]
    assert layout.key == read_workbook(content).layout.key  # the same sheet, whoever mapped it
    assert layout.key != read_workbook(GOOD).layout.key


def test_only_a_real_formula_is_a_formula():
    book = openpyxl.Workbook()
    book.active.append(HEADERS)
    book.active.append(["=A1", "081234567890", "=1+1", "Kab. Tegal"])
    book.active["A2"].data_type = "s"
    content = BytesIO()
    book.save(content)
    name, _phone, nib, _regency = read_workbook(content.getvalue()).rows[0].cells
    assert (name, isinstance(name, Formula)) == ("=A1", False)
    assert (nib, isinstance(nib, Formula)) == ("=1+1", True)


def test_a_row_may_be_shorter_than_the_header_and_dates_are_dates():
    sheet = read_workbook(xlsx([["Timestamp", *HEADERS, "Email"], [datetime(2026, 1, 12, 8, 3), "CV Maju"]]))
    row = sheet.rows[0]
    assert (row.value("timestamp"), row.value("name")) == (datetime(2026, 1, 12, 8, 3), "CV Maju")
    assert (row.value("email"), row.value("kbli")) == (None, None)


@pytest.mark.parametrize(
    "content, code",
    [
        (b"", "empty"),
        (b"Nama Usaha;NIB\nCV Maju;123\n", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old_or_locked"),
        (b"\0" * (5 * 1024 * 1024 + 1), "too_big"),
        (GOOD[:-400], "broken"),
        (GOOD[:DATA] + b"\xff" * 40 + GOOD[DATA + 40 :], "broken"),
        (xlsx([["Kode", "Keterangan"], ["CV", "x"]]), "no_header"),
        (xlsx([[]]), "no_header"),
        (repacked(GOOD, replace={SHEET: lambda data: data[:200]}), "broken"),
        (repacked(GOOD, replace={"xl/workbook.xml": lambda data: b"<a/>"}), "no_header"),
        (repacked(GOOD, add={"../up.xml": b"<a/>"}), "broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_is_no_plain_workbook_is_refused_with_a_cure(content, code):
    assert code_of(content) == code


def symlink():
    link = zipfile.ZipInfo("xl/media/link")
    link.external_attr = 0o120777 << 16
    content = BytesIO(GOOD)
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return content.getvalue()


def locked():
    """The flag alone is enough: nothing is decrypted before it is looked at."""
    content = bytearray(GOOD)
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    return bytes(content)


BILLION_LAUGHS = (
    b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">%s]><worksheet>&z;</worksheet>"""
    % b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10)
        for letter in b"bcdefghijklmnopqrstuvwxyz"
    )
)
SHEETS = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(2, 100_000))
HUGE_ROW = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
HUGE_COLUMN = b'<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>'
ENDLESS_ROW = b'<row r="9999999999999"><c r="A9"><v>1</v></c></row></sheetData>'


@pytest.mark.parametrize(
    "content, code",
    [
        (repacked(GOOD, add={f"xl/m{n}.xml": b"" for n in range(200)}), "too_many_parts"),
        (repacked(GOOD, add={"xl/m.bin": b"0" * (51 * 1024 * 1024)}), "too_large_unpacked"),
        (repacked(GOOD, add={"xl/m.bin": b"0" * (2 * 1024 * 1024)}), "too_dense"),  # more than a hundredfold
        (symlink(), "broken"),
        (repacked(GOOD, add={"xl/vbaProject.bin": b"x"}), "macros"),
        (repacked(GOOD, add={"xl/externalLinks/externalLink1.xml": b"<a/>"}), "links"),
        (repacked(written([HEADERS, ROW]), replace={STRINGS: lambda data: BILLION_LAUGHS}), "broken"),
        (repacked(GOOD, replace={STYLES: lambda data: BILLION_LAUGHS}), "broken"),
        (locked(), "old_or_locked"),
        (repacked(GOOD, replace={SHEET: lambda data: BILLION_LAUGHS}), "broken"),
        (repacked(GOOD, replace={SHEET: lambda data: BILLION_LAUGHS.decode().encode("utf-16")}), "broken"),
        (repacked(GOOD, replace={"xl/workbook.xml": lambda data: data.replace(b"</sheets>", SHEETS + b"</sheets>")}),
         "too_many_sheets"),
        (repacked(GOOD, replace={SHEET: lambda data: data.replace(b"A1:D2", b"A1:XFD1048576")}), "too_large"),
        (repacked(GOOD, replace={SHEET: lambda data: data.replace(b"</sheetData>", HUGE_ROW)}), "too_large"),
        (repacked(GOOD, replace={SHEET: lambda data: data.replace(b"</sheetData>", HUGE_COLUMN)}), "too_large"),
        (repacked(GOOD, replace={SHEET: lambda data: data.replace(b"</sheetData>", ENDLESS_ROW)}), "too_large"),
    ],
    ids=["members", "unpacked", "ratio", "symlink", "macros", "links", "entities in texts", "entities in styles",
         "locked", "entities", "entities in UTF-16", "sheets",
         "dimension", "row", "column", "endless"],
)  # fmt: skip
def test_bombs_die_at_the_door(content, code):
    began = time.process_time()  # of this process: what others do meanwhile is not the file's doing
    assert code_of(content) == code
    assert time.process_time() - began < 1


def test_each_bound_is_told_in_a_sentence_of_its_own_before_anything_is_parsed(monkeypatch):
    """The size, the parts, what they unpack to, and how densely: none of it opens a part of the file."""
    files = {
        "5 MB": b"PK" + b"0" * (5 * 1024 * 1024),
        "200 bagian": repacked(GOOD, add={f"xl/m{n}.xml": b"" for n in range(200)}),
        "50 MB": repacked(GOOD, add={"xl/m.bin": b"0" * (51 * 1024 * 1024)}),
        "100 kali": repacked(GOOD, add={"xl/m.bin": b"0" * (2 * 1024 * 1024)}),
    }
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args, **options: pytest.fail("a part was opened"))
    told = {}
    for bound, content in files.items():
        with pytest.raises(UnreadableWorkbook) as refused:
            read_workbook(content)
        told[bound] = str(refused.value)
        assert bound in told[bound]
    monkeypatch.undo()
    for bound, content in {
        "50 lembar": repacked(
            GOOD, replace={"xl/workbook.xml": lambda data: data.replace(b"</sheets>", SHEETS + b"</sheets>")}
        ),
        "60000 baris dan 100 kolom": repacked(
            GOOD, replace={SHEET: lambda data: data.replace(b"A1:D2", b"A1:XFD1048576")}
        ),
    }.items():
        with pytest.raises(UnreadableWorkbook) as refused:
            read_workbook(content)
        told[bound] = str(refused.value)
        assert bound in told[bound].replace(".", "", 1) or bound in told[bound]
    assert len(set(told.values())) == len(told)


def test_a_wrong_dimension_within_bounds_is_not_believed():
    content = repacked(GOOD, replace={SHEET: lambda data: data.replace(b"A1:D2", b"A1:A1")})
    assert [row.cells for row in read_workbook(content).rows] == [tuple(ROW)]


def test_the_last_allowed_row_and_column_are_read(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    monkeypatch.setattr(workbook, "MAX_COLUMNS", 5)
    assert len(read_workbook(xlsx([HEADERS, ROW, [*ROW, "x"]])).rows) == 2
    assert code_of(xlsx([HEADERS, ROW, ROW, ROW])) == "too_large"
    assert code_of(xlsx([HEADERS, [*ROW, "x", "y"]])) == "too_large"


def test_a_cell_of_endless_text_does_not_take_endless_time():
    text = "".join(random.Random(1).choices("( 1.,", k=30_000))
    content = xlsx([[text] * 20, HEADERS, [text] * 4])
    began = time.perf_counter()
    assert read_workbook(content).rows[0].value("name") == text
    assert time.perf_counter() - began < 1

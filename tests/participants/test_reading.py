"""Rows as offices send them, against what the truth file says of each."""

import csv
import json
import time
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedloop import regions
from participants.duplicates import find_duplicates
from participants.places import Places
from participants.reading import read_row
from participants.workbook import Formula, Layout, RawRow, read_workbook

DATA = Path(__file__).parent.parent / "data"
TRUTH = json.loads((DATA / "pendaftaran-ikm-2026.truth.json").read_text())


def places(name):
    with (Path(regions.__file__).parent / "data" / name).open(encoding="utf-8", newline="") as file:
        return [SimpleNamespace(code=row["code"], name=row["name"]) for row in csv.DictReader(file)]


CONTEXT = {
    "places": Places(places("provinces.csv"), places("regencies.csv")),
    "today": date(2026, 1, 31),
}
GOOD = {
    "timestamp": datetime(2026, 1, 12, 8, 3),
    "name": "PT. Cakra Machining",
    "legal_form": "PT",
    "owner_name": "Teguh",
    "phone": "085798797309",
    "email": "Cakra@Contoh.id",
    "nib": "1707536455681",
    "npwp": "51.884.472.5-898.000",
    "kbli": 25910,
    "founded_year": 1995,
    "address": "Jl. Industri No. 109",
    "regency": "Kab. Karawang",
    "province": "Jabar",
    "postal_code": 41371,
    "employees_male": 38,
    "employees_female": 4,
    "capital": "3,4 Milyar",
    "annual_sales": "18,2 miliar",
    "products": "Baut, mur; baut",
    "processes": "Cold forging",
    "certificates": "-",
    "consent": "Ya",
}
LAYOUT = Layout(
    tuple(f"Judul {field}" for field in GOOD), {field: n for n, field in enumerate(GOOD)}, 3, 2025
)


def read(**changes):
    """The good row with some cells changed, as it is read."""
    return read_row(RawRow(7, tuple((GOOD | changes).values()), LAYOUT), **CONTEXT)


def faults(row):
    return [(problem.field, problem.code) for problem in row.errors]


# ── the office's own sheet ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def office():
    sheet = read_workbook(DATA / "pendaftaran-ikm-2026.xlsx")
    rows = [read_row(row, **CONTEXT) for row in sheet.rows]
    return SimpleNamespace(sheet=sheet, rows=rows, duplicates=find_duplicates(rows))


# the field our problems name, by the header the truth file names
FIELD = {
    "Nama Usaha": "name", "No. HP/WA": "phone", "NIB": "nib", "NPWP": "npwp", "KBLI": "kbli",
    "Tahun Berdiri": "founded_year", "Provinsi": "province", "Karyawan L": "employees_male",
    "Modal Usaha (di luar tanah & bangunan)": "capital", "Omzet 2025": "annual_sales",
    "Setuju data diproses (Ya/Tidak)": "consent",
}  # fmt: skip
# what each fault leaves unknown; the truth file keeps what stood there before it was spoilt
SPOILT = {
    "name": {"name"}, "phone": {"phone"}, "nib": {"nib"}, "npwp": {"npwp15"}, "kbli": set(), "founded_year": set(),
    "province": {"province"}, "employees_male": {"employees"}, "capital": {"capital"},
    "annual_sales": {"annual_sales"}, "consent": set(),
}  # fmt: skip


def test_the_whole_sheet_is_found(office):
    assert [row.sheet_row for row in office.rows] == [truth["row"] for truth in TRUTH]
    assert office.sheet.layout.unmatched == []
    assert office.sheet.layout.sales_year == 2025
    assert office.sheet.ignored_sheets == ["Referensi"]


@pytest.mark.parametrize("index", range(len(TRUTH)), ids=lambda index: f"row {TRUTH[index]['row']}")
def test_every_row_agrees_with_the_truth(office, index):
    truth, row = TRUTH[index], office.rows[index]
    duplicate = office.duplicates.get(row.sheet_row)
    outcome = "import"
    if row.errors:
        outcome = "error"
    elif duplicate:
        outcome = "duplicate" if duplicate.is_certain else "possible_duplicate"
    assert outcome == truth["outcome"]
    if outcome == "error":
        assert [problem.header for problem in row.errors] == [truth["field"]]
    if duplicate:
        assert duplicate.of_row == TRUTH[truth["of"]]["row"]
    read = {
        "nib": row.nib,
        "npwp15": row.npwp and row.npwp.removeprefix("0"),
        "phone": row.phone,
        "province": row.province_code,
        "regency": row.regency_code,
        "capital": row.capital,
        "annual_sales": row.annual_sales,
        "employees": row.employees,
        "name": row.name,
    }
    if row.npwp:
        read["npwp15"] = row.npwp[1:]
    ignored = SPOILT[FIELD[truth["field"]]] if outcome == "error" else set()
    if outcome == "possible_duplicate":
        ignored = {"name", "phone"}  # made to repeat row 7 after the truth was written down
    expected = {key: truth[key] for key in read if key in truth and key not in ignored}
    assert {key: read[key] for key in expected} == expected
    assert outcome == "duplicate" or len(expected) >= 7


def test_the_row_made_to_repeat_another_reads_like_it(office):
    by_row = {row.sheet_row: row for row in office.rows}
    assert (by_row[90].name, by_row[90].phone) == (by_row[7].name, by_row[7].phone)


def test_text_that_looks_like_a_formula_stays_text(office):
    row = next(row for row in office.rows if row.sheet_row == 26)
    assert row.owner_name == '=HYPERLINK("http://contoh.invalid","klik")'
    assert [problem.code for problem in row.warnings] == ["looks_like_formula"]


# ── one cell at a time ─────────────────────────────────────────────────────────────────────────────────────


def test_a_good_row_is_read_whole():
    row = read()
    assert row.problems == []
    assert row.values() == {
        "sheet_row": 7,
        "timestamp": "2026-01-12T08:03:00",
        "name": "Cakra Machining",
        "legal_form": "pt",
        "owner_name": "Teguh",
        "phone": "+6285798797309",
        "email": "cakra@contoh.id",
        "nib": "1707536455681",
        "npwp": "0518844725898000",
        "kbli": "25910",
        "founded_year": 1995,
        "address": "Jl. Industri No. 109",
        "regency_code": "32.15",
        "province_code": "32",
        "postal_code": "41371",
        "employees_male": 38,
        "employees_female": 4,
        "capital": 3_400_000_000,
        "annual_sales": 18_200_000_000,
        "annual_sales_year": 2025,
        "products": ["Baut", "mur", "baut"],
        "processes": ["Cold forging"],
        "certificates": "",
        "consent": True,
    }
    assert json.loads(json.dumps(row.values())) == row.values()


@pytest.mark.parametrize(
    "field, value, code",
    [
        ("name", None, "missing"),
        ("name", "PT.", "missing"),
        ("name", "-", "missing"),
        ("name", Formula("=B2"), "formula"),
        ("name", "#REF!", "excel_error"),
        ("name", "x" * 161, "too_long"),
        ("legal_form", "Yayasan", "unknown_form"),
        ("owner_name", Formula("=B2"), "formula"),
        ("phone", None, "missing"),
        ("phone", "tidak ada", "unreadable"),
        ("phone", Formula("=B2"), "formula"),
        ("email", "cakra@", "email"),
        ("email", "a@contoh.id, b@contoh.id", "email"),
        ("nib", "81202219", "too_short"),
        ("nib", "#N/A", "excel_error"),
        ("npwp", "12.345.678.0-999.000", "check_digit"),
        ("kbli", "9999", "five_digits"),
        ("founded_year", 2027, "future_year"),
        ("founded_year", 1899, "year"),
        ("founded_year", "lama", "year"),
        ("address", "x" * 301, "too_long"),
        ("regency", None, "missing"),
        ("regency", "Bekasi", "ambiguous_regency"),
        ("regency", "Kab. Tegal", "regency_elsewhere"),
        ("regency", "Karawnag", "unknown_regency"),
        ("province", "Jawa Tenggara", "unknown_province"),
        ("postal_code", "1", "too_short"),
        ("employees_male", -3, "negative"),
        ("employees_female", "banyak", "head_count"),
        ("employees_female", 3.5, "head_count"),
        ("employees_female", datetime(2026, 3, 4), "head_count"),  # "3-4" as Excel understands it
        ("employees_male", 100_001, "too_many"),
        ("capital", "1.5", "ambiguous"),
        ("capital", 1500, "ambiguous"),
        ("capital", Formula("=A1*2"), "formula"),
        ("annual_sales", "lumayan", "unreadable"),
        ("annual_sales", "-5 juta", "negative"),
        ("consent", "Tidak", "no_consent"),
        ("consent", None, "consent_unclear"),
        ("consent", "mungkin", "consent_unclear"),
        ("consent", Formula("=A1"), "formula"),
    ],
)
def test_a_fault_names_its_cell_and_its_cure(field, value, code):
    row = read(**{field: value})
    assert faults(row) == [(field, code)]
    problem = row.errors[0]
    assert not row.is_importable
    assert (problem.sheet_row, problem.header) == (7, f"Judul {field}")
    assert problem.column == LAYOUT.letter(field)
    assert problem.value == ("" if value is None else str(value).strip()[:200])
    assert str(problem).startswith(f"Baris 7, kolom {problem.column} (Judul {field})")
    assert str(problem.message).endswith(".")


def test_all_faults_of_a_row_are_told_at_once():
    row = read(name=None, phone="x", nib="1", capital="1.5", consent="Tidak")
    assert {field for field, _code in faults(row)} == {"name", "phone", "nib", "capital", "consent"}


@pytest.mark.parametrize("nothing", [None, "-", "tidak ada", "belum ada", "N/A", " – "])
def test_what_nobody_knows_is_left_open(nothing):
    optional = ("email", "nib", "npwp", "kbli", "founded_year", "address", "postal_code", "employees_male",
                "employees_female", "capital", "annual_sales", "products", "processes", "certificates")  # fmt: skip
    row = read(**dict.fromkeys(optional, nothing))
    assert row.problems == []
    assert (row.nib, row.npwp, row.capital, row.annual_sales, row.employees) == (None,) * 5
    assert (row.email, row.certificates, row.products) == ("", "", ())
    assert row.is_unverified


def test_workers_known_in_part_are_counted_as_far_as_known():
    assert read(employees_female=None).employees == 38
    assert read(employees_male=0, employees_female=0).employees == 0
    assert read(employees_male="12 orang").employees_male == 12


def test_a_province_left_out_follows_from_its_regency():
    row = read(province=None)
    assert (row.problems, row.province_code, row.regency_code) == ([], "32", "32.15")


def test_a_wrong_province_does_not_hide_the_regency():
    row = read(province="Jawa Tenggara")
    assert (row.province_code, row.regency_code) == (None, "32.15")


def test_warnings_do_not_refuse():
    row = read(owner_name=None, legal_form="UD", nib=129110285940, timestamp="kemarin")
    assert row.is_importable
    assert {(problem.field, problem.code) for problem in row.warnings} == {
        ("owner_name", "missing"),
        ("legal_form", "differs_from_name"),
        ("nib", "zero_restored"),
        ("timestamp", "unreadable"),
    }
    assert (row.legal_form, row.nib, row.timestamp) == ("ud", "0129110285940", None)


@pytest.mark.parametrize(
    "cell",
    [
        datetime(2026, 1, 12, 8, 3),
        "12/01/2026 08:03",
        "12/01/2026 08:03:00",
        "2026-01-12 08:03:00",
        46034.3354167,
    ],
)
def test_timestamps(cell):
    moment = read(timestamp=cell).timestamp
    assert moment.replace(second=0, microsecond=0) == datetime(2026, 1, 12, 8, 3)


def test_invisible_characters_are_dropped_everywhere():
    row = read(
        name="CV\u200b Ma\u00a0ju\x00\u202e", owner_name=" Sla\x07met \n Jr ", regency="Kab.\u00a0Karawang "
    )
    assert row.errors == []
    assert (row.name, row.owner_name) == ("Ma ju", "Slamet Jr")


def test_the_legal_form_may_stand_in_the_name_only():
    assert read(legal_form=None, name="Koperasi Maju").legal_form == "koperasi"
    assert faults(read(legal_form=None, name="Maju Jaya")) == [("legal_form", "missing")]


@pytest.mark.parametrize(
    "text", ["(" + " " * 30_000, "1" * 30_000, "1," * 15_000, "a" * 30_000, ", " * 15_000]
)
def test_endless_text_is_answered_at_once(text):
    began = time.perf_counter()
    row = read(**dict.fromkeys(GOOD, text))
    assert time.perf_counter() - began < 0.5
    assert not row.is_importable
    assert all(len(problem.value) <= 200 for problem in row.problems)


ANY_CELL = st.one_of(
    st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.text().map(Formula)
)


@given(st.dictionaries(st.sampled_from(list(GOOD)), ANY_CELL))
def test_any_cells_give_a_row_that_the_database_can_hold_or_reasons(changes):
    row = read(**changes)
    assert all(problem.code and str(problem) for problem in row.problems)
    assert "\x00" not in json.dumps(row.values(), ensure_ascii=False)
    if row.is_importable:
        assert row.name and row.phone and row.regency_code and row.legal_form and row.consent

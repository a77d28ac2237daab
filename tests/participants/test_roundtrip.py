"""Export, edit in Excel, import: nothing is lost, and what others changed meanwhile is not overwritten (J4)."""

from io import BytesIO

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from closedloop.accounts.roles import Role
from participants import actions
from participants.export_columns import COLUMNS, headers
from participants.export_sheet import Shown, export_sheet, with_everything
from participants.models import Enterprise, ImportBatch
from participants.roundtrip import Move, moved, read_trace, trace_of
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory

pytestmark = pytest.mark.django_db

FULL = Shown(identity=True, phones=True)
AT = {column.key: index for index, column in enumerate(COLUMNS)}


@pytest.fixture
def sari():
    return UserFactory(role=Role.STAFF, full_name="Sari Petugas")


@pytest.fixture
def cohort(codes):
    return CohortFactory(code="2026", quota=80)


@pytest.fixture
def registry(cohort, workbook, sari):
    """The sample workbook, imported: names, numbers and places as offices really write them."""
    actions.save_import(actions.preview_import(workbook, cohort, by=sari, file_name="a.xlsx"), by=sari)
    return Enterprise.objects.order_by("name")


def downloaded(enterprises, shown=FULL):
    return load_workbook(BytesIO(export_sheet(with_everything(enterprises), shown)))


def sent_back(book, cohort, by, name="Data IKM.xlsx") -> ImportBatch:
    out = BytesIO()
    book.save(out)
    return actions.preview_import(out.getvalue(), cohort, by=by, file_name=name)


def edit(book, key, value, row=2):
    book["Data IKM"].cell(row, AT[key] + 1).value = value


def changes(batch) -> dict:
    (row,) = batch.rows.exclude(outcome="same")
    return row.values["changes"]


def one_of(registry):
    return registry.filter(pk=registry.first().pk)


def current(registry):
    return registry.get(pk=registry.first().pk)


def test_nothing_edited_is_nothing_changed(registry, cohort, sari):
    batch = sent_back(downloaded(registry), cohort, sari)
    assert {row.outcome for row in batch.rows.all()} == {"same"}
    assert batch.rows.count() == registry.count() == 73
    assert [row.problems for row in batch.rows.all() if row.problems] == []


@pytest.mark.parametrize(
    "key, value, name, new",
    [
        ("name", "Nama Yang Baru", "name", "Nama Yang Baru"),
        ("legal_form", "Koperasi", "legal_form", "koperasi"),
        ("owner_name", "Wulan Ayu", "owner_name", "Wulan Ayu"),
        ("phone", "0811 2222 3333", "phone:narahubung", "+6281122223333"),
        ("email", "Wulan@Contoh.id", "email:narahubung", "wulan@contoh.id"),
        ("nib", "9120000000999", "nib", "9120000000999"),
        ("npwp", None, "npwp", None),
        ("kbli", 30912, "kbli", "30912"),
        ("founded_year", 1999, "founded_year", 1999),
        ("address", None, "address", ""),
        ("regency", "Kab. Sidoarjo", "regency", "35.15"),
        ("postal_code", "52112", "postal_code", "52112"),
        ("employees_male", 0, "employees_male", 0),
        ("employees_female", None, "employees_female", None),
        ("capital", "1,75 M", "capital", 1_750_000_000),
        ("annual_sales", "812 juta", "annual_sales:2025", 812_000_000),
        ("annual_sales", None, "annual_sales:2025", None),
        ("products", "Baut, Mur", "products", ["Baut", "Mur"]),
        ("processes", "Stamping, Pengecatan", "processes", ["painting", "stamping"]),
        ("processes", None, "processes", []),
        ("certificates", "ISO 9001", "certificates", "ISO 9001"),
    ],
)
def test_one_edited_cell_changes_exactly_that(registry, cohort, sari, key, value, name, new):
    enterprise = current(registry)
    actions.update_enterprise(
        enterprise, by=sari, kbli="25910", employees_female=3, address="Jl. Lama", postal_code="11111"
    )
    others = {one.pk: one.version for one in registry[1:]}
    book = downloaded(registry)
    row = next(n for n in range(2, 80) if book["Data IKM"].cell(n, 1).value == enterprise.code)
    edit(book, key, value, row)
    if key == "regency":
        edit(book, "province", "Jawa Timur", row)
    batch = sent_back(book, cohort, sari)
    assert list(changes(batch)) == [name]
    assert changes(batch)[name][1] in ((None, "") if new in (None, "") and value is None else (new,))
    actions.save_import(batch, by=sari)
    again = sent_back(downloaded(registry), cohort, sari)
    assert {row.outcome for row in again.rows.all()} == {"same"}
    column = {**dict.fromkeys(["annual_sales"], "annual_sales")}.get(key, key)
    saved = next(
        row
        for row in downloaded(registry)["Data IKM"].iter_rows(values_only=True)
        if row[0] == enterprise.code
    )
    if value is None:
        assert saved[AT[column]] is None
    assert {one.pk: one.version for one in registry.exclude(pk=enterprise.pk)} == others


def test_an_emptied_cell_is_shown_before_it_is_cleared(registry, cohort, sari, login, client):
    book = downloaded(one_of(registry))
    edit(book, "certificates", None)
    actions.update_enterprise(current(registry), by=sari, certificates="ISO 9001")
    book = downloaded(one_of(registry))
    edit(book, "certificates", None)
    batch = sent_back(book, cohort, sari)
    login(sari)
    assert "ISO 9001 → (kosong)" in client.get(batch.get_absolute_url()).content.decode()
    actions.save_import(batch, by=sari)
    assert current(registry).certificates == ""


@pytest.mark.parametrize("key", ["name", "legal_form", "regency", "owner_name", "phone"])
def test_what_must_be_there_cannot_be_emptied(registry, cohort, sari, key):
    book = downloaded(one_of(registry))
    edit(book, key, None)
    if key == "name":
        edit(book, "name", "-")
    (row,) = sent_back(book, cohort, sari).rows.all()
    assert row.outcome == "error"
    assert [problem["field"] for problem in row.problems if not problem["is_warning"]] == [key]


def test_what_only_others_changed_is_kept(registry, cohort, sari):
    book = downloaded(one_of(registry))
    actions.update_enterprise(current(registry), by=sari, address="Jl. Dari Portal")
    edit(book, "certificates", "ISO 9001")
    batch = sent_back(book, cohort, sari)
    assert changes(batch) == {"certificates": ["", "ISO 9001"]}
    actions.save_import(batch, by=sari)
    assert (current(registry).address, current(registry).certificates) == ("Jl. Dari Portal", "ISO 9001")


def test_a_clash_is_held_with_both_values_and_who(registry, cohort, sari):
    book = downloaded(one_of(registry))
    actions.update_enterprise(current(registry), by=sari, address="Jl. Dari Portal")
    edit(book, "address", "Jl. Dari Lembar")
    (row,) = sent_back(book, cohort, sari).rows.all()
    assert (row.outcome, row.values["changes"]) == ("error", {})
    assert row.values["clashes"] == {"address": ["Jl. Dari Portal", "Jl. Dari Lembar"]}
    (problem,) = row.problems
    for words in ("Jl. Dari Portal", "Jl. Dari Lembar", "Sari Petugas"):
        assert words in problem["message"]
    actions.take_sheet_value(row, "address", by=sari)
    actions.save_import(row.batch, by=sari)
    assert current(registry).address == "Jl. Dari Lembar"


def test_the_rest_of_a_row_with_a_clash_is_saved(registry, cohort, sari):
    book = downloaded(one_of(registry))
    actions.update_person(current(registry).people.get(), by=sari, full_name="Nama Portal")
    edit(book, "owner_name", "Nama Lembar")
    edit(book, "certificates", "ISO 9001")
    batch = sent_back(book, cohort, sari)
    assert changes(batch) == {"certificates": ["", "ISO 9001"]}
    actions.save_import(batch, by=sari)
    assert current(registry).people.get().full_name == "Nama Portal"


def test_both_having_written_the_same_is_no_clash(registry, cohort, sari):
    book = downloaded(one_of(registry))
    actions.update_enterprise(current(registry), by=sari, address="Jl. Sama")
    edit(book, "address", "Jl. Sama")
    (row,) = sent_back(book, cohort, sari).rows.all()
    assert row.outcome == "same"


def test_what_moved_between_preview_and_saving_stops_the_saving(registry, cohort, sari):
    book = downloaded(one_of(registry))
    edit(book, "certificates", "ISO 9001")
    batch = sent_back(book, cohort, sari)
    actions.update_person(current(registry).people.get(), by=sari, full_name="Nama Lain")
    with pytest.raises(Exception, match="Unggah lagi"):
        actions.save_import(batch, by=sari)
    assert current(registry).certificates == ""


def test_without_its_trace_only_an_unchanged_version_can_be_trusted(registry, cohort, sari):
    book = downloaded(one_of(registry))
    edit(book, "trace", None)
    edit(book, "address", "Jl. Dari Lembar")
    assert list(changes(sent_back(book, cohort, sari))) == ["address"]
    actions.update_enterprise(current(registry), by=sari, address="Jl. Dari Portal")
    (row,) = sent_back(book, cohort, sari).rows.all()
    assert list(row.values["clashes"]) == ["address"] and row.outcome == "error"


def test_class_and_standing_are_only_to_be_read(registry, cohort, sari):
    enterprise = current(registry)
    book = downloaded(one_of(registry))
    for key in ("class_level", "status", "mentor", "cohort", "status_since", "consent"):
        edit(book, key, "Mandiri")
    (row,) = sent_back(book, cohort, sari).rows.all()
    assert row.outcome == "same"
    assert {problem["code"] for problem in row.problems} == {"read_only"} and len(row.problems) == 6
    assert {"Kelas usaha", "Angkatan", "Mentor"} <= {problem["header"] for problem in row.problems}
    assert current(registry).class_level is None and current(registry).version == enterprise.version


def test_masked_numbers_stay_what_they_are(registry, cohort, sari):
    enterprise = current(registry)
    book = downloaded(one_of(registry), Shown())
    cells = [cell for row in book["Data IKM"].iter_rows(values_only=True) for cell in row if cell]
    for secret in (enterprise.nib, enterprise.npwp, enterprise.people.get().phone[3:]):
        assert not any(secret in str(cell).replace("-", "") for cell in cells)
    edit(book, "nib", "9120000000999")
    edit(book, "certificates", "ISO 9001")
    batch = sent_back(book, cohort, sari)
    assert list(changes(batch)) == ["certificates"]
    assert [problem["code"] for problem in batch.rows.get().problems] == ["masked"]
    actions.save_import(batch, by=sari)
    assert current(registry).nib == enterprise.nib


def test_a_number_of_another_is_refused(registry, cohort, sari):
    first, second = registry[0], registry[1]
    book = downloaded(one_of(registry))
    edit(book, "nib", second.nib)
    (row,) = sent_back(book, cohort, sari).rows.all()
    assert row.outcome == "error" and second.code in row.problems[0]["message"]
    assert first.nib != second.nib


def test_columns_may_be_moved_rows_sorted_and_added(registry, cohort, sari):
    sheet = (book := downloaded(registry))["Data IKM"]
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    body = sorted(lines[1:], key=lambda line: str(line[AT["address"]]))
    fresh = [None] * len(COLUMNS)
    for key, value in {"name": "Contoh Baru Sekali", "legal_form": "CV", "phone": "081255556666",
                       "owner_name": "Bima", "regency": "Kota Tegal", "consent": "Ya"}.items():  # fmt: skip
        fresh[AT[key]] = value
    order = list(reversed(range(len(COLUMNS))))
    book.remove(sheet)
    moved_about = book.create_sheet("Data IKM", 0)
    for line in [lines[0], *body, fresh]:
        moved_about.append([line[index] for index in order])
    batch = sent_back(book, cohort, sari)
    assert batch.counts()["same"] == 73
    assert [row.values["name"] for row in batch.rows.filter(outcome="new")] == ["Contoh Baru Sekali"]


def test_a_half_sorted_sheet_is_noticed(registry, cohort, sari):
    book = downloaded(registry[:2])
    edit(book, "code", registry[1].code, 2)
    edit(book, "code", registry[0].code, 3)
    batch = sent_back(book, cohort, sari)
    assert {row.outcome for row in batch.rows.all()} == {"error"}
    assert {row.problems[0]["code"] for row in batch.rows.all()} == {"mixed_rows"}


def test_an_import_of_edits_can_be_taken_back(registry, cohort, sari):
    before = list(downloaded(one_of(registry))["Data IKM"].iter_rows(values_only=True))[1]
    book = downloaded(one_of(registry))
    for key, value in {"name": "Nama Baru", "owner_name": "Wulan", "phone": "081122223333", "nib": None, "kbli": None,
                       "annual_sales": "1,5 M", "processes": "Stamping", "products": "Mur"}.items():  # fmt: skip
        edit(book, key, value)
    batch = sent_back(book, cohort, sari)
    actions.save_import(batch, by=sari)
    assert current_name(registry, before) == "Nama Baru"
    batch.refresh_from_db()
    actions.undo_import(batch, by=sari)
    after = list(downloaded(registry.filter(code=before[0]))["Data IKM"].iter_rows(values_only=True))[1]
    told = [key for key in AT if key not in ("version", "trace", "updated_at")]
    assert {key: after[AT[key]] for key in told} == {key: before[AT[key]] for key in told}


def current_name(registry, line) -> str:
    return registry.get(code=line[0]).name


def test_who_had_no_contact_gains_one(registry, cohort, sari):
    current(registry).people.all().delete()
    Enterprise.objects.filter(pk=registry.first().pk).update(phone="+62283351234")
    book = downloaded(one_of(registry))
    edit(book, "owner_name", "Wulan")
    edit(book, "phone", "081122223333")
    batch = sent_back(book, cohort, sari)
    assert list(changes(batch)) == ["owner_name", "phone:narahubung"]
    actions.save_import(batch, by=sari)
    person = current(registry).people.get()
    assert (person.full_name, person.phone, person.is_primary) == ("Wulan", "+6281122223333", True)
    assert current(registry).phone == "+62283351234"


def test_an_unknown_code_is_said_to_be_so(registry, cohort, sari):
    book = downloaded(one_of(registry))
    edit(book, "code", "TIDAKADA")
    (row,) = sent_back(book, cohort, sari).rows.all()
    assert (row.outcome, row.problems[0]["code"]) == ("error", "unknown_code")


def test_without_its_code_a_row_is_a_registration_like_any_other(registry, cohort, sari):
    book = downloaded(one_of(registry))
    edit(book, "code", None)
    (row,) = sent_back(book, cohort, sari).rows.all()
    assert (row.outcome, row.enterprise) == ("same", current(registry))


def test_the_same_code_twice_is_refused(registry, cohort, sari):
    sheet = (book := downloaded(one_of(registry)))["Data IKM"]
    sheet.append([cell.value for cell in sheet[2]])
    assert {row.problems[0]["code"] for row in sent_back(book, cohort, sari).rows.all()} == {"code_twice"}


def test_an_edit_in_excel_is_a_correction_that_a_later_registration_sheet_leaves_alone(
    registry, cohort, sari, workbook
):
    book = downloaded(one_of(registry))
    edit(book, "capital", 1)
    edit(book, "capital", "99 juta")
    actions.save_import(sent_back(book, cohort, sari), by=sari)
    actions.preview_import(workbook, cohort, by=sari, file_name="lagi.xlsx")
    batch = ImportBatch.objects.latest("created_at")
    actions.save_import(batch, by=sari)
    assert current(registry).capital == 99_000_000


def test_the_sheet_explains_itself_and_offers_choices(registry):
    book = downloaded(one_of(registry))
    assert book.sheetnames == ["Data IKM", "Keterangan", "Pilihan"]
    told = {row[0] for row in book["Keterangan"].iter_rows(min_row=2, values_only=True)}
    assert set(headers(2025)) <= told
    assert len(book["Data IKM"].data_validations.dataValidation) == 5
    assert book["Data IKM"].column_dimensions[book["Data IKM"].cell(1, AT["trace"] + 1).column_letter].hidden


def test_the_language_of_the_reader_changes_nothing(registry, cohort, sari):
    with override("en"):
        batch = sent_back(downloaded(registry), cohort, sari)
    assert {row.outcome for row in batch.rows.all()} == {"same"}


def test_a_sheet_is_read_in_a_fixed_number_of_queries(registry, cohort, sari, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        export_sheet(with_everything(registry), FULL)


HOSTILE = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "PT ", "'"]),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30),
    ),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=HOSTILE)
@example(text='=HYPERLINK("x")')
@example(text="+62 812")
@example(text="ABADI JAYA")
def test_whatever_a_name_begins_with_it_is_the_same_after_the_way_out_and_back(registry, cohort, sari, text):
    Enterprise.objects.filter(pk=registry.first().pk).update(name=text, address=text, certificates=text)
    pk = registry.filter(name=text).first().pk
    book = downloaded(registry.filter(pk=pk))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    batch = sent_back(book, cohort, sari)
    assert [row.outcome for row in batch.rows.all()] == ["same"]
    batch.rows.all().delete()
    batch.delete()


@given(
    cells=st.dictionaries(
        st.sampled_from(["name", "address", "capital"]), st.text(max_size=20) | st.integers()
    ),
    version=st.integers(0, 10**6),
)
def test_a_trace_comes_back_as_it_went(cells, version):
    trace = read_trace(trace_of("AB12CD", version, cells, ["nib"]))
    assert (trace.code, trace.version, trace.masked) == ("AB12CD", version, frozenset({"nib"}))
    assert all(moved(value, trace.cells.get(key), value) is Move.UNTOUCHED for key, value in cells.items())


@given(text=st.none() | st.text() | st.sampled_from(["{}", "[]", "1", '{"isi":1,"kode":2}', "[" * 5000]))
def test_a_damaged_trace_is_none(text):
    assert read_trace(text) is None

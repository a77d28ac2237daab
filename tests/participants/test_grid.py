"""The sheet in the browser: what the portal makes of its rows. The keys and the paste are tests/journeys'."""

import json
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from closedloop.accounts.roles import Role
from participants.grid import FIELDS, MOST_ROWS, columns, rows_in
from participants.import_template import HEADERS
from participants.models import Enterprise, ImportBatch
from tests.factories.participants import CohortFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db

GRID, CHECK = reverse("participants:grid"), reverse("participants:grid_check")


@pytest.fixture
def cohort(codes):
    return CohortFactory(code="2026")


def line(**told) -> list[str]:
    """The cells of a row that says what is right, and what is asked for."""
    right = {"name": "Contoh Tempa", "legal_form": "CV", "owner_name": "Bima", "phone": "0812 3456 7899",
             "regency": "Kab. Tegal", "consent": "Ya"}  # fmt: skip
    return [(right | told).get(field, "") for field in FIELDS]


def sent(*rows) -> str:
    return json.dumps([[number, cells] for number, cells in rows])


def test_each_fault_is_told_for_its_cell(client, login, cohort):
    login(Role.STAFF)
    answer = client.post(
        CHECK, {"rows": sent((2, line()), (7, line(phone="0812", nib="12")), (9, [""] * 21))}
    )
    found = answer.json()["rows"]
    assert found["2"] == []
    assert [problem["field"] for problem in found["7"]] == ["phone", "nib"]
    assert all(problem["message"] for problem in found["7"])
    assert "9" not in found


def test_the_rows_become_an_import_with_the_numbers_of_the_screen(client, login, cohort):
    login(Role.STAFF)
    EnterpriseFactory(name="Sudah Ada", nib="9120000000777")
    data = {
        "rows": sent((2, line()), (5, line(phone="0812")), (6, line(name="Lain", nib="9120000000777"))),
        "cohort": "2026",
        "key": str(uuid4()),
    }
    answer = client.post(GRID, data)
    batch = ImportBatch.objects.get()
    assert answer["Location"] == batch.get_absolute_url()
    assert str(batch.pk) == data["key"] and batch.file_name.startswith("isian-lembar-")
    assert dict(batch.rows.values_list("sheet_row", "outcome"))[2] == "new"
    assert dict(batch.rows.values_list("sheet_row", "outcome"))[5] == "error"
    assert dict(batch.rows.values_list("sheet_row", "outcome"))[6] == "changed"
    assert Enterprise.objects.count() == 1
    again = client.post(GRID, data)
    assert again["Location"] == batch.get_absolute_url() and ImportBatch.objects.count() == 1


def test_what_cannot_be_taken_comes_back_as_it_was_typed(client, login, cohort):
    login(Role.STAFF)
    rows = sent((2, line()))
    page = client.post(GRID, {"rows": rows, "cohort": "", "key": str(uuid4())})
    assert "Pilih angkatan." in page.content.decode()
    assert page.context["form"]["rows"].value() == rows
    page = client.post(GRID, {"rows": "[]", "cohort": "2026", "key": str(uuid4())})
    assert "Lembar masih kosong" in page.content.decode()
    assert not ImportBatch.objects.exists()


def test_text_that_begins_like_a_formula_is_typed_and_kept_as_text(client, login, cohort):
    login(Role.STAFF)
    data = {"rows": sent((2, line(name="=1+1", certificates="+62"))), "cohort": "2026", "key": str(uuid4())}
    client.post(GRID, data)
    row = ImportBatch.objects.get().rows.get()
    assert (row.outcome, row.values["name"], row.values["certificates"]) == ("new", "=1+1", "+62")


@pytest.mark.parametrize(
    "text",
    ["", "x", "{}", "[1]", "[[2]]", '[[1,["a"]]]', '[["a",["b"]]]', '[[2,["a"]],[2,["b"]]]', "[" * 9999,
     json.dumps([[2, ["a"] * 22]]), json.dumps([[number, []] for number in range(2, MOST_ROWS + 4)])],
)  # fmt: skip
def test_what_no_grid_sends_is_refused(client, login, text):
    login(Role.STAFF)
    if text:
        assert client.post(CHECK, {"rows": text}).status_code in (200, 400)
    if text not in ("{}",):
        with pytest.raises(ValidationError):
            rows_in(text)


@given(rows=st.lists(st.tuples(st.integers(), st.lists(st.text() | st.none() | st.integers(), max_size=25))))
def test_whatever_is_sent_is_read_or_refused(rows):
    try:
        read = rows_in(json.dumps(rows))
    except ValidationError:
        return
    assert all(isinstance(cell, str) for row in read for cell in row.cells)


def test_the_columns_are_those_of_the_blank_sheet():
    assert [column["header"] for column in columns(2025)] == [header.format(year=2025) for header in HEADERS]


def test_a_hundred_rows_are_checked_in_few_queries(client, login, cohort, django_assert_max_num_queries):
    login(Role.STAFF)
    rows = sent(*((number, line(name=f"Contoh {number}")) for number in range(2, 102)))
    with django_assert_max_num_queries(8):
        assert client.post(CHECK, {"rows": rows}).status_code == 200

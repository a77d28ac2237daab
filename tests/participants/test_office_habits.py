"""Another workbook of the same office: same habits, other rows, other columns, other headers."""

import pytest

from participants import actions
from participants.models import Enterprise
from tests.factories.participants import CohortFactory
from tests.generated import office

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(codes):
    return actions.preview_import(office.content(), CohortFactory(), by=None, file_name="dinas.xlsx")


def test_every_row_is_what_is_right(batch):
    rows = {row.sheet_row: row for row in batch.rows.all()}
    told = {number: truth for number, (_cells, truth) in enumerate(office.ROWS, 5) if truth}
    assert rows.keys() == told.keys()
    for number, truth in told.items():
        row = rows[number]
        assert row.outcome == truth["outcome"], (number, row.problems)
        errors = [(one["field"], one["code"]) for one in row.problems if not one["is_warning"]]
        if truth["outcome"] == "error":
            assert errors == [(truth["field"], truth["code"])]
        read = row.values | {"regency": row.values["regency_code"]}
        for name, value in truth.items():
            if name not in ("outcome", "field", "code", "employees"):
                assert read[name] == value, (number, name)


def test_what_is_right_is_saved_and_the_same_file_changes_nothing(batch):
    actions.save_import(batch, by=None)
    right = [truth for _cells, truth in office.ROWS if truth.get("outcome") == "new"]
    assert Enterprise.objects.count() == len(right)
    for truth in right:
        enterprise = Enterprise.objects.get(name=truth["name"])
        figure = enterprise.annual_figures.get(year=2024)
        assert (figure.annual_sales, figure.employee_count) == (truth["annual_sales"], truth["employees"])
        assert (enterprise.nib, enterprise.npwp, enterprise.capital) == (
            truth["nib"],
            truth["npwp"],
            truth["capital"],
        )
        assert enterprise.employee_count == truth["employees"]
        assert enterprise.people.get().phone == truth["phone"]
    again = actions.preview_import(office.content(), batch.cohort, by=None, file_name="dinas.xlsx").counts()
    assert (again["new"], again["changed"], again["same"]) == (0, 0, len(right))

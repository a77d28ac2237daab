"""Ten thousand faulty rows: every one named, and nothing changed (reliability I1)."""

import pytest

from participants import actions
from participants.headers import field_of
from tests.factories.participants import CohortFactory, EnterpriseFactory
from tests.generated.faults import FAULTS, KINDS, faulty_rows
from tests.generated.registrations import HEADERS
from tests.generated.registry import checksums
from tests.generated.xlsx import workbook as written

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_every_fault_is_named_with_its_cell_and_its_cure(codes):
    cohort, _known = CohortFactory(), EnterpriseFactory()
    before = checksums()
    batch = actions.preview_import(
        written([HEADERS, *faulty_rows(250)]), cohort, by=None, file_name="salah.xlsx"
    )
    assert checksums() == before

    rows = list(batch.rows.order_by("sheet_row"))
    assert [row.outcome for row in rows] == ["error"] * 250
    for number, row in enumerate(rows):
        header, value, code = FAULTS[KINDS[number % 25]]
        errors = [problem for problem in row.problems if not problem["is_warning"]]
        assert [(problem["field"], problem["code"]) for problem in errors] == [(field_of(header), code)]
        [problem] = errors
        assert problem["sheet_row"] == number + 2
        assert problem["header"] == header
        assert problem["column"] == "ABCDEFGHIJKLMNOPQRSTUV"[HEADERS.index(header)]
        assert problem["value"] == ("" if value is None else str(value).strip()[:200])
        assert len(problem["message"].split()) >= 4 and problem["message"].endswith(".")
    actions.save_import(batch, by=None)
    assert checksums() == before

"""The import, against what is right for each row of the sample workbook."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from assessments.models import Assessment
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.workflow import TransitionError
from participants import actions
from participants.models import AnnualFigure, Enrolment, Enterprise, ImportBatch, ImportRow, Person
from participants.workbook import UnreadableWorkbook
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, EnterpriseFactory
from tests.generated.registrations import HEADERS, good_rows
from tests.generated.xlsx import workbook as written

pytestmark = pytest.mark.django_db

TRUTH = json.loads(
    (Path(__file__).resolve().parent.parent / "data" / "pendaftaran-ikm-2026.truth.json").read_text()
)
FIRST = "rows=86 created=73 updated=0 unchanged=0 duplicates=1 possible_duplicates=1 errors=11"
AGAIN = "rows=86 created=0 updated=0 unchanged=73 duplicates=1 possible_duplicates=1 errors=11"


@pytest.fixture
def cohort(codes):
    return CohortFactory(code="2026", quota=80)


def run(*arguments):
    """Return the output of the command and how it ended."""
    out = StringIO()
    try:
        call_command("import_participants", *map(str, arguments), stdout=out)
    except SystemExit as ended:
        return out.getvalue(), ended.code
    return out.getvalue(), 0


def everything():
    """Return counts of every table an import writes to, and when the enterprises last changed."""
    tables = (Enterprise, Person, Enrolment)
    return [table.objects.count() for table in tables], set(Enterprise.objects.values_list("pk", "version"))


def test_the_command_creates_exactly_the_rows_that_are_right(cohort, workbook):
    output, code = run(workbook, "--cohort", "2026")

    assert output.splitlines()[-1] == FIRST
    assert code == 1
    right = [row for row in TRUTH if row["outcome"] == "import"]
    registry = {(one.nib, one.npwp, one.regency_id, one.capital) for one in Enterprise.objects.all()}
    assert registry == {(row["nib"], f"0{row['npwp15']}", row["regency"], row["capital"]) for row in right}
    for row in right:
        enterprise = Enterprise.objects.get(npwp=f"0{row['npwp15']}")
        assert enterprise.people.get().phone == row["phone"]
        figure = enterprise.annual_figures.get()
        assert (figure.year, figure.annual_sales) == (2025, row["annual_sales"])
        assert figure.employee_count == row["employees"]
        assert enterprise.enrolments.get().status == "registered"
        assert enterprise.consents.get().purpose == "training"


def test_the_outcome_of_every_row_is_kept(cohort, workbook):
    batch = actions.preview_import(workbook, cohort, by=None, file_name="pendaftaran.xlsx")
    expected = {row["row"]: {"import": "new"}.get(row["outcome"], row["outcome"]) for row in TRUTH}
    assert dict(batch.rows.values_list("sheet_row", "outcome")) == expected
    assert not Enterprise.objects.exists()


def test_each_refused_row_is_named_with_its_cell_and_its_cure(cohort, workbook):
    output, _code = run(workbook, "--cohort", "2026", "--dry-run")
    lines = output.splitlines()
    for row in TRUTH:
        if row["outcome"] == "error":
            mine = [line for line in lines if line.startswith(f"baris {row['row']}, kolom ")]
            assert mine and f"({row['field']})" in mine[0], row["row"]


def test_the_same_file_twice_changes_nothing(cohort, workbook):
    run(workbook, "--cohort", "2026")
    before = everything()
    output, code = run(workbook, "--cohort", "2026")
    assert (output.splitlines()[-1], code) == (AGAIN, 1)
    assert everything() == before


def test_a_dry_run_says_the_same_and_writes_nothing(cohort, workbook):
    events = Event.objects.count()
    output, code = run(workbook, "--cohort", "2026", "--dry-run")
    assert (output.splitlines()[-1], code) == (FIRST, 1)
    assert not ImportBatch.objects.exists()
    assert Event.objects.count() == events


def test_the_refused_rows_come_back_as_the_same_sheet(cohort, workbook, tmp_path):
    out = tmp_path / "perbaiki.xlsx"
    run(workbook, "--cohort", "2026", "--errors", out)
    sheet = load_workbook(out).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("Baris", "Alasan", "Timestamp", "Nama Usaha")
    assert [row[0] for row in rows[1:]] == [row["row"] for row in TRUTH if row["outcome"] != "import"]
    assert all(row[1] for row in rows[1:])


@pytest.mark.parametrize(
    "file, cohort_code, words",
    [
        ("tidak-ada.xlsx", "2026", "tidak dapat dibuka"),
        ("kosong.xlsx", "2026", "kosong"),
        ("pendaftaran-ikm-2026.xlsx", "1999", "Angkatan 1999 tidak ada"),
    ],
)
def test_a_wrong_call_ends_in_a_plain_sentence(cohort, workbook, tmp_path, file, cohort_code, words):
    (tmp_path / "kosong.xlsx").touch()
    path = workbook if file == workbook.name else tmp_path / file
    with pytest.raises(CommandError, match=words) as stopped:
        run(path, "--cohort", cohort_code)
    assert stopped.value.returncode == 2


@pytest.fixture
def saved(cohort, workbook):
    batch = actions.preview_import(workbook, cohort, by=None, file_name="pendaftaran.xlsx")
    return actions.save_import(batch, by=None)


def again(cohort, workbook, **counts):
    batch = actions.preview_import(workbook, cohort, by=None, file_name="lagi.xlsx")
    found = batch.counts()
    assert {outcome: found[outcome] for outcome in counts} == counts
    return batch


def test_a_batch_is_saved_once(saved):
    with pytest.raises(TransitionError):
        actions.save_import(saved, by=None)


def test_a_discarded_batch_writes_nothing(cohort, workbook):
    batch = actions.preview_import(workbook, cohort, by=None, file_name="pendaftaran.xlsx")
    actions.discard_import(batch, by=UserFactory())
    with pytest.raises(TransitionError):
        actions.save_import(batch, by=None)
    assert not Enterprise.objects.exists()


def test_what_the_sheet_says_newly_is_a_change(saved, cohort, workbook):
    enterprise = Enterprise.objects.get(nib="1707536455681")
    Enterprise.objects.filter(pk=enterprise.pk).update(capital=None, version=7)

    batch = again(cohort, workbook, changed=1, same=72)
    actions.save_import(batch, by=None)

    enterprise.refresh_from_db()
    assert (enterprise.capital, enterprise.version) == (3_400_000_000, 8)
    again(cohort, workbook, changed=0, same=73)


def test_a_correction_by_a_person_stays(saved, cohort, workbook):
    staff, enterprise = UserFactory(), Enterprise.objects.get(nib="1707536455681")
    actions.update_enterprise(enterprise, by=staff, capital=3_500_000_000)
    actions.record_annual_figure(enterprise, by=staff, year=2025, annual_sales=18_300_000_000)
    again(cohort, workbook, changed=0, same=73)


def test_a_contact_that_a_person_corrected_is_not_added_again(saved, cohort, workbook):
    person = Person.objects.get(enterprise__nib="1707536455681")
    actions.update_person(person, by=UserFactory(), full_name="Teguh Wibowo", phone="+6281200000001")
    again(cohort, workbook, changed=0, same=73)


def test_workers_that_a_person_corrected_stay_when_the_sales_are_new(saved, cohort, workbook):
    enterprise = Enterprise.objects.get(nib="1707536455681")
    figure = enterprise.annual_figures.get()
    AnnualFigure.objects.filter(pk=figure.pk).update(annual_sales=None)
    actions.record_annual_figure(enterprise, by=UserFactory(), year=2025, employee_count=50)
    actions.save_import(again(cohort, workbook, changed=1, same=72), by=None)
    figure.refresh_from_db()
    assert (figure.annual_sales, figure.employee_count) == (18_200_000_000, 50)


def test_class_and_approved_assessment_are_never_touched(saved, cohort, workbook):
    enterprise = Enterprise.objects.get(nib="1707536455681")
    AssessmentFactory(enrolment=enterprise.enrolments.get(), filled=3, submitted=True, approved=True)
    approved = Assessment.objects.values().get()
    Enterprise.objects.filter(pk=enterprise.pk).update(
        capital=None, class_level=3, class_since=date(2026, 5, 1), founded_year=None
    )
    actions.save_import(again(cohort, workbook, changed=1, same=72), by=None)
    enterprise.refresh_from_db()
    assert (enterprise.capital, enterprise.founded_year) == (3_400_000_000, 1995)
    assert (enterprise.class_level, enterprise.class_since) == (3, date(2026, 5, 1))
    assert Assessment.objects.values().get() == approved


def test_the_numbers_of_a_merged_record_lead_to_its_survivor(saved, cohort, workbook):
    survivor = EnterpriseFactory(nib=None, npwp=None)
    hidden = Enterprise.objects.get(nib="1707536455681")
    Enterprise.objects.filter(pk=hidden.pk).update(merged_into=survivor)
    batch = again(cohort, workbook, changed=1, same=72)
    row = batch.rows.get(outcome="changed")
    assert row.enterprise == survivor
    assert not {"nib", "npwp"} & set(row.values["changes"])
    actions.save_import(batch, by=None)
    again(cohort, workbook, changed=0, same=73)


def test_an_enterprise_of_another_cohort_is_not_enrolled_twice(saved, workbook):
    next_cohort = CohortFactory(code="2027")
    batch = again(next_cohort, workbook, same=73)
    assert "enrolled_elsewhere" in [problem["code"] for problem in batch.rows.first().problems]
    actions.save_import(batch, by=None)
    assert not next_cohort.enrolments.exists()


def test_a_graduate_joins_the_next_cohort_by_import(saved, workbook):
    Enrolment.objects.update(status="graduated")
    batch = again(CohortFactory(code="2027"), workbook, changed=73)
    actions.save_import(batch, by=None)
    assert batch.cohort.enrolments.filter(status="registered").count() == 73


def test_a_number_taken_since_the_preview_stops_the_whole_import(cohort, workbook):
    batch = actions.preview_import(workbook, cohort, by=None, file_name="pendaftaran.xlsx")
    EnterpriseFactory(nib="1707536455681")
    with pytest.raises(ValidationError, match="berubah sejak"):
        actions.save_import(batch, by=None)
    assert Enterprise.objects.count() == 1
    batch.refresh_from_db()
    assert batch.status == "previewed"


def test_a_record_edited_since_the_preview_stops_the_whole_import(saved, cohort, workbook):
    enterprise = Enterprise.objects.get(nib="1707536455681")
    Enterprise.objects.filter(pk=enterprise.pk).update(capital=None)
    batch = again(cohort, workbook, changed=1)
    enterprise.refresh_from_db()
    actions.update_enterprise(enterprise, by=UserFactory(), founded_year=1996)
    with pytest.raises(ValidationError, match="berubah sejak"):
        actions.save_import(batch, by=None)


def test_a_possible_duplicate_is_saved_when_a_person_says_so(cohort, workbook):
    staff = UserFactory()
    batch = actions.preview_import(workbook, cohort, by=staff, file_name="pendaftaran.xlsx")
    row = batch.rows.get(outcome="possible_duplicate")
    actions.import_as_new(row, by=staff)
    actions.save_import(batch, by=staff)
    row.refresh_from_db()
    assert row.enterprise.nib == "5811003722686"
    assert Enterprise.objects.count() == 74


def test_only_a_row_that_waits_is_decided(saved):
    with pytest.raises(ValidationError):
        actions.import_as_new(saved.rows.get(outcome="possible_duplicate"), by=UserFactory())


def test_a_file_that_is_no_workbook_leaves_nothing_behind(cohort):
    with pytest.raises(UnreadableWorkbook):
        actions.preview_import(b"Nama,NIB\n", cohort, by=None, file_name="pendaftaran.xlsx")
    assert not ImportBatch.objects.exists()


def test_nothing_is_imported_into_a_closed_cohort(workbook):
    with pytest.raises(ValidationError):
        actions.preview_import(workbook, CohortFactory(status="closed"), by=None, file_name="a.xlsx")


def test_batches_are_seen_by_those_who_import():
    batch = EnrolmentFactory().cohort.imports.create(file_name="a.xlsx", file_sha256="0" * 64)
    assert list(ImportBatch.objects.visible_to(UserFactory(role=Role.STAFF))) == [batch]
    for role in set(Role) - {Role.STAFF}:
        assert not ImportBatch.objects.visible_to(UserFactory(role=role)).exists()


def test_outcomes_are_disjoint():
    assert not set(ImportRow.WRITTEN) & set(ImportRow.REFUSED)


@pytest.mark.parametrize(
    "men, women, count", [(6, 4, 10), (6, None, 6), (None, 4, 4), (0, None, 0), (None, None, None)]
)
def test_record_sheet_and_yearly_figure_count_workers_alike(codes, men, women, count):
    row = good_rows(1)[0]
    row[HEADERS.index("Karyawan L")], row[HEADERS.index("Karyawan P")] = men, women
    batch = actions.preview_import(
        written([HEADERS, row]), CohortFactory(), by=None, file_name="karyawan.xlsx"
    )
    actions.save_import(batch, by=None)
    enterprise = Enterprise.objects.get()
    assert (enterprise.employees_male, enterprise.employees_female) == (men, women)
    assert enterprise.employee_count == count
    assert enterprise.annual_figures.get().employee_count == count

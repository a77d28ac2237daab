"""Many rows at a time leave what one act after another leaves."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from closedloop.audit.models import Event
from participants import actions
from participants.actions.import_new import free_codes
from participants.actions.import_values import Codes, annual_figure_of, consent_of, contact_of, enterprise_of
from participants.models import (
    AnnualFigure,
    Consent,
    Enrolment,
    EnrolmentMove,
    Enterprise,
    EnterpriseKbli,
    Person,
    Product,
)
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnterpriseFactory
from tests.generated.registrations import HEADERS, good_rows
from tests.generated.xlsx import workbook as written

pytestmark = pytest.mark.django_db

TABLES = (Enterprise, EnterpriseKbli, Product, Person, AnnualFigure, Consent, Enrolment, EnrolmentMove)
# what differs between any two runs, and the version, which counts the steps of the single path
OWN = {"id", "created_at", "updated_at", "given_at", "code", "version"}


def one_after_another(batch, *, by):
    """The same import by the acts that a person does one at a time."""
    codes = Codes()
    for row in batch.rows.filter(outcome="new"):
        enterprise = actions.register_enterprise(
            by=by,
            source=batch.file_name,
            person=contact_of(row.values),
            kbli=row.values["kbli"],
            products=row.values["products"],
            processes=codes.processes_of(row.values),
            annual_figure=annual_figure_of(row.values, batch),
            consent=consent_of(row.values, batch),
            **enterprise_of(row.values, codes),
        )
        enrolment = actions.enrol(enterprise, batch.cohort, by=by)
        actions.move_enrolment(enrolment, Enrolment.Status.REGISTERED, by=by)


def named(value):
    """A value that means the same in both runs: a record by its words instead of its id."""
    return str(value) if hasattr(value, "_meta") else value


def everything():
    """All that the registry and the trail hold, without what differs between any two runs."""
    rows = {
        table.__name__: [
            {
                field.name: named(getattr(one, field.name))
                for field in table._meta.fields
                if field.name not in OWN
            }
            for one in table.objects.order_by("created_at", "id")
        ]
        for table in TABLES
    }
    names = {one.pk: str(one) for one in Enterprise.objects.all()}
    rows["processes"] = [[str(one), sorted(one.processes.values_list("code", flat=True))]
                         for one in Enterprise.objects.order_by("nib")]  # fmt: skip
    rows["events"] = [
        (event.verb, event.target_type, event.target_name, event.actor_id, event.actor_name,
         names.get(event.enterprise_id), event.data)
        for event in Event.objects.exclude(target_type="participants.importbatch").order_by("id")
    ]  # fmt: skip
    return rows


def undone(act, *arguments, **options):
    """What is there after an act, which is taken back at once."""
    with transaction.atomic():
        act(*arguments, **options)
        found = everything()
        transaction.set_rollback(True)
    return found


ODD = [
    {"Nama Pemilik": None, "Email": "hanya@contoh.id"},  # nobody to call: the number is the enterprise's own
    {"NIB": None, "NPWP": None},
    {"Omzet 2025": None, "Karyawan L": None, "Karyawan P": None},
    {"Produk Utama": "Baut,  baut ; Baut," + "x" * 200, "Proses": "stamping, cor, sulap"},
    {"KBLI": "12345", "Timestamp": None},
    {"KBLI": None, "Proses": None, "Produk Utama": None},
]


def odd_rows():
    rows = good_rows(len(ODD))
    for row, changes in zip(rows, ODD, strict=True):
        for header, value in changes.items():
            row[HEADERS.index(header)] = value
    return rows


@pytest.mark.parametrize("by_somebody", [True, False])
def test_the_same_rows_and_events_as_one_after_another(codes, workbook, by_somebody):
    by = UserFactory() if by_somebody else None
    for file in (workbook, written([HEADERS, *odd_rows()])):
        batch = actions.preview_import(file, CohortFactory(), by=by, file_name="pendaftaran.xlsx")
        at_once = undone(actions.save_import, batch, by=by)
        batch.refresh_from_db()
        in_turn = undone(one_after_another, batch, by=by)
        assert at_once["Enterprise"] and at_once["events"]
        for name, rows in in_turn.items():
            assert at_once[name] == rows, name


def test_every_row_knows_its_enterprise_and_search_finds_it(codes):
    batch = actions.preview_import(
        written([HEADERS, *good_rows(30)]), CohortFactory(), by=None, file_name="a.xlsx"
    )
    actions.save_import(batch, by=None)
    rows = list(batch.rows.select_related("enterprise"))
    assert [row.enterprise.name for row in rows] == [row.values["name"] for row in rows]
    for row in rows:
        for words in (row.values["name"], row.values["nib"], row.values["phone"]):
            assert row.enterprise in Enterprise.objects.search(words)


def test_codes_are_free_and_differ(monkeypatch):
    EnterpriseFactory(code="AAAAAA")
    codes = iter(["AAAAAA", "BBBBBB", "BBBBBB", "CCCCCC", "BBBBBB", "DDDDDD", "EEEEEE"])
    monkeypatch.setattr("participants.actions.import_new.new_code", lambda: next(codes))
    assert sorted(free_codes(3)) == ["BBBBBB", "CCCCCC", "DDDDDD"]


def test_progress_is_told_in_hundredths(codes):
    told = []
    batch = actions.preview_import(
        written([HEADERS, *good_rows(300)]), CohortFactory(), by=None, file_name="a.xlsx",
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    saving = []
    actions.save_import(batch, by=None, progress=lambda done, total: saving.append((done, total)))
    for calls in (told, saving):
        assert calls == sorted(set(calls)) and len(calls) <= 100
        assert all(total == 100 for _done, total in calls)
    assert told[-1] == (100, 100)


def test_a_number_that_somebody_took_at_the_same_time_stops_the_whole_import(codes):
    batch = actions.preview_import(
        written([HEADERS, *good_rows(3)]), CohortFactory(), by=None, file_name="a.xlsx"
    )
    first, *_middle, last = batch.rows.all()
    last.values["nib"] = first.values["nib"]  # as if another import had come between looking and writing
    last.save()
    with pytest.raises(ValidationError, match="baru saja didaftarkan"), transaction.atomic():
        actions.save_import(batch, by=None)
    assert not Enterprise.objects.exists()
    batch.refresh_from_db()
    assert batch.status == "previewed"

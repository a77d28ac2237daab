"""Codes never change meaning (J8): what was ever shipped stays, whatever it is called by now."""

from itertools import count

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from closedloop.accounts.roles import Role
from participants import actions
from participants.actions.reference import load_processes
from participants.grid import FIELDS, GridRow, grid_workbook
from participants.models import (
    ClassLevel,
    Consent,
    Document,
    Enrolment,
    EnterpriseKbli,
    Kbli,
    LegalForm,
    Person,
    Process,
)
from participants.views.grid import choices
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnterpriseFactory, ProcessFactory

pytestmark = pytest.mark.django_db

COUNT = count(1)

# add to these; nothing may ever be taken out
PROCESSES = (
    "stamping machining turning casting forging cold-forging welding coiling plastic-injection rubber-moulding "
    "dies-and-jigs heat-treatment plating painting assembly sewing"
)
KBLI = (
    "22112 22192 22199 22293 22299 24102 24310 24320 25910 25920 25934 25951 25952 25999 27202 28112 28221 28299 "
    "29101 29102 29200 29300 30911 30912"
)
OPTIONS = {
    LegalForm: "pt pt_perorangan cv firma ud koperasi perorangan",
    Person.Position: "owner director delegate production quality finance other",
    Consent.Purpose: "training sharing publicity",
    Enrolment.Status: "applicant registered active on_leave graduated withdrawn",
    Document.Kind: "nib npwp deed environment bpjs siinas integrity iso9001 other",
    ClassLevel: "1 2 3 4",
}


def test_no_shipped_code_is_ever_lost(codes):
    assert set(PROCESSES.split()) <= set(Process.objects.values_list("code", flat=True))
    assert set(KBLI.split()) <= set(Kbli.objects.filter(version="2020").values_list("code", flat=True))


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: options.__qualname__)
def test_no_option_is_ever_lost(options):
    assert set(OPTIONS[options].split()) <= {str(value) for value in options.values}


@pytest.mark.parametrize("model", [Process, Kbli])
@pytest.mark.parametrize("act", ["delete", "recode"])
def test_the_database_keeps_every_code(codes, model, act):
    row = model.objects.first()
    with pytest.raises(DatabaseError, match="permanent"), transaction.atomic():
        row.delete() if act == "delete" else model.objects.filter(pk=row.pk).update(code="99999")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")
    assert model.objects.filter(code=row.code).exists()


def test_a_renamed_process_is_found_by_its_old_and_its_new_name(codes):
    staff = UserFactory(role=Role.STAFF)
    turning = Process.objects.get(code="turning")
    actions.update_process(turning, by=staff, name="Pembubutan presisi", is_retired=False)
    load_processes()
    assert Process.objects.get(code="turning").name == "Pembubutan presisi"
    for written in ("Pembubutan presisi", "bubut", "Bubut dan CNC"):
        assert imported(staff, written) == (["turning"], [])


def test_a_process_staff_added_is_read_by_an_import(codes):
    staff = UserFactory(role=Role.STAFF)
    assert actions.add_process(by=staff, name="Hidro  forming").code == "hidro-forming"
    assert imported(staff, "HIDRO FORMING") == (["hidro-forming"], [])


def test_a_retired_code_is_not_offered_stays_on_old_data_and_is_read_with_a_warning(codes, client, login):
    staff = login(Role.STAFF)
    sewing = Process.objects.get(code="sewing")
    enterprise = EnterpriseFactory()
    enterprise.processes.add(sewing)
    actions.update_process(sewing, by=staff, name=sewing.name, is_retired=True)
    Kbli.objects.filter(code="25910").update(is_retired=True)
    assert "Penjahitan" not in [name for name, _hint in choices()["processes"]]
    assert "25910" not in [code for code, _hint in choices()["kbli"]]
    fresh = client.get(reverse("participants:add")).content.decode()
    assert "Penjahitan" not in fresh and "25910" not in fresh
    assert "Penjahitan" in client.get(reverse("participants:edit", args=[enterprise.code])).content.decode()
    assert "Penjahitan" in client.get(reverse("participants:detail", args=[enterprise.code])).content.decode()
    assert imported(staff, "jahit", kbli="25910") == (["sewing"], ["retired_kbli", "retired_process"])
    assert EnterpriseKbli.objects.filter(kbli__code="25910").exists()


def test_two_processes_never_go_by_one_name(codes):
    staff = UserFactory(role=Role.STAFF)
    for name in ("bubut", "Pengecoran", "Cor logam"):
        with pytest.raises(Exception, match="orang menyebut"):
            actions.add_process(by=staff, name=name)
        with pytest.raises(Exception, match="orang menyebut"):
            actions.update_process(ProcessFactory(code="sewing"), by=staff, name=name, is_retired=False)


def imported(staff, processes: str, *, kbli: str = "") -> tuple[list[str], list[str]]:
    """Import one enterprise that says so; return the codes it has, and the warnings about them."""
    number = f"{next(COUNT):04}"
    told = {"name": f"Contoh {number}", "legal_form": "CV", "owner_name": f"Orang {number}", "kbli": kbli,
            "phone": f"0812345{number}", "regency": "Kab. Tegal", "consent": "Ya", "processes": processes}  # fmt: skip
    row = GridRow(2, tuple(told.get(field, "") for field in FIELDS))
    batch = actions.preview_import(
        grid_workbook([row], year=2025), CohortFactory(), by=staff, file_name="uji.xlsx"
    )
    actions.save_import(batch, by=staff)
    (kept,) = batch.rows.all()
    warnings = sorted(problem["code"] for problem in kept.problems)
    return sorted(kept.enterprise.processes.values_list("code", flat=True)), warnings

"""A merge taken back leaves every table as it was: over the whole programme, and over any mixture of rows."""

from contextlib import contextmanager, suppress
from datetime import date
from functools import cached_property
from hashlib import sha256

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closedloop.audit.models import Event
from closedloop.figures.scope import Scope
from participants.actions.merges import merge_enterprises, undo_merge
from participants.models import Enterprise, EnterpriseKbli, EnterpriseMerge, Kbli, Product
from participants.moves import links
from tests.factories.accounts import UserFactory
from tests.factories.participants import (
    AnnualFigureFactory,
    CohortFactory,
    ConsentFactory,
    DocumentFactory,
    EnrolmentFactory,
    EnterpriseFactory,
    PersonFactory,
    ProcessFactory,
)
from tests.guards.ours import our_models
from tests.world import World
from trainings.models import Attendance

pytestmark = pytest.mark.django_db

# what goes on: the trail and the memory of the merge itself, and how often a record was saved
GOES_ON = {Event, EnterpriseMerge}
COUNTERS = {"version", "updated_at"}


def checksums() -> dict[str, str]:
    """Return a hash of every table, so that a single changed cell shows."""
    joins = [model for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
    found = {}
    for model in [*our_models(), *joins]:
        if model in GOES_ON:
            continue
        names = [field.attname for field in model._meta.concrete_fields]
        if model is Enterprise:
            names = [name for name in names if name not in COUNTERS]
        rows = sorted(map(str, model._base_manager.values_list(*names)))
        found[model._meta.label] = sha256("\n".join(rows).encode()).hexdigest()
    return found


class Undone(Exception):
    """Ends a transaction on purpose."""


@contextmanager
def undone():
    with suppress(Undone), transaction.atomic():
        yield
        raise Undone


def populated(world) -> None:
    """Build every record of the world that can stand beside the others."""
    for name in dir(World):
        if isinstance(getattr(World, name), cached_property):
            with suppress(Exception), transaction.atomic():
                getattr(world, name)


def apps_under(enterprise) -> set[str]:
    return {link.label.split(".")[0] for link in links() if link.rows(enterprise).exists()}


def test_over_the_whole_programme(world):
    populated(world)
    other, survivor = world.enterprise, EnterpriseFactory(name="Contoh Stamping Utamaa")
    other.refresh_from_db()
    if other.class_level:
        Enterprise.objects.filter(pk=survivor.pk).update(
            class_level=other.class_level, class_since=other.class_since
        )
    PersonFactory(enterprise=survivor)
    assert apps_under(other) >= {"participants", "assessments", "partnerships"}
    before = checksums()
    merge = merge_enterprises(survivor, other, by=world.staff, choices={"name": "other", "nib": "other"})
    assert sum(len(entry["ids"]) for entry in merge.moved) > 15
    assert apps_under(other) == set()
    assert Attendance.objects.filter(enrolment__enterprise=survivor).exists()
    assert not Scope().enterprises().filter(pk=other.pk).exists()
    during = checksums()
    assert during["assessments.Assessment"] != before["assessments.Assessment"]
    assert during["partnerships.PurchaseOrder"] != before["partnerships.PurchaseOrder"]
    undo_merge(merge, by=world.staff)
    assert checksums() == before


RECORDS = st.fixed_dictionaries(
    {
        "products": st.sets(st.sampled_from(["Bracket", "Clamp", "Bushing"])),
        "years": st.sets(st.sampled_from([2023, 2024, 2025])),
        "people": st.integers(0, 2),
        "consents": st.sets(st.sampled_from(["training", "sharing"])),
        "enrolments": st.dictionaries(
            st.sampled_from([0, 1]), st.sampled_from(["active", "withdrawn", "graduated"])
        ),
        "kbli": st.sets(st.sampled_from([0, 1])),
        "documents": st.integers(0, 2),
        "processes": st.sets(st.sampled_from(["stamping", "casting"])),
        "npwp": st.booleans(),
        "address": st.sampled_from(["", "Jl. Satu", "Jl. Dua"]),
        "capital": st.sampled_from([None, 0, 1_200_000_000]),
    }
)
CHOICES = st.dictionaries(
    st.sampled_from(["name", "nib", "npwp", "address", "capital"]), st.sampled_from(["survivor", "other"])
)
NPWP = {0: "0518844725898000", 1: "0848648879825000"}


def make(number: int, told: dict, cohorts, codes) -> Enterprise:
    enterprise = EnterpriseFactory(
        npwp=NPWP[number] if told["npwp"] else None, address=told["address"], capital=told["capital"]
    )
    for name in told["products"]:
        Product.objects.create(enterprise=enterprise, name=name)
    for place, year in enumerate(sorted(told["years"])):
        AnnualFigureFactory(enterprise=enterprise, year=year, is_baseline=place == 0)
    for place in range(told["people"]):
        PersonFactory(enterprise=enterprise, is_primary=place == 0)
    for purpose in told["consents"]:
        ConsentFactory(enterprise=enterprise, purpose=purpose)
    is_open = False
    for which, status in told["enrolments"].items():
        status = "withdrawn" if is_open and status == "active" else status
        is_open |= status == "active"
        EnrolmentFactory(enterprise=enterprise, cohort=cohorts[which], status=status)
    for place, which in enumerate(sorted(told["kbli"])):
        EnterpriseKbli.objects.create(enterprise=enterprise, kbli=codes[which], is_primary=place == 0)
    for _ in range(told["documents"]):
        DocumentFactory(enterprise=enterprise, issued_on=date(2025, 3, 1))
    enterprise.processes.set([ProcessFactory(code=code, name=code.title()) for code in told["processes"]])
    return enterprise


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=RECORDS, second=RECORDS, choices=CHOICES)
def test_over_any_mixture_of_rows(db, first, second, choices):
    with undone():
        staff = UserFactory(role="staff")
        cohorts = [CohortFactory(), CohortFactory()]
        codes = [Kbli.objects.create(code=f"2900{place}", title="Contoh") for place in (0, 1)]
        survivor = make(0, first, cohorts, codes)
        other = make(1, second, cohorts, codes)
        before = checksums()
        try:
            merge = merge_enterprises(survivor, other, by=staff, choices=choices)
        except ValidationError as error:
            assert "Keduanya masih mengikuti program" in str(error) or "masih terbuka" in str(error)
            assert checksums() == before
            return
        assert not other.enrolments.filter(status="active").exists()
        assert survivor.people.filter(is_primary=True).count() == bool(first["people"] or second["people"])
        numbers = {one for row in Enterprise.with_merged.all() for one in (row.nib, row.npwp) if one}
        undo_merge(merge, by=staff)
        assert checksums() == before
        assert numbers == {one for row in Enterprise.with_merged.all() for one in (row.nib, row.npwp) if one}

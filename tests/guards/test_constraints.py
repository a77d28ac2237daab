"""The database refuses impossible rows: every constraint is tried with the row that it must refuse (D7)."""

import pytest
from django.db import IntegrityError, connection, models, transaction

from assessments.models import Assessment, Finding
from participants.models import Document, Material, MeasuringTool
from tests.factories.links import DisputeFactory
from tests.guards.ours import our_models
from tests.guards.rows import change, one
from tests.guards.violations import MODULES, VIOLATIONS

CONSTRAINTS = sorted(constraint.name for model in our_models() for constraint in model._meta.constraints)
UNIQUE_FIELDS = [
    (model, field.name)
    for model in our_models()
    for field in model._meta.local_concrete_fields
    if field.unique and not field.primary_key
]
# values for unique fields that a new row leaves unknown
KNOWN = {
    "dispute": lambda: DisputeFactory().pk,
    "npwp": lambda: "0123456789012345",
    "supersedes": lambda: one(Assessment),
    "replaces": lambda: one(Document),
    "repeat_of": lambda: one(Finding),
    "record_number": lambda: "BA/SATU",
    # a line of a profile that was confirmed
    "material": lambda: one(Material),
    "tool": lambda: one(MeasuringTool),
    "document": lambda: one(Document),
}
# what a check constraint wants beside such a value
BESIDE = {
    "supersedes": {"correction_reason": "Dua butir tertukar"},
    **{kind: {"machine": None} for kind in ("material", "tool", "document")},
}


def refused(act) -> str:
    """Return the name of the constraint by which the database refuses the act."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    return refusal.value.__cause__.diag.constraint_name


def test_every_constraint_has_a_violation_and_no_violation_is_left_over(count):
    written = [name for module in MODULES for name in module.VIOLATIONS]
    assert sorted(written) == CONSTRAINTS
    count("constraints", constraints=len(CONSTRAINTS), unique_fields=len(UNIQUE_FIELDS))


@pytest.mark.django_db
@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_database_refuses(name, count):
    assert refused(VIOLATIONS[name]) == name
    count("constraints", refused=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "model, name", [pytest.param(m, f, id=f"{m.__name__}.{f}") for m, f in UNIQUE_FIELDS]
)
def test_the_database_refuses_a_second_row_with_the_same(model, name, count):
    first, second = one(model), one(model)
    value = getattr(first, name)
    if value is None:
        value = KNOWN[name]()
        change(first, **{name: value}, **BESIDE.get(name, {}))
    index = refused(lambda: change(second, **{name: value}, **BESIDE.get(name, {})))
    column = model._meta.get_field(name).column
    with connection.cursor() as cursor:
        assert connection.introspection.get_constraints(cursor, model._meta.db_table)[index]["columns"] == [
            column
        ]
    count("constraints", refused=1)


def test_no_model_says_unique_together():
    assert [model for model in our_models() if model._meta.unique_together] == []


def test_every_constraint_is_of_a_kind_that_is_tried_here():
    kinds = {type(constraint) for model in our_models() for constraint in model._meta.constraints}
    assert kinds <= {models.CheckConstraint, models.UniqueConstraint}

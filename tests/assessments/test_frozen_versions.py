"""What a rubric or a class scheme said when it was published, it says for ever; past every action, in the database."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessments.models import ClassRequirement, ClassScheme, Criterion, Dimension, Rubric
from tests.factories.assessments import ANCHORS, ClassSchemeFactory, RubricFactory, dimension

pytestmark = pytest.mark.django_db


def sql(statement):
    return lambda one: connection.cursor().execute(statement, [one.pk])


RUBRIC_WRITES = {
    "name": lambda one: Rubric.objects.filter(pk=one.pk).update(name="Lain"),
    "unpublish": lambda one: Rubric.objects.filter(pk=one.pk).update(published_at=None),
    "scale": sql("UPDATE assessments_rubric SET scale_max = 5 WHERE id = %s"),
    "weight": lambda one: one.dimensions.filter(code="5R").update(weight=41),
    "dimension in": lambda one: Dimension.objects.create(
        rubric=one, code="X", name="X", name_en="X", weight=1, order=9
    ),
    "dimension away": lambda one: dimension_to(one, RubricFactory(published_at=None)),
    "words": lambda one: Criterion.objects.filter(dimension__rubric=one).update(text="Lain"),
    "critical": lambda one: Criterion.objects.filter(dimension__rubric=one, code="KS7").update(is_critical=False),
    "item in": lambda one: Criterion.objects.create(
        dimension=one.dimensions.first(), code="R9", text="Baru", anchors=ANCHORS, order=9
    ),
    "item out": lambda one: Criterion.objects.filter(dimension__rubric=one, code="KS1").delete(),
    "item from a draft": lambda one: Criterion.objects.filter(
        dimension__rubric=RubricFactory(published_at=None), code="KS1"
    ).update(dimension=one.dimensions.first()),
    "sql": sql(
        "UPDATE assessments_criterion SET weight = 9 WHERE dimension_id IN "
        "(SELECT id FROM assessments_dimension WHERE rubric_id = %s)"
    ),
}  # fmt: skip
SCHEME_WRITES = {
    "example no more": lambda one: ClassScheme.objects.filter(pk=one.pk).update(is_example=False),
    "unpublish": lambda one: ClassScheme.objects.filter(pk=one.pk).update(published_at=None),
    "easier": lambda one: one.requirements.update(threshold=1),
    "asks more": lambda one: one.requirements.create(level=4, measure="buyers", threshold=2, order=9),
    "asks less": lambda one: one.requirements.filter(level=4).delete(),
    "from a draft": lambda one: ClassRequirement.objects.create(
        scheme=ClassSchemeFactory(published_at=None), level=4, measure="buyers", threshold=1, order=9
    ) and ClassRequirement.objects.filter(measure="buyers").update(scheme=one),
    "sql": sql("INSERT INTO assessments_classrequirement (id, created_at, scheme_id, level, measure, subject, "
               "\"order\") VALUES (gen_random_uuid(), now(), %s, 4, 'document', 'nib', 3)"),
}  # fmt: skip


def dimension_to(rubric, other):
    Dimension.objects.filter(rubric=rubric, code="5R").update(rubric=other, code="NEW")


@pytest.mark.parametrize("write", RUBRIC_WRITES.values(), ids=RUBRIC_WRITES)
def test_a_published_rubric_does_not_change(write):
    rubric = RubricFactory()
    with pytest.raises(IntegrityError, match="a published version does not change"), transaction.atomic():
        write(rubric)
    assert (rubric.dimensions.count(), rubric.dimensions.first().weight) == (3, 40)


@pytest.mark.parametrize("write", SCHEME_WRITES.values(), ids=SCHEME_WRITES)
def test_a_published_scheme_does_not_change(write):
    scheme = ClassSchemeFactory()
    with pytest.raises(IntegrityError, match="a published version does not change"), transaction.atomic():
        write(scheme)
    assert scheme.requirements.count() == 3


BROKEN = {
    "the weights of its dimensions are not 100": lambda one: one.dimensions.filter(code="5R").update(
        weight=Decimal("39.99")
    ),
    "a dimension has no items": lambda one: (
        one.dimensions.filter(code="5R").update(weight=39),
        dimension(one, "X", "Kosong", 1, 9),
    ),
    "a code stands for two items": lambda one: Criterion.objects.filter(
        dimension__rubric=one, code="KS1"
    ).update(code="R1.1"),
    "an item does not say what each score means": lambda one: Criterion.objects.filter(
        dimension__rubric=one, code="KS1"
    ).update(anchors=[*ANCHORS[:3], "", ANCHORS[4]]),
}


@pytest.mark.parametrize(("fault", "spoil"), BROKEN.items())
def test_a_broken_rubric_is_not_published(fault, spoil):
    draft = RubricFactory(published_at=None)
    spoil(draft)
    with pytest.raises(IntegrityError, match=fault), transaction.atomic():
        Rubric.objects.filter(pk=draft.pk).update(published_at=timezone.now())
    assert Rubric.objects.get(pk=draft.pk).is_draft


def test_a_scale_too_long_for_its_words_is_not_published():
    draft = RubricFactory(published_at=None, scale_max=5)
    with pytest.raises(IntegrityError, match="what each score means"), transaction.atomic():
        Rubric.objects.filter(pk=draft.pk).update(published_at=timezone.now())


def test_a_scheme_that_asks_for_nothing_is_not_published():
    draft = ClassSchemeFactory(published_at=None)
    draft.requirements.all().delete()
    with pytest.raises(IntegrityError, match="asks for nothing"), transaction.atomic():
        ClassScheme.objects.filter(pk=draft.pk).update(published_at=timezone.now())

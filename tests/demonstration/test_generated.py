"""A generated programme: any size, the same for the same seed, believable, and as messy as the real ones."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from participants.missing import GAPS
from participants.models import Cohort, Enrolment, Enterprise, MentorAssignment, Person, Product

pytestmark = pytest.mark.django_db
SIZE = 400


def generate(**options):
    output = StringIO()
    call_command("generate_data", **{"enterprises": SIZE, "seed": 7, "stdout": output, **options})
    return output.getvalue()


@pytest.fixture(autouse=True)
def allowed(settings):
    settings.DEBUG = True


def contents():
    enterprises = Enterprise.objects.order_by("code").values_list("code", "name", "nib", "regency", "capital")
    products = Product.objects.order_by("enterprise__code", "name").values_list("enterprise__code", "name")
    return list(enterprises), list(products)


def test_it_is_whole_and_has_its_mess():
    assert f"IKM={SIZE}" in generate()
    assert Enterprise.objects.count() == SIZE
    for key, gap in GAPS.items():
        missing = Enterprise.objects.filter(gap.condition()).count()
        assert 0 < missing < SIZE, key
    assert set(Enrolment.objects.values_list("status", flat=True)) == set(Enrolment.Status.values)
    assert MentorAssignment.objects.filter(ends_on=None).exists()
    assert not Enrolment.objects.open().filter(cohort__status=Cohort.Status.CLOSED).exists()
    assert not Person.objects.exclude(phone="").exclude(phone__startswith="+62812000").exists()
    enrolment = Enrolment.objects.filter(status="graduated").first()
    assert [move.after for move in enrolment.moves.order_by("on")][-1] == "graduated"


def test_what_is_generated_is_found_by_searching():
    generate()
    assert 0 < Enterprise.objects.search("kenalpot").count() < SIZE


def test_the_same_seed_gives_the_same_programme():
    contents_of = []
    for _round in range(2):
        with transaction.atomic():
            generate()
            contents_of.append(contents())
            transaction.set_rollback(True)
    assert contents_of[0] == contents_of[1]


def test_another_seed_adds_another_programme():
    generate()
    with pytest.raises(CommandError, match="seed 7 is there already"):
        generate()
    generate(seed=8)
    assert Enterprise.objects.count() == 2 * SIZE


@pytest.mark.parametrize("options", [{"enterprises": 0}, {"enterprises": 2_000_000}, {"seed": -1}])
def test_nonsense_is_refused(options):
    with pytest.raises(CommandError, match="Ask for 1 to"):
        generate(**options)


def test_it_is_refused_where_real_data_may_be(settings):
    settings.DEBUG = settings.INSECURE_HTTP = False
    with pytest.raises(CommandError, match="only where DEBUG"):
        generate()

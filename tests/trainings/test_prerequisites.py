"""A prerequisite that is not passed is said to whoever schedules, runs or attends, and stops nobody."""

import pytest
from django.urls import reverse

from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.trainings import (
    CohortCurriculumFactory,
    ModuleFactory,
    SessionFactory,
    enrol,
    pass_module,
)
from trainings.lacking import lacking_of
from trainings.prerequisites import waits_for
from trainings.progress import module_progress

pytestmark = pytest.mark.django_db


@pytest.fixture
def modules():
    """(BM, 5R that needs it) of one cohort."""
    curriculum = CohortCurriculumFactory().curriculum
    first = ModuleFactory(curriculum=curriculum, code="BM", order=1)
    return first, ModuleFactory(curriculum=curriculum, code="5R", order=2, prerequisite=first)


@pytest.fixture
def cohort(modules):
    return modules[0].curriculum.cohort_pins.get().cohort


def test_it_waits_until_the_prerequisite_or_the_module_is_passed(modules):
    first, second = modules
    assert [waits_for(first, set()), waits_for(second, set())] == ["", "BM"]
    assert waits_for(second, {"BM"}) == waits_for(second, {"5R"}) == ""


def test_only_those_who_lack_it_are_named(modules, cohort):
    first, second = modules
    assert lacking_of(cohort, second) is None
    passed, _person = enrol(cohort)
    missing, _person = enrol(cohort)
    pass_module(passed, first)
    lacking = lacking_of(cohort, second)
    assert (lacking.code, lacking.enrolments, lacking.total) == ("BM", [missing], 2)
    assert lacking_of(cohort, first) is None
    assert [item.waits_for for item in module_progress(missing)] == ["", "BM"]


def test_it_is_said_on_the_pages_and_the_session_goes_on(client, login, modules, cohort):
    enrolment, person = enrol(cohort)
    session = SessionFactory(running=True, module=modules[1], cohort=cohort)
    login(Role.STAFF)
    page = client.get(reverse("trainings:session", args=[session.code])).content.decode()
    assert "1 dari 1 IKM di daftar belum lulus prasyarat BM" in page
    page = client.get(reverse("trainings:enterprise", args=[enrolment.enterprise.code])).content.decode()
    assert "Prasyarat BM belum lulus" in page
    if person.user is None:
        person.user = UserFactory(role=Role.OWNER)
        person.save()
    login(person.user)
    page = client.get(reverse("trainings:my_session", args=[session.code])).content.decode()
    assert "yang belum Anda lulus" in page and "Catat kehadiran" in page
    pass_module(enrolment, modules[0])
    assert (
        "belum Anda lulus"
        not in client.get(reverse("trainings:my_session", args=[session.code])).content.decode()
    )

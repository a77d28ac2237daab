"""Counted by hand: one module of 8 JP in two sessions, two IKM."""

from decimal import Decimal

import pytest

from closedloop.figures import catalogue as figures
from participants.models import Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory
from tests.factories.trainings import AttendanceFactory, ModuleFactory, SessionFactory, TestResultFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def training(cohort):
    """The first IKM was at both sessions, the second at one of two; the first also passed the test."""
    first, second = EnrolmentFactory(cohort=cohort), EnrolmentFactory(cohort=cohort)
    module = ModuleFactory(lesson_hours=8)
    sessions = [SessionFactory(cohort=cohort, module=module, held=True, lesson_hours=4) for _ in range(2)]
    for session in sessions:
        AttendanceFactory(session=session, enrolment=first, verification="verified", **checked())
    AttendanceFactory(session=sessions[0], enrolment=second)
    TestResultFactory(enrolment=first, module=module, mark=75)
    return first, second


def checked():
    return {"verified_by": UserFactory(), "verified_at": "2026-11-20T03:00:00Z"}


def test_attendance_is_hours_attended_of_hours_held(cohort, training):
    value = figures.value("attendance.rate", figures.Scope(cohort=cohort))
    assert (value.n, value.m, value.value) == (12, 16, Decimal("0.75"))
    assert (value.text, value.of, value.records) == ("75%", "3 dari 4 sesi (12 dari 16 JP)", 4)


def test_one_ikm_on_the_sheet_of_its_cohort_has_its_own_share(cohort, training):
    sheet = figures.Sheet(figures.Scope(cohort=cohort))
    assert [sheet.of(one.enterprise_id).value("attendance.rate").text for one in training] == ["100%", "50%"]
    own = figures.value("attendance.rate", figures.Scope(enterprise=training[1].enterprise))
    assert own.of == "1 dari 2 sesi (4 dari 8 JP)"


def test_verified_marks_and_passed_modules(cohort, training):
    scope = figures.Scope(cohort=cohort)
    assert figures.value("attendance.verified", scope).of == "2 dari 3 tanda hadir"
    assert figures.value("attendance.modules_passed", scope).of == "1 dari 2 modul"
    assert figures.value("attendance.sessions", scope).of == "3 dari 4 sesi"


def test_before_the_first_session_attendance_is_unknown(cohort):
    EnrolmentFactory(cohort=cohort)
    assert figures.value("attendance.rate", figures.Scope(cohort=cohort)).value is None


def test_applicants_and_leavers_are_in_nobodys_denominator(cohort, training):
    EnrolmentFactory(cohort=cohort, status=Enrolment.Status.APPLICANT)
    EnrolmentFactory(cohort=cohort, status=Enrolment.Status.WITHDRAWN)
    assert figures.value("attendance.rate", figures.Scope(cohort=cohort)).m == 16

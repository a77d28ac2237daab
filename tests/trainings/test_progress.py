"""How attendance and modules are counted."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

import participants.actions
from closedloop.accounts.roles import Role
from participants.models import Cohort, Enrolment, Person
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, PersonFactory
from tests.factories.trainings import (
    AttendanceFactory,
    CohortCurriculumFactory,
    CurriculumFactory,
    ModuleFactory,
    SessionFactory,
    enrol,
    pass_module,
)
from trainings import actions
from trainings.completion import Gap, State
from trainings.counting import AttendanceShare, total
from trainings.models import Curriculum, Module, TestResult
from trainings.progress import (
    cohort_attendance,
    cohort_progress,
    enrolment_attendance,
    module_progress,
    passed_modules,
    passed_modules_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pin(db):
    return CohortCurriculumFactory()


@pytest.fixture
def module(pin):
    return ModuleFactory(curriculum=pin.curriculum, code="5R")


@pytest.fixture
def enrolment(pin):
    return enrol(pin.cohort)[0]


@pytest.fixture
def held(pin, module):
    """Make a closed session of the module."""
    return lambda **fields: SessionFactory(cohort=pin.cohort, module=module, held=True, **fields)


def test_nothing_held_is_unknown(enrolment, module):
    (item,) = module_progress(enrolment)
    assert item.module == module
    assert item.attendance == AttendanceShare()
    assert item.attendance.ratio is None
    assert (item.pre_mark, item.post_mark) == (None, None)
    assert item.completion.state == State.UNKNOWN


def test_hours_and_sessions_are_counted_of_those_held(enrolment, held, module):
    AttendanceFactory(session=held(lesson_hours=4), enrolment=enrolment)
    AttendanceFactory(session=held(lesson_hours=2), enrolment=enrolment, status="late")
    AttendanceFactory(session=held(lesson_hours=3), enrolment=enrolment, status="excused")
    held(lesson_hours=1)  # no mark at all: held, not attended
    SessionFactory(cohort=enrolment.cohort, module=module, lesson_hours=5)
    (item,) = module_progress(enrolment)
    assert item.attendance == AttendanceShare(sessions_present=2, sessions_held=4, jp_present=6, jp_held=10)
    assert item.attendance.ratio == Decimal("0.6")
    assert (item.sessions_to_come, item.jp_to_come) == (1, 5)
    assert enrolment_attendance(enrolment) == item.attendance


def test_two_people_of_one_ikm_count_once(enrolment, held):
    session = held()
    AttendanceFactory(session=session, enrolment=enrolment)
    AttendanceFactory(session=session, enrolment=enrolment, person=None, delegate_name="Sari")
    assert enrolment_attendance(enrolment).sessions_present == 1


def test_a_rejected_mark_is_no_presence(enrolment, held):
    staff = UserFactory()
    session = held()
    mark = AttendanceFactory(
        session=session,
        enrolment=enrolment,
        verification="rejected",
        verified_by=staff,
        verified_at=session.ends_at,
    )
    share = enrolment_attendance(mark.enrolment)
    assert (share.sessions_present, share.sessions_held) == (0, 1)


def test_a_make_up_session_gives_back_but_adds_nothing_to_what_was_held(enrolment, held):
    AttendanceFactory(session=held(lesson_hours=4), enrolment=enrolment, status="absent")
    AttendanceFactory(session=held(lesson_hours=4, kind="make_up"), enrolment=enrolment)
    AttendanceFactory(session=held(lesson_hours=4, kind="make_up"), enrolment=enrolment)
    assert enrolment_attendance(enrolment) == AttendanceShare(1, 1, 4, 4)


def test_a_leavers_share_stands_still(enrolment, held):
    AttendanceFactory(session=held(), enrolment=enrolment)
    Enrolment.objects.update(status=Enrolment.Status.WITHDRAWN)
    enrolment.refresh_from_db()
    held()
    assert enrolment_attendance(enrolment).sessions_held == 1


def test_a_delegate_does_not_stand_for_the_owner_who_must_come(pin):
    module = ModuleFactory(curriculum=pin.curriculum, code="BM", owner_must_attend=True)
    enrolment, _person = enrol(pin.cohort)
    pass_module(enrolment, module)
    assert passed_modules(enrolment.enterprise) == {"BM"}
    Person.objects.update(position=Person.Position.FINANCE)
    (item,) = module_progress(enrolment)
    assert item.completion.missing == (Gap.OWNER_AWAY,)
    assert item.attendance.ratio == 1  # the IKM was there; the owner was not


def test_visits_are_counted_as_sessions_too(enrolment, held):
    AttendanceFactory(session=held(kind="visit"), enrolment=enrolment)
    (item,) = module_progress(enrolment)
    assert (item.visits_present, item.attendance.sessions_held) == (1, 1)


def test_passed_modules_over_all_cohorts(module, enrolment):
    pass_module(enrolment, module)
    Enrolment.objects.update(status=Enrolment.Status.GRADUATED)
    second = EnrolmentFactory(enterprise=enrolment.enterprise)
    pass_module(second, ModuleFactory(code="KEU"))
    stranger = enrol(CohortFactory())[0].enterprise
    assert passed_modules_of([enrolment.enterprise, stranger]) == {
        enrolment.enterprise.pk: {"5R", "KEU"},
        stranger.pk: set(),
    }


def test_a_cohort_without_a_curriculum_has_no_modules():
    assert module_progress(EnrolmentFactory()) == []


def test_a_total_adds_hours_and_never_averages_shares():
    assert total([AttendanceShare(1, 1, 2, 2), AttendanceShare(0, 1, 0, 8)]).ratio == Decimal("0.2")


@pytest.mark.parametrize("rows", [1, 5])
@pytest.mark.parametrize("read", [cohort_progress, cohort_attendance])
def test_queries_do_not_grow_with_the_cohort(rows, read, pin, module, django_assert_max_num_queries):
    sessions = [SessionFactory(cohort=pin.cohort, module=module, held=True) for _ in range(rows)]
    for _ in range(rows):
        enrolment, person = enrol(pin.cohort)
        for session in sessions:
            AttendanceFactory(session=session, enrolment=enrolment, person=person)
    with django_assert_max_num_queries(6):
        assert len(read(pin.cohort)) == rows


class TestCurriculum:
    def test_the_shipped_one_has_six_modules_and_loads_once(self):
        curriculum = actions.load_reference()
        assert actions.load_reference() == curriculum
        assert Curriculum.objects.count() == 2
        assert (curriculum.version, curriculum.based_on.version) == (2, 1)
        assert list(curriculum.modules.values_list("code", "lesson_hours", "prerequisite__code")) == [
            ("BM", 16, None),
            ("5R", 16, "BM"),
            ("K3L", 16, "BM"),
            ("TEK", 32, "5R"),
            ("PSR", 12, "BM"),
            ("KEU", 16, "BM"),
        ]
        modules = curriculum.modules
        assert set(modules.filter(needed_for_supply=False).values_list("code", flat=True)) == {"PSR"}
        assert modules.get(owner_must_attend=True).code == "BM"
        assert modules.get(code="5R").visits == 3
        assert set(Module.objects.values_list("min_attendance", "pass_mark")) == {(Decimal("0.8"), 70)}
        assert curriculum.published_at

    def test_a_cohort_is_pinned_once_it_runs(self):
        cohort = CohortFactory(status=Cohort.Status.PLANNED)
        first, second = CurriculumFactory(), CurriculumFactory()
        staff = UserFactory()
        actions.pin_curriculum(cohort, first, by=staff)
        assert actions.pin_curriculum(cohort, second, by=staff).curriculum == second
        Cohort.objects.update(status=Cohort.Status.RUNNING)
        assert actions.pin_curriculum(cohort, second, by=staff).curriculum == second
        with pytest.raises(ValidationError, match="sudah berjalan"):
            actions.pin_curriculum(cohort, first, by=staff)

    def test_a_draft_is_not_pinned(self):
        with pytest.raises(ValidationError):
            actions.pin_curriculum(CohortFactory(), CurriculumFactory(published_at=None), by=UserFactory())


class TestMarks:
    @pytest.mark.parametrize("mark", ["-0.01", "100.01"])
    def test_an_impossible_mark_is_refused(self, enrolment, module, mark):
        with pytest.raises(ValidationError):
            actions.enter_test_result(
                enrolment, module, "post", Decimal(mark), enrolment.status_since, by=UserFactory()
            )

    def test_a_mark_is_entered_changed_and_taken_back(self, enrolment, module):
        staff = UserFactory()
        day = enrolment.status_since
        for mark in (Decimal(65), Decimal(65), Decimal(0)):
            result = actions.enter_test_result(enrolment, module, "post", mark, day, by=staff)
        assert TestResult.objects.get().mark == 0
        (item,) = module_progress(enrolment)
        assert item.post_mark == 0
        actions.remove_test_result(result, by=staff)
        assert module_progress(enrolment)[0].post_mark is None

    def test_only_modules_of_the_cohorts_curriculum(self, enrolment):
        with pytest.raises(ValidationError):
            actions.enter_test_result(
                enrolment, ModuleFactory(), "pre", Decimal(50), enrolment.status_since, by=UserFactory()
            )

    def test_nobody_took_a_test_tomorrow(self, enrolment, module):
        with pytest.raises(ValidationError):
            actions.enter_test_result(
                enrolment,
                module,
                "pre",
                Decimal(50),
                enrolment.status_since.replace(year=2999),
                by=UserFactory(),
            )


def test_another_person_of_the_ikm_counts_where_the_owner_need_not_come(held, enrolment):
    person = PersonFactory(
        enterprise=enrolment.enterprise, position=Person.Position.QUALITY, is_primary=False
    )
    AttendanceFactory(session=held(), enrolment=enrolment, person=person)
    assert enrolment_attendance(enrolment).sessions_present == 1


class TestJoiningAndLeaving:
    """n of m sessions: m counts from joining to leaving, without leaves."""

    @pytest.fixture
    def staff(self):
        return UserFactory(role=Role.STAFF)

    @pytest.fixture
    def held_ago(self, held):
        return lambda days, **fields: held(starts_at=timezone.now() - timedelta(days=days), **fields)

    @pytest.fixture
    def joined(self, pin, staff):
        """An enrolment with moves: (days ago, status) one after the other, from an applicant of long ago."""

        def enrolled(*moves):
            today = timezone.localdate()
            enrolment = participants.actions.enrol(
                PersonFactory().enterprise, pin.cohort, by=staff, on=today - timedelta(days=90)
            )
            for days, status in moves:
                participants.actions.move_enrolment(
                    enrolment, status, by=staff, on=today - timedelta(days=days), reason="Contoh"
                )
            return enrolment

        return enrolled

    def test_sessions_before_joining_are_not_owed(self, held_ago, joined):
        held_ago(40)
        held_ago(30)
        enrolment = joined((20, "registered"))
        AttendanceFactory(session=held_ago(10), enrolment=enrolment)
        held_ago(5)
        assert enrolment_attendance(enrolment) == AttendanceShare(1, 2, 4, 8)

    def test_a_leave_is_not_counted_and_what_was_attended_stays(self, held_ago, joined):
        enrolment = joined((60, "registered"), (58, "active"), (30, "on_leave"), (10, "active"))
        AttendanceFactory(session=held_ago(50), enrolment=enrolment)
        held_ago(20)
        held_ago(5)
        assert enrolment_attendance(enrolment) == AttendanceShare(1, 2, 4, 8)

    def test_from_the_day_of_leaving_nothing_is_owed(self, held_ago, joined):
        enrolment = joined((60, "registered"), (20, "withdrawn"))
        AttendanceFactory(session=held_ago(40), enrolment=enrolment)
        AttendanceFactory(session=held_ago(20), enrolment=enrolment, status="absent")
        held_ago(3)
        assert enrolment_attendance(enrolment) == AttendanceShare(1, 1, 4, 4)

    def test_who_came_before_joining_is_not_deprived_of_it(self, held_ago, joined):
        enrolment = joined((20, "registered"))
        AttendanceFactory(session=held_ago(40), enrolment=enrolment)
        assert enrolment_attendance(enrolment) == AttendanceShare(1, 1, 4, 4)

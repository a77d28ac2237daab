"""Cohorts, enrolments and mentors: the moves first, then the acts."""

from datetime import date
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from participants import actions
from participants.models import Cohort, Enrolment, EnrolmentMove
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import pinned_cohort
from tests.factories.participants import (
    CohortFactory,
    EnrolmentFactory,
    EnterpriseFactory,
    MentorAssignmentFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

ENROLMENT_MOVES = {
    ("applicant", "registered"),
    ("applicant", "withdrawn"),
    ("registered", "active"),
    ("registered", "withdrawn"),
    ("active", "on_leave"),
    ("active", "graduated"),
    ("active", "withdrawn"),
    ("on_leave", "active"),
    ("on_leave", "withdrawn"),
}
COHORT_MOVES = {("planned", "open"), ("planned", "running"), ("open", "running"), ("running", "closed")}


@pytest.mark.parametrize("before, after", list(product(Enrolment.Status.values, repeat=2)))
def test_an_enrolment_moves_along_its_table_and_no_other_way(before, after):
    enrolment, staff = EnrolmentFactory(status=before), UserFactory()
    if (before, after) not in ENROLMENT_MOVES:
        with pytest.raises(TransitionError):
            actions.move_enrolment(enrolment, after, by=staff, reason="Alasan")
        assert not EnrolmentMove.objects.exists()
        return

    actions.move_enrolment(enrolment, after, by=staff, on=date(2026, 5, 6), reason="Alasan")

    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.status_since) == (after, date(2026, 5, 6))
    move = enrolment.moves.get()
    assert (move.before, move.after, move.on, move.by, move.reason) == (
        before,
        after,
        date(2026, 5, 6),
        staff,
        "Alasan",
    )
    event = Event.objects.get(verb=f"enrolment.{after}")
    assert (event.enterprise_id, event.data) == (
        enrolment.enterprise_id,
        {"before": before, "reason": "Alasan"},
    )


@pytest.mark.parametrize("before, after", list(product(Cohort.Status.values, repeat=2)))
def test_a_cohort_moves_along_its_table_and_no_other_way(before, after):
    cohort = pinned_cohort(status=before)
    if (before, after) in COHORT_MOVES:
        actions.move_cohort(cohort, after, by=UserFactory())
        cohort.refresh_from_db()
        assert cohort.status == after
    else:
        with pytest.raises(TransitionError):
            actions.move_cohort(cohort, after, by=UserFactory())


@pytest.mark.parametrize("status", ["on_leave", "withdrawn"])
@pytest.mark.parametrize("reason", ["", "   "])
def test_pausing_and_leaving_need_a_reason(status, reason):
    enrolment = EnrolmentFactory(status="active")
    with pytest.raises(ValidationError):
        actions.move_enrolment(enrolment, status, by=UserFactory(), reason=reason)
    enrolment.refresh_from_db()
    assert enrolment.status == "active"


def test_a_move_is_not_dated_before_the_last_one():
    enrolment = EnrolmentFactory(status="active", status_since=date(2026, 3, 2))
    with pytest.raises(ValidationError):
        actions.move_enrolment(enrolment, "graduated", by=UserFactory(), on=date(2026, 3, 1))
    actions.move_enrolment(enrolment, "graduated", by=UserFactory(), on=date(2026, 3, 2))


def test_a_leaver_loses_the_mentor_and_leaves_the_roster():
    assignment = MentorAssignmentFactory(starts_on=date(2026, 1, 12))
    enrolment = assignment.enrolment
    assert list(Enrolment.objects.on_roster()) == [enrolment]

    actions.move_enrolment(
        enrolment, "withdrawn", by=UserFactory(), on=date(2026, 2, 1), reason="Pindah usaha"
    )

    assignment.refresh_from_db()
    assert assignment.ends_on == date(2026, 2, 1)
    assert not Enrolment.objects.on_roster().exists()


def test_the_owner_is_told_of_a_move():
    enrolment = EnrolmentFactory(status="registered")
    owner = PersonFactory(enterprise=enrolment.enterprise).user
    actions.move_enrolment(enrolment, "active", by=UserFactory())
    assert Notification.objects.get().user == owner


def test_enrolling_begins_as_applicant_with_a_move():
    enterprise, cohort, staff = EnterpriseFactory(), CohortFactory(), UserFactory()
    enrolment = actions.enrol(enterprise, cohort, by=staff, on=date(2026, 1, 12))
    assert (enrolment.status, enrolment.status_since) == ("applicant", date(2026, 1, 12))
    move = enrolment.moves.get()
    assert (move.before, move.after, move.by) == ("", "applicant", staff)
    assert Event.objects.get().verb == "enrolment.applicant"


def test_nobody_is_on_the_way_in_two_cohorts():
    enrolment = EnrolmentFactory(status="on_leave")
    with pytest.raises(ValidationError, match="masih mengikuti"):
        actions.enrol(enrolment.enterprise, CohortFactory(), by=UserFactory())


def test_nobody_is_enrolled_twice_in_one_cohort():
    enrolment = EnrolmentFactory(status="withdrawn")
    with pytest.raises(ValidationError, match="sudah ada"):
        actions.enrol(enrolment.enterprise, enrolment.cohort, by=UserFactory())


def test_a_graduate_may_join_the_next_cohort():
    enrolment = EnrolmentFactory(status="graduated")
    actions.enrol(enrolment.enterprise, CohortFactory(), by=UserFactory())
    assert enrolment.enterprise.enrolments.count() == 2


def test_a_full_quota_is_a_warning_and_no_refusal():
    cohort = CohortFactory(quota=1)
    for _ in range(2):
        actions.enrol(EnterpriseFactory(), cohort, by=UserFactory())
    assert cohort.places_left == -1


def test_nobody_joins_a_closed_cohort():
    with pytest.raises(ValidationError, match="ditutup"):
        actions.enrol(EnterpriseFactory(), CohortFactory(status="closed"), by=UserFactory())


def test_a_cohort_with_people_on_the_way_does_not_close():
    cohort = EnrolmentFactory(status="active").cohort
    with pytest.raises(ValidationError, match="Masih ada 1"):
        actions.move_cohort(cohort, "closed", by=UserFactory())


def test_a_second_mentor_releases_the_first():
    first = MentorAssignmentFactory(starts_on=date(2026, 1, 12))
    mentor = UserFactory(role=Role.MENTOR)

    second = actions.assign_mentor(first.enrolment, mentor, by=UserFactory(), starts_on=date(2026, 2, 1))

    first.refresh_from_db()
    assert (first.ends_on, second.starts_on, second.ends_on) == (date(2026, 2, 1), date(2026, 2, 1), None)
    assert Notification.objects.get().user == mentor
    assert Event.objects.get().verb == "enrolment.mentor_assigned"


def test_the_present_mentor_stays_as_they_are():
    present = MentorAssignmentFactory()
    assert actions.assign_mentor(present.enrolment, present.mentor, by=UserFactory()) == present
    assert not Event.objects.exists()


@pytest.mark.parametrize("who", [{"role": Role.STAFF}, {"role": Role.MENTOR, "is_active": False}])
def test_only_an_active_mentor_is_assigned(who):
    with pytest.raises(ValidationError, match="bukan mentor aktif"):
        actions.assign_mentor(EnrolmentFactory(), UserFactory(**who), by=UserFactory())


def test_a_mentor_does_not_begin_before_the_one_they_follow():
    present = MentorAssignmentFactory(starts_on=date(2026, 2, 1))
    with pytest.raises(ValidationError):
        actions.assign_mentor(
            present.enrolment, UserFactory(role=Role.MENTOR), by=UserFactory(), starts_on=date(2026, 1, 31)
        )


def test_who_left_gets_no_mentor():
    with pytest.raises(ValidationError, match="tidak mengikuti"):
        actions.assign_mentor(
            EnrolmentFactory(status="withdrawn"), UserFactory(role=Role.MENTOR), by=UserFactory()
        )


def test_a_cohort_code_is_used_once():
    CohortFactory(code="angkatan-6")
    with pytest.raises(ValidationError):
        actions.create_cohort(
            by=None,
            code="angkatan-6",
            name="Angkatan 6",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            quota=42,
        )


def test_changing_a_cohort_leaves_old_and_new_in_the_trail():
    cohort = CohortFactory(quota=42)
    actions.update_cohort(cohort, by=UserFactory(), quota=50)
    assert Event.objects.get().data == {"changes": {"quota": [42, 50]}}


def test_who_knows_of_which_cohort():
    assignment = MentorAssignmentFactory()
    mine, other = assignment.enrolment.cohort, CohortFactory()
    owner = PersonFactory(enterprise=assignment.enrolment.enterprise).user
    assert set(Cohort.objects.visible_to(UserFactory(role=Role.STAFF))) == {mine, other}
    assert set(Cohort.objects.visible_to(assignment.mentor)) == {mine}
    assert set(Cohort.objects.visible_to(owner)) == {mine}
    assert not Cohort.objects.visible_to(UserFactory(role=Role.BUYER)).exists()

"""How long a class holds and until when one may object: the day before, the day, the day after."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import validity
from assessments.models import ClassDecision
from closedloop.dashboard.tasks import tasks_for
from tests.guards.rows import one

DECIDED = date(2026, 11, 24)


@pytest.mark.parametrize(
    "decided_on, last",
    [
        (date(2026, 11, 24), date(2027, 11, 24)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_a_class_holds_until_the_same_day_a_year_later(decided_on, last):
    assert validity.valid_until(decided_on) == last


@pytest.mark.parametrize("days, overdue", [(-1, False), (0, False), (1, True)])
def test_it_is_due_for_a_look_from_the_day_after(days, overdue):
    last = validity.valid_until(DECIDED)
    assert validity.needs_review(last, last + timedelta(days=days)) is overdue


def test_the_new_assessment_is_due_sixty_days_before():
    assert validity.reassess_on(date(2027, 11, 24)) == date(2027, 9, 25)


@pytest.mark.parametrize("days, allowed", [(0, True), (13, True), (14, True), (15, False)])
def test_one_may_object_for_fourteen_days_the_last_one_included(days, allowed):
    assert validity.objection_until(DECIDED) == date(2026, 12, 8)
    assert validity.may_object(DECIDED, DECIDED + timedelta(days=days)) is allowed


def test_an_answer_is_in_time_for_fourteen_days():
    assert validity.answer_due(date(2026, 12, 1)) == date(2026, 12, 15)


@pytest.mark.django_db
class TestOverdue:
    @pytest.fixture
    def decision(self, world):
        ClassDecision.objects.filter(pk=world.decided_decision.pk).update(
            valid_until=timezone.localdate() - timedelta(days=1)
        )
        return ClassDecision.objects.get(pk=world.decided_decision.pk)

    @pytest.mark.parametrize("days, found", [(-1, 1), (0, 0), (1, 0)])
    def test_by_the_day(self, decision, days, found):
        today = timezone.localdate()
        ClassDecision.objects.update(valid_until=today + timedelta(days=days))
        assert ClassDecision.objects.overdue(today).count() == found

    def test_a_later_decision_renews_it(self, decision):
        again = one(
            ClassDecision,
            decided=True,
            assessment=decision.assessment,
            level_before=2,
            level_after=2,
            outcome="retained",
            decided_at=timezone.now(),
            valid_until=timezone.localdate() + timedelta(days=365),
        )
        assert list(ClassDecision.objects.in_force()) == [again]
        assert not ClassDecision.objects.overdue(timezone.localdate()).exists()

    def test_it_is_said_in_the_list_and_on_the_pages_and_the_class_stays(
        self, decision, world, client, login
    ):
        login(world.staff)
        page = client.get(reverse("assessments:decisions"), {"tampil": "ditinjau"}).content.decode()
        assert decision.code in page
        for name in ("assessments:enterprise", "participants:detail", "dashboard:profile"):
            assert (
                "Perlu ditinjau"
                in client.get(reverse(name, args=[decision.enterprise.code])).content.decode()
            )
        assert "Perlu ditinjau" in client.get(decision.get_absolute_url()).content.decode()
        login(world.owner)
        for name in ("assessments:my_scores", "dashboard:owner_home"):
            assert "Perlu ditinjau" in client.get(reverse(name)).content.decode()
        decision.enterprise.refresh_from_db()
        assert decision.enterprise.class_level == 2

    def test_staff_have_it_among_their_tasks(self, decision, world):
        found = [task for task in tasks_for(world.staff) if task.url.endswith("ditinjau")]
        assert [task.count for task in found] == [1]


def test_days_are_those_of_the_portals_clock():
    """A decision at 23:30 in Jakarta is of that day, though the server's clock says 16:30."""
    assert timezone.localdate(datetime(2026, 11, 24, 16, 30, tzinfo=UTC)) == DECIDED
    assert timezone.localdate(datetime(2026, 11, 24, 17, 0, tzinfo=UTC)) == DECIDED + timedelta(days=1)

"""Taps from two phones at once, from a phone that stutters, and beside the closing."""

import random
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from closedloop.audit.models import Event
from tests.factories.trainings import SessionFactory, enrol
from trainings import actions
from trainings.actions import Tapped
from trainings.models import Attendance, RosterTap

STATUSES = ("present", "late", "excused", "sick", "absent")


def at_once(*acts) -> None:
    """Let the acts begin together, each on a connection of its own."""
    together = Barrier(len(acts))

    def run(act):
        try:
            together.wait(timeout=10)
            act()
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(5))
def test_a_phone_that_stutters_leaves_what_one_that_does_not_leaves(seed):
    chance = random.Random(seed)
    session = SessionFactory(running=True)
    enrolments = [enrol(session.cohort)[0] for _number in range(4)]
    taps = [
        (chance.choice(enrolments), chance.choice(STATUSES), Tapped(key=uuid4())) for _number in range(12)
    ]
    last = {enrolment.pk: status for enrolment, status, _tapped in taps}
    for position, _tap in enumerate(taps):
        for enrolment, status, tapped in [
            taps[position],
            *chance.sample(taps[: position + 1], min(2, position + 1)),
        ]:
            actions.tap(session, enrolment, status, by=session.trainer, tapped=tapped)
    assert dict(Attendance.objects.values_list("enrolment", "status")) == last
    assert RosterTap.objects.count() == 12


@pytest.mark.usefixtures("regions_survive")
@pytest.mark.django_db(transaction=True)
def test_the_same_tap_twice_at_the_same_moment_is_one(transactional_db):
    session = SessionFactory(running=True)
    enrolment, tapped = enrol(session.cohort)[0], Tapped(key=uuid4())
    answers = []

    def send():
        answers.append(actions.tap(session, enrolment, "late", by=session.trainer, tapped=tapped))

    at_once(send, send, send)
    assert {one.pk for one in answers} == {tapped.key}
    assert len(answers) == 3
    assert Attendance.objects.get().status == "late"
    assert Event.objects.filter(verb="attendance.marked").count() == 1


@pytest.mark.usefixtures("regions_survive")
@pytest.mark.django_db(transaction=True)
def test_a_tap_beside_the_closing_marks_or_says_that_it_came_too_late(transactional_db):
    session = SessionFactory(running=True)
    enrolment, outcome = enrol(session.cohort)[0], {}

    def tap():
        outcome["tap"] = actions.tap(session, enrolment, "sick", by=session.trainer).outcome

    def close():
        try:
            actions.close_session(session, head_count=0, by=session.trainer)
        except ValidationError:  # never: nobody is present
            outcome["refused"] = True

    at_once(tap, close)
    mark = Attendance.objects.get()
    assert "refused" not in outcome
    assert (outcome["tap"], mark.status) in {("done", "sick"), ("closed", "absent")}

"""The wall: both lists, a search, names only when wanted, and a poll that costs little."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.trainings import AttendanceFactory, SessionFactory, enrol
from trainings.models import Attendance, TrainingSession

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def session(db, login):
    session = SessionFactory(running=True)
    login(session.trainer)
    return session


@pytest.fixture
def address(session):
    return reverse("trainings:session_screen", args=[session.code])


def check_in(session, **fields):
    enrolment, person = enrol(session.cohort)
    return AttendanceFactory(session=session, enrolment=enrolment, person=person, **fields)


def lists(page: str) -> tuple[str, str]:
    """What stands under *Belum* and under *Sudah*."""
    waiting, done = page.split('class="board-lists"')[1].split('<div class="done">')
    return waiting, done


def test_both_lists_and_their_counts(client, session, address):
    mark, (waiting, _person) = check_in(session), enrol(session.cohort)
    page = client.get(address).content.decode()
    todo, done = lists(page)
    assert str(waiting.enterprise) in todo and str(mark.enrolment.enterprise) in done
    assert "1 dari 2 IKM sudah tercatat hadir" in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_a_name_is_found(client, session, address):
    check_in(session)
    wanted, person = enrol(session.cohort)
    page = client.get(address, {"q": person.full_name.upper()}).content.decode()
    todo, done = lists(page)
    assert str(wanted.enterprise) in todo and "1 nama cocok" in page
    assert "<b>" not in done
    assert "1 dari 2 IKM" in page  # the counts are of everybody


def test_the_wall_without_names_keeps_the_counts(client, session, address):
    mark = check_in(session)
    for headers in ({}, HTMX):
        page = client.get(address, {"tanpa-nama": "1"}, headers=headers).content.decode()
        assert str(mark.enrolment.enterprise) not in page and mark.attendee not in page
        assert "1 dari 1 IKM" in page


def test_nothing_new_is_said_in_a_word(client, session, address):
    check_in(session)
    first = client.get(address, headers=HTMX)
    assert "<html" not in first.content.decode()
    seen = HTMX | {"If-None-Match": first.headers["ETag"]}
    assert client.get(address, headers=seen).status_code in (200, 304)  # the QR may have changed in between
    mark = check_in(session)
    answer = client.get(address, headers=seen)
    assert answer.status_code == 200 and str(mark.enrolment.enterprise) in answer.content.decode()
    seen = HTMX | {"If-None-Match": answer.headers["ETag"]}
    Attendance.objects.filter(pk=mark.pk).delete()
    assert client.get(address, headers=seen).status_code == 200


def test_what_a_poll_costs(client, session, address, record_property):
    for number in range(60):
        check_in(session) if number % 2 else enrol(session.cohort)
    costs = {}
    first = client.get(address, headers=HTMX)
    kinds = {"full": HTMX, "nothing new": HTMX | {"If-None-Match": first.headers["ETag"]}}
    for kind, headers in kinds.items():
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address, headers=headers)
        costs[kind] = (len(asked), round((time.perf_counter() - began) * 1000), len(answer.content))
    print(costs)
    record_property("board poll", costs)
    assert costs["nothing new"][0] <= 8 and costs["full"][0] <= 14


def test_a_closed_session_has_no_wall(client, address, session):
    session.status = "cancelled"
    session.save()
    assert client.get(address).url == session.get_absolute_url()


@pytest.mark.parametrize("query", [{}, {"tanpa-nama": "1"}])
@pytest.mark.parametrize("status", ["closed", "cancelled"])
def test_the_wall_of_a_session_that_is_over_says_so_without_names_and_stops_asking(
    client, session, address, query, status
):
    mark = check_in(session)
    TrainingSession.objects.filter(pk=session.pk).update(
        status=status, closed_at=timezone.now() if status == "closed" else None
    )
    answer = client.get(address, query, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 286 and "Presensi sesi ini sudah ditutup." in page
    assert 'id="live"' in page and "hx-get" not in page
    assert str(mark.enrolment.enterprise) not in page and mark.person.full_name not in page
    assert client.get(address, query).url == session.get_absolute_url()

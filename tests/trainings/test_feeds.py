"""Calendar feeds: well-formed, one's own, and dead once they are ended."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from closedloop.accounts.roles import Role
from tests.client import PortalClient
from tests.factories.accounts import UserFactory
from tests.factories.trainings import SessionFactory, enrol
from trainings import actions
from trainings.icalendar import Entry, escaped, feed, folded

MOMENT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def entry(**fields):
    values = {
        "uid": "a@b",
        "starts_at": MOMENT,
        "ends_at": MOMENT + timedelta(hours=3),
        "changed_at": MOMENT,
        "sequence": 0,
        "title": "5R",
        "place": "Balai",
        "text": "baris",
        "url": "https://portal.contoh.id/",
    }
    return Entry(**values | fields)


@given(st.text())
def test_no_line_is_longer_than_75_octets_and_nothing_is_lost(text):
    pieces = folded(f"SUMMARY:{escaped(text)}")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == f"SUMMARY:{escaped(text)}"


@given(st.text())
def test_a_title_can_add_no_line_of_its_own(title):
    lines = feed("Kalender", [entry(title=title)]).split("\r\n")
    assert sum(line.startswith("BEGIN:") for line in lines) == 2
    assert not any("\n" in line or "\r" in line for line in lines)


def test_a_cancelled_session_says_so_and_times_are_utc():
    text = feed("Kalender", [entry(is_cancelled=True, starts_at=MOMENT)])
    assert "STATUS:CANCELLED" in text
    assert "DTSTART:20261124T020000Z" in text


@pytest.fixture
def session(db):
    return SessionFactory(starts_at=timezone.now() + timedelta(days=2))


@pytest.fixture
def owner(session):
    person = enrol(session.cohort)[1]
    person.user = UserFactory(role=Role.OWNER)
    person.save()
    return person.user


def read(one):
    return PortalClient().get(reverse("trainings:feed", args=[one.token]))


def test_the_feed_holds_what_its_owner_may_see_and_nothing_else(session, owner):
    other = SessionFactory(title="Sesi angkatan lain")
    text = read(actions.make_feed(by=owner)).content.decode()
    assert f"UID:{session.pk}@ikm-closed-loop" in text
    assert str(other.pk) not in text
    assert "Sesi angkatan lain" not in text


def test_a_moved_session_keeps_its_uid_and_raises_its_sequence(session, owner):
    one = actions.make_feed(by=owner)
    first = read(one).content.decode()
    staff = UserFactory(role=Role.STAFF)
    shift = timedelta(days=1)
    actions.move_session(
        session, by=staff, starts_at=session.starts_at + shift, ends_at=session.ends_at + shift
    )
    actions.cancel_session(session, "Narasumber sakit", by=staff)
    second = read(one).content.decode()
    assert first.count("BEGIN:VEVENT") == second.count("BEGIN:VEVENT") == 1
    assert "SEQUENCE:0" in first
    assert "SEQUENCE:1" in second
    assert "STATUS:CANCELLED" in second


def test_an_ended_address_and_a_closed_account_answer_nobody(session, owner):
    one = actions.make_feed(by=owner)
    assert actions.make_feed(by=owner) == one
    assert read(one).status_code == 200
    actions.end_feed(one, by=owner)
    assert read(one).status_code == 404
    again = actions.make_feed(by=owner)
    assert again.token != one.token
    owner.is_active = False
    owner.save()
    assert read(again).status_code == 404


def test_many_sessions_cost_as_many_queries_as_one(session, owner, django_assert_max_num_queries):
    for _number in range(8):
        SessionFactory(cohort=session.cohort, module=session.module)
    one = actions.make_feed(by=owner)
    with django_assert_max_num_queries(6):
        assert read(one).content.decode().count("BEGIN:VEVENT") == 9


def test_one_makes_and_ends_them_on_a_page(client, session, owner):
    client.force_login(owner)
    page = reverse("trainings:feeds")
    client.post(reverse("trainings:make_feed"))
    client.post(reverse("trainings:make_feed"), {"angkatan": session.cohort.code})
    assert owner.calendar_feeds.count() == 2
    one = owner.calendar_feeds.get(cohort=None)
    assert one.token in client.get(page).content.decode()
    client.post(reverse("trainings:end_feed", args=[one.pk]))
    assert one.token not in client.get(page).content.decode()

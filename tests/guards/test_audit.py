"""No change without its event, and no event without its change (reliability D5)."""

import pytest
from django.db import InternalError, connection

from closedloop.audit.models import Event
from tests.guards.acts import POSTS
from tests.guards.walk import differing, fingerprint, first_allowed, prepare

# acts that succeed with a redirect; 200 answers show a form again and are no success
SUCCESSES = [row for row in POSTS if row.code == 302]

# acts that leave no event; each with its reason
NO_EVENT = {
    "notifications:mark_all_read": "that a person has read their own messages is nobody else's concern",
    "notifications:open": "that a person has read their own message is nobody else's concern",
}

SILENCE_THE_TRAIL = """
CREATE FUNCTION pg_temp.trail_is_broken() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the trail is broken'; END $$;
CREATE TRIGGER trail_is_broken BEFORE INSERT ON audit_event
FOR EACH ROW EXECUTE FUNCTION pg_temp.trail_is_broken();
"""
WITH_EVENT = [pytest.param(row, id=f"{row.name}{row.query}") for row in SUCCESSES if row.name not in NO_EVENT]


@pytest.fixture
def world(founded, db):
    return founded.copied()


def test_there_are_acts_to_walk(count):
    assert set(NO_EVENT) <= {row.name for row in SUCCESSES}
    count("audit", acts=len(SUCCESSES), without_event=len(NO_EVENT))


@pytest.mark.django_db
@pytest.mark.parametrize("row", WITH_EVENT)
def test_an_act_leaves_an_event_of_its_actor(row, world, count):
    case = prepare(row, world)
    who = first_allowed(row)
    client = case.client(who)
    last, before = Event.objects.order_by("pk").last(), fingerprint()
    response = case.ask(client)
    assert response.status_code == 302
    assert differing(before, fingerprint()), (
        "the row changes nothing: give it a world in which the act succeeds"
    )
    events = Event.objects.filter(pk__gt=last.pk if last else 0)
    assert case.cast[who].pk in {event.actor_id for event in events}, f"no event by {who} at {case.address}"
    for event in events:
        assert event.target_type and event.target_id and event.target_name and isinstance(event.data, dict)
    count("audit", walked=1, events=len(events))


@pytest.mark.django_db
@pytest.mark.parametrize("row", WITH_EVENT)
def test_without_its_event_nothing_is_changed(row, world, count):
    """The trail's insert fails inside the database: whatever the act wrote before must be undone with it."""
    case = prepare(row, world)
    client = case.client(first_allowed(row))
    before = fingerprint()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(SILENCE_THE_TRAIL)
    with pytest.raises(InternalError, match="the trail is broken"):
        case.ask(client)
    assert not connection.needs_rollback, "the event was written outside a transaction of the act"
    assert differing(before, fingerprint()) == []
    count("audit", undone=1)

"""Impossible rows of core, the trail and messages."""

from closedloop.audit.models import Event
from closedloop.core.models import Heartbeat
from closedloop.notifications.models import Notification
from tests.guards.rows import MOMENT, change, one

VIOLATIONS = {
    "heartbeat_has_a_name": lambda: one(Heartbeat, name=""),
    "event_has_a_verb": lambda: one(Event, verb=""),
    "event_has_an_actor": lambda: one(Event, actor_name=""),
    "notification_has_a_title": lambda: one(Notification, title=""),
    "notification_has_one_recipient": lambda: change(one(Notification), address="dua@contoh.id"),
    "notification_mailed_only_by_mail": lambda: change(one(Notification), by_mail=False, mailed_at=MOMENT),
}

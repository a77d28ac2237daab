"""Where the record of an event is shown, for whoever reads; one query per kind of record, however many events."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role

# the page about one enterprise on which the records of an app without a page of their own are shown
PAGES = {
    "participants": "participants:detail",
    "trainings": "trainings:enterprise",
    "assessments": "assessments:enterprise",
    "partnerships": "partnerships:enterprise",
}


def links_of(events: Iterable, *, code: str, reader: User) -> dict[int, str]:
    """Return {id of the event: address} for every event whose record the reader may open.

    `code` is the enterprise's. Models are known by the name in the event, so that nothing here imports upwards.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    events = list(events)
    for event in events:
        wanted[event.target_type].add(event.target_id)
    pages = {kind: pages_of(kind, ids, reader) for kind, ids in wanted.items()}
    found = {}
    for event in events:
        url = session_of(event, reader) or pages[event.target_type].get(event.target_id)
        url = url or address(PAGES.get(event.target_type.partition(".")[0], ""), code)
        if url and may_open(reader, url):
            found[event.pk] = url
    return found


def pages_of(kind: str, ids: set[str], reader: User) -> dict[str, str]:
    """Return {id: page} of the records of a kind that have a page and that the reader may know of."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return {}
    manager = model._default_manager
    if not hasattr(model, "get_absolute_url") or not hasattr(manager, "visible_to"):
        return {}
    try:
        rows = manager.visible_to(reader).filter(pk__in=ids)
        return {str(row.pk): row.get_absolute_url() for row in rows}
    except ValidationError:  # an id that is none, from before the records had theirs
        return {}


def session_of(event, reader: User) -> str | None:
    """Return the page of the session at which a mark was made."""
    if event.target_type != "trainings.attendance" or not (session := event.data.get("session")):
        return None
    return address("trainings:my_session" if reader.role == Role.OWNER else "trainings:session", session)


def address(name: str, code: str) -> str | None:
    try:
        return reverse(name, args=[code])
    except NoReverseMatch:
        return None


def may_open(reader: User, url: str) -> bool:
    """Whether the reader's role may open the page at all, by the guard above its view."""
    try:
        view = resolve(url.partition("?")[0]).func
    except Resolver404:
        return False
    permissions = getattr(view, "permissions", None)
    return permissions is None or any(reader.may(permission) for permission in permissions)

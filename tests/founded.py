"""Rows that all tests of a module find: built once under them, while each test works and is undone above.

pytest-django leaves a transaction alone that is open around its tests, so theirs become savepoints in it. What
a test gets is a copy of the records, or what it does to them in memory would reach the next.
"""

import copy
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection, models, transaction
from django.test import override_settings

from closedloop.accounts.models import User
from tests.access.table import ROLES
from tests.client import PortalClient
from tests.world import World

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Founded:
    """The cast, signed in; the folder of the files that belong to the rows."""

    world: World
    folder: Path
    sessions: dict[str, str] = field(default_factory=dict)

    def sign_everybody_in(self) -> None:
        for who in ROLES:
            client = PortalClient()
            client.force_login(getattr(self.world, who), backend=BACKEND)
            self.sessions[who] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def copied(self) -> World:
        """A world for one test, which finds the files in its own folder."""
        if (self.folder / "media").exists():
            shutil.copytree(self.folder / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
        world = copy.deepcopy(self.world)
        world.sessions = self.sessions
        return world


def plain(folder: Path) -> dict:
    """Settings of tests: no compressed static manifest, no mail on disk, files in this folder."""
    (folder / "static").mkdir(exist_ok=True)  # whitenoise warns of a folder that is not there
    return {
        "STORAGES": {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        "MEDIA_ROOT": folder / "media",
        "STATIC_ROOT": folder / "static",
        "WHITENOISE_USE_FINDERS": False,  # it would look through all static files once per client
        "REMEMBERED_SECONDS": 0,  # a test changes records behind the portal's back, which a page must show
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }


@contextmanager
def beneath(blocker, folder: Path, build: Callable) -> Iterator:
    """What `build` makes stays in the database as long as the block does."""
    with blocker.unblock(), transaction.atomic():
        with override_settings(**plain(folder)):
            built = build()
            connection.check_constraints()
        yield built
        transaction.set_rollback(True)


def unchanged(cast: dict[str, models.Model], sessions: dict[str, str]) -> dict[str, str]:
    """The sessions of those whom nothing has touched since they signed in."""
    now = User.objects.in_bulk([person.pk for person in cast.values()])
    return {
        who: session
        for who, session in sessions.items()
        if now[cast[who].pk].is_active and now[cast[who].pk].password == cast[who].password
    }

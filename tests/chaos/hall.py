"""Owners expected at a session that runs now, in front of a web process."""

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.management import call_command

from closedloop.accounts.models import User
from tests.factories.accounts import PASSWORD
from tests.factories.trainings import SessionFactory, enrol
from tests.load.conftest import Hall


def hall_of(owners: int, port: int) -> Hall:
    """Return a running session and its owners, whose password costs what it costs in earnest."""
    call_command("createcachetable", verbosity=0)
    session = SessionFactory(running=True)
    people = [enrol(session.cohort)[1].user for _number in range(owners)]
    hashed = Argon2PasswordHasher().encode(PASSWORD, "garam-contoh-0123456789")
    User.objects.filter(pk__in=[person.pk for person in people]).update(password=hashed)
    for person in people:
        person.refresh_from_db()
    return Hall(session, people, port)

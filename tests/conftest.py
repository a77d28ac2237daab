"""What every test may ask for."""

import logging

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from xdist.scheduler import LoadScopeScheduling

from closedloop.accounts.roles import Role
from tests.client import PortalClient
from tests.database import migrated
from tests.factories.accounts import UserFactory
from tests.founded import Founded, beneath, plain
from tests.world import World

# templates of packages that look variables up on purpose that may not be there
THIRD_PARTY = ("bootstrap5/", "django/forms/", "account/", "allauth/", "admin/")

# files whose tests share something dear: one process runs them all
TOGETHER = ("tests/demonstration/test_load.py",)


class Together(LoadScopeScheduling):
    """Hand out test by test, but files that share something dear as a whole, and first.

    The mark `xdist_group` would say the same; with pytest 9.2 it is read and has no effect.
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return path if path in TOGETHER else nodeid


def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)


class UndefinedVariables(logging.Filter):
    """Collect what templates look up in vain.

    Raising here would not do: `{% if %}` swallows every error and takes it for False. A step beyond None
    (`person.user.last_login` of somebody without an account) is Django's own idiom and no fault.
    """

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def filter(self, log_record):
        if log_record.msg.startswith("Exception while resolving variable"):
            name, template = log_record.args
            looked_in = getattr(log_record.exc_info[1], "params", (None, ""))[-1]
            if template != "unknown" and not template.startswith(THIRD_PARTY) and looked_in is not None:
                self.found.append(f"{template}: {name} is undefined")
            return False
        return log_record.levelno > logging.DEBUG


@pytest.fixture(scope="session")
def undefined_variables():
    variables = UndefinedVariables()
    logger = logging.getLogger("django.template")
    logger.setLevel(logging.DEBUG)
    logger.addFilter(variables)
    return variables


@pytest.fixture(autouse=True)
def undefined_variables_fail(undefined_variables):
    undefined_variables.found.clear()
    yield
    assert undefined_variables.found == []


@pytest.fixture(autouse=True)
def plain_settings(settings, tmp_path):
    for name, value in plain(tmp_path).items():
        setattr(settings, name, value)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_keepdb, django_db_createdb
):
    """Let Django copy a migrated database instead of making one, unless there is one to be used again."""
    if django_db_keepdb and not django_db_createdb:
        yield
        return
    with migrated() as template:
        connection.settings_dict["TEST"]["TEMPLATE"] = template
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let the flush after a transactional test empty the trail, which the trail refuses, and keep the regions
    and the first status set, which migrations loaded and nothing changes."""
    execute, build = DatabaseOperations.execute_sql_flush, DatabaseOperations.sql_flush

    def flush_past_the_trail(self, sql_list):
        execute(
            self,
            ["SET session_replication_role = replica;", *sql_list, "SET session_replication_role = origin;"],
        )

    def flush_all_but_reference(self, style, tables, **options):
        kept = ("regions_", "trainings_statusset")
        return build(self, style, [table for table in tables if not table.startswith(kept)], **options)

    DatabaseOperations.execute_sql_flush = flush_past_the_trail
    DatabaseOperations.sql_flush = flush_all_but_reference
    yield
    DatabaseOperations.execute_sql_flush, DatabaseOperations.sql_flush = execute, build


@pytest.fixture
def menu_remembered(settings):
    """For bounds of a page's own questions: what its menu counts was asked by the page before, as for most readers."""
    settings.REMEMBERED_SECONDS = 60


@pytest.fixture
def client():
    return PortalClient()


@pytest.fixture
def login(client, db):
    """Sign in as a new person of a role, or as the given person; returns the person."""

    def sign_in(who: Role | str | object):
        user = UserFactory(role=who) if isinstance(who, str) else who
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return user

    return sign_in


@pytest.fixture
def world(db):
    """A small programme in which every record that a page needs exists; built only as far as asked for."""
    return World()


@pytest.fixture(scope="module")
def founded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The cast, signed in, for all tests of a module that walk the access table."""

    def found() -> Founded:
        founded = Founded(World(), folder)
        founded.sign_everybody_in()
        return founded

    folder = tmp_path_factory.mktemp("founded")
    with beneath(django_db_blocker, folder, found) as founded:
        yield founded


@pytest.fixture
def reference(db):
    """The shipped curriculum, rubric, class scheme and codes."""
    call_command("load_reference", verbosity=0)


@pytest.fixture
def count(record_property):
    """Count what a guard looked at; the totals stand on one line per guard at the end of the run."""

    def counted(guard: str, **numbers: int) -> None:
        for name, number in numbers.items():
            record_property(f"count:{guard}:{name}", number)

    return counted


def pytest_terminal_summary(terminalreporter):
    """Print the guards' counts, so that a zero cannot hide an empty run."""
    totals: dict[str, dict[str, int]] = {}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for key, number in report.user_properties:
                if key.startswith("count:"):
                    guard, _colon, name = key.removeprefix("count:").rpartition(":")
                    line = totals.setdefault(guard, {})
                    line[name] = line.get(name, 0) + number
    for guard, line in sorted(totals.items()):
        terminalreporter.write_line(
            f"{guard}: " + " ".join(f"{name}={number}" for name, number in line.items())
        )

"""Servers for the tests of a file, processes and reports for each test."""

import os
import secrets
from uuid import uuid4

import pytest

from closedloop.accounts.roles import Role
from closedloop.reports import actions
from closedloop.reports.models import Kind, ReportBatch
from tests.chaos.fleet import Fleet
from tests.chaos.servers import Servers, own_servers
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory


@pytest.fixture(scope="module")
def servers(django_db_blocker):
    with own_servers(django_db_blocker) as running:
        yield running


@pytest.fixture
def fleet(servers: Servers, tmp_path):
    """Return what starts the portal's processes in a variant; whatever still runs is killed at the end."""
    started = []

    def of(variant: str) -> Fleet:
        servers.flush()
        started.append(Fleet(tmp_path, variant))
        return started[-1]

    yield of
    for each in started:
        each.stop()


@pytest.fixture
def ask(servers: Servers):
    """Ask for so many reports on one IKM each, and on those named, as a lead does; returns the batch."""

    def request(count: int, *named) -> ReportBatch:
        enterprises = [*(EnrolmentFactory().enterprise for _number in range(count)), *named]
        lead = UserFactory(role=Role.LEAD)
        return actions.request_reports(Kind.ENTERPRISE, enterprises, language="id", by=lead, form_key=uuid4())

    return request


@pytest.fixture
def seed() -> int:
    """CHAOS_SEED repeats a run that is told in the log."""
    return int(os.environ.get("CHAOS_SEED") or secrets.randbelow(10**6))

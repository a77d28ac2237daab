"""Every queue has workers of its own wherever the portal is started, and a silent one is named."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from closedloop.core.models import Heartbeat
from closedloop.core.queues import LARGE, PROCESSES, QUEUES, QUICK
from closedloop.reports.limits import HARD_LIMITS, LEASES, queue_of
from closedloop.reports.models import Kind
from participants.import_queue import HARD_LIMIT

ROOT = Path(settings.BASE_DIR)
WORKER = re.compile(r"celery -A closedloop worker .*--queues (\S+?)'?$", re.MULTILINE)


@pytest.mark.parametrize("file", ["Procfile", "docker-compose.yml"])
def test_each_queue_has_its_own_workers_and_no_worker_serves_another(file):
    assert sorted(WORKER.findall((ROOT / file).read_text())) == sorted(QUEUES)


def test_the_guide_names_whom_readyz_names():
    guide = (ROOT / "README.md").read_text()
    assert [name for name in PROCESSES if f"`{name}`" not in guide] == []


def test_papers_on_one_ikm_never_wait_for_a_whole_cohort():
    assert {kind for kind in Kind if queue_of(kind, 0) == LARGE} == {Kind.COHORT, Kind.PROGRAMME}
    assert queue_of(Kind.ENTERPRISE, 1) == QUICK
    assert (
        queue_of(Kind.ENTERPRISE, 2) == LARGE
    )  # it brought workers down twice: no quick neighbour goes along


def test_a_message_comes_again_only_after_its_work_was_killed():
    longest = max(HARD_LIMIT, *HARD_LIMITS.values())
    assert longest < settings.CELERY_VISIBILITY_TIMEOUT
    assert (
        settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] == settings.CELERY_VISIBILITY_TIMEOUT
    )
    assert all(LEASES[kind.value] > HARD_LIMITS[kind] for kind in Kind)


@pytest.mark.django_db
def test_readyz_names_the_silent_worker_of_each_queue(client):
    def silent():
        return client.get("/readyz").json()["silent"]

    assert silent() == sorted(PROCESSES)
    for name in PROCESSES:
        Heartbeat.beat(name)
    assert client.get("/readyz").json()["status"] == "ok"
    Heartbeat.objects.filter(name="worker:bulk").update(at=timezone.now() - timedelta(seconds=61))
    assert silent() == ["worker:bulk"]

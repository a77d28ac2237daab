"""What the web tells and loses while processes are replaced or frozen, or the database is crashed (R4, R8, R10)."""

import json
import threading
import time

import pytest
from django.db import connection

from closedloop.core.queues import QUICK, SWEEPER, worker_of
from tests.chaos.hall import hall_of
from tests.chaos.readers import FEW
from tests.chaos.watch import verdict
from tests.factories.accounts import UserFactory
from tests.load.phones import Phone, p95
from tests.waiting import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(900)]
PER_SECOND = 10


def test_a_release_in_the_midst_of_a_batch_is_seen_by_nobody(servers, fleet, ask):
    processes = fleet("closedloop")
    processes.start_work()
    desk = hall_of(0, processes.start_web(debug=False)).phone_of(UserFactory(role="lead"))
    batch = ask(60)
    answers, over = [], threading.Event()

    def read():
        while not over.wait(1 / PER_SECOND):
            answers.append(desk.get(FEW[len(answers) % len(FEW)]))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _time in range(2):
            processes.replace_all()
        wait_for(lambda: not batch.jobs.open().exists(), 400)
    finally:
        over.set()
        reader.join()
    found = verdict(batch)
    wrong = [answer.status for answer in answers if answer.status not in {200, 302}]
    print(
        f"\nreleases=2 requests={len(answers)} wrong={wrong} p95={p95(a.seconds for a in answers):.2f}s {found}"
    )
    assert found.is_whole, str(found)
    assert answers and wrong == []


def test_a_crashed_database_is_told_plainly_and_comes_back(servers, fleet):
    phone = hall_of(0, fleet("closedloop").start_web(debug=False)).phone_of(UserFactory(role="lead"))
    assert phone.get("/ikm/").status == 200
    servers.crash_postgres()
    away, ready = phone.get("/ikm/"), phone.get("/readyz")
    connection.close()
    servers.start()
    since = time.monotonic()
    wait_for(lambda: phone.get("/ikm/").status == 200, 10)
    print(f"\nback after {time.monotonic() - since:.1f}s")
    assert (away.status, ready.status) == (503, 503)
    assert "Portal sedang dipulihkan" in away.body and "Traceback" not in away.body


@pytest.mark.parametrize("name", [worker_of(QUICK), SWEEPER])
def test_whoever_hangs_is_named_within_a_minute_and_recovers_alone(servers, fleet, name):
    processes = fleet("closedloop")
    processes.start_work()
    phone = Phone(processes.start_web())

    def silent() -> list[str]:
        return json.loads(phone.get("/readyz").body)["silent"]

    wait_for(lambda: silent() == [], 30)
    with processes.stopped(name):
        since = time.monotonic()
        wait_for(lambda: name in silent(), 62)
        named = time.monotonic() - since
    since = time.monotonic()
    wait_for(lambda: silent() == [], 60)
    print(f"\n{name} named after {named:.0f}s, back after {time.monotonic() - since:.0f}s")

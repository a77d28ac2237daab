"""A broker that answers nothing slows no page down, and work goes on soon after it wakes (R3)."""

import time

import pytest

from closedloop.reports.models import ReportBatch
from tests.chaos.hall import hall_of
from tests.chaos.readers import Readers
from tests.load.phones import Answer, at_their_moments, p95
from tests.waiting import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
AGAIN_WITHIN = 15  # seconds after the broker woke


def test_a_few_pages_do_not_wait_for_a_frozen_broker(servers, fleet):
    readers = Readers(hall_of(5, fleet("closedloop").start_web()))
    at_work(readers, 5, 2)  # a server's first answers take longer
    awake = times(at_work(readers, 10, 4))
    with servers.frozen_valkey():
        frozen = times(at_work(readers, 10, 4))
    print(f"\nrequests={len(frozen)} p95_awake={p95(awake):.2f}s p95_frozen={p95(frozen):.2f}s")
    assert p95(frozen) <= max(1.5, 2 * p95(awake))  # other tests run on the same two cores


@pytest.mark.long
def test_no_page_waits_for_a_broker_frozen_for_a_minute_and_work_goes_on_when_it_wakes(servers, fleet):
    processes = fleet("closedloop")
    processes.start_work()
    readers = Readers(hall_of(70, processes.start_web(debug=False)), everything=True)
    at_work(readers, 20, 6)  # a server's first answers take longer
    awake = times(at_work(readers, 70, 21))
    asked = ReportBatch.objects.filter(requested_by=readers.world.lead)
    wait_for(lambda: not asked.filter(completed_at=None).exists(), 120)
    before = asked.count()
    with servers.frozen_valkey():
        frozen = times(at_work(readers, 200, 60))
    woken = time.monotonic()

    def one_is_ready():
        return asked.exclude(completed_at=None).count() > before

    wait_for(one_is_ready, 120)
    first = time.monotonic() - woken
    wait_for(lambda: not asked.filter(completed_at=None).exists(), 300)
    print(
        f"\nfrozen=60s requests={len(frozen)} pages={len(readers.pages)} errors=0 p95={p95(frozen):.2f}s"
        f" p95_awake={p95(awake):.2f}s asked={asked.count() - before} first_ready={first:.1f}s"
        f" all_ready={time.monotonic() - woken:.1f}s"
    )
    assert asked.count() - before == 20
    assert first <= AGAIN_WITHIN
    assert p95(frozen) < max(1.5, 1.25 * p95(awake))  # the promise, on a machine that has nothing else to do


def at_work(readers: Readers, acts: int, seconds: float) -> list[Answer]:
    """Let people work for so long, each at their moment; returns what they were answered."""
    moments = [number * seconds / acts for number in range(acts)]
    return [answer for act in at_their_moments(moments, readers.act) for answer in act]


def times(answers: list[Answer]) -> list[float]:
    """Return how long each answer took, none of them an error."""
    assert [answer for answer in answers if answer.status not in {200, 302}] == []
    return [answer.seconds for answer in answers]

"""No fault of worker, broker or database loses a report or makes one twice (R1, R2, R4, R5, R11)."""

import pytest

from closedloop.reports import artefacts
from tests.chaos.faults import LONG, SHORT, Chaos
from tests.chaos.watch import drafts_left

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]


@pytest.mark.parametrize(
    ("count", "faults", "variant"),
    [
        pytest.param(8, SHORT, "tests.chaos.hurried", id="few"),
        pytest.param(200, LONG, "closedloop", id="many", marks=pytest.mark.long),
    ],
)
def test_every_report_is_made_once_whatever_dies(servers, fleet, ask, seed, count, faults, variant):
    processes = fleet(variant)
    processes.start_work()
    found, watcher = Chaos(ask(count), processes, servers, seed).run(faults)
    assert found.is_whole, str(found)
    assert watcher.answers and watcher.lies() == []
    assert processes.ended() == []
    artefacts.remove_stale_drafts(older_than=-1)
    assert drafts_left(artefacts.folder()) == 0


@pytest.mark.long
def test_the_same_run_tells_when_effects_are_not_in_the_transaction(servers, fleet, ask, seed):
    processes = fleet("tests.chaos.early")
    processes.start_work()
    found, _watcher = Chaos(ask(8), processes, servers, seed).run({"child": 4, "worker": 1})
    assert found.done == found.total
    assert not found.is_whole
    assert found.delivered < found.done

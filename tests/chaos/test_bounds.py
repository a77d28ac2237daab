"""A report that kills its process and one that takes all memory fail alone and say why (R6, N3)."""

import time

import psutil
import pytest

from closedloop.core.queues import QUEUES, worker_of
from closedloop.reports.models import ReportJob
from tests.chaos import GLUTTON, KILLER
from tests.factories.participants import EnrolmentFactory, EnterpriseFactory
from tests.waiting import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(600)]
HEALTHY = 198
CALM = 0.1  # of one processor, over three seconds


def test_poison_fails_alone_with_a_reason_and_nothing_loops(servers, fleet, ask, client):
    poison = [
        EnrolmentFactory(enterprise=EnterpriseFactory(name=name)).enterprise for name in (KILLER, GLUTTON)
    ]
    processes = fleet("tests.chaos.poison")
    processes.start_work()
    batch = ask(HEALTHY, *poison)

    def over():
        return not batch.jobs.open().exists()

    wait_for(over, 400)
    jobs = {job.subject_name: job for job in batch.jobs.filter(status=ReportJob.Status.FAILED)}
    killer, glutton = (jobs.pop(str(one)) for one in poison)
    assert jobs == {}
    assert batch.jobs.done().count() == HEALTHY
    assert killer.starts <= ReportJob.MOST_STARTS and glutton.errors <= ReportJob.MOST_ERRORS
    client.force_login(batch.requested_by, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(batch.get_absolute_url()).content.decode()
    assert f"berhenti mendadak {killer.starts} kali" in page and "terlalu besar untuk memori" in page
    busy = processor_seconds(processes, 3) / 3
    print(
        f"\ndone={HEALTHY} failed=2 killer_starts={killer.starts} glutton_starts={glutton.starts} idle_load={busy:.2f}"
    )
    assert busy < CALM
    assert processes.ended() == []


def processor_seconds(processes, seconds: float) -> float:
    """Return what the workers and their pools consume in the time to come."""

    def spent() -> float:
        everybody = [psutil.Process(processes.running[worker_of(queue)].pid) for queue in QUEUES]
        everybody += [child for parent in everybody for child in parent.children()]
        return sum(sum(process.cpu_times()[:2]) for process in everybody)

    before = spent()
    time.sleep(seconds)
    return spent() - before

"""A real sweeper and a real worker on the test database and a real Valkey: from the request to the file."""

import os
import subprocess
import sys
import time
from uuid import uuid4

import pytest
from django.conf import settings
from pypdf import PdfReader

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.models import Heartbeat
from closedloop.figures import catalogue as figures
from closedloop.notifications.models import Notification
from closedloop.reports import actions, artefacts
from closedloop.reports.models import Kind, ReportJob
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory
from tests.factories.participants import EnrolmentFactory
from tests.processes import database_of_the_test

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240), pytest.mark.django_db(transaction=True)]
PATIENCE = 60  # seconds


def broker_of_the_test() -> str:
    """The same server under a database number of its own, so that no other worker takes our messages."""
    if settings.REDIS_URL.startswith("redis+socket://"):
        return f"{settings.REDIS_URL}?virtual_host=13"
    return f"{settings.REDIS_URL.rsplit('/', 1)[0]}/13"


@pytest.fixture
def start(tmp_path):
    """Start a process of the portal; every one of them is stopped at the end and must leave cleanly."""
    environment = {
        **os.environ,
        "DEBUG": "1",
        "DATABASE_URL": database_of_the_test(),
        "REDIS_URL": broker_of_the_test(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "EMAIL_URL": f"file://{tmp_path}/mail",
    }
    started = []

    def run(name, *command):
        log = (tmp_path / f"{name}.log").open("w+")
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        started.append((name, process, log))
        return process

    yield run
    for _name, process, _log in started:
        process.terminate()
    for name, process, log in started:
        code = process.wait(PATIENCE)
        log.seek(0)
        said = log.read()
        log.close()
        assert code == 0, f"{name} left with {code}:\n{said[-3000:]}"


def wait_for(what, *, seconds=PATIENCE):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what.__name__} did not happen in {seconds} s")


def test_a_requested_report_is_made_stored_and_told(start):
    celery = [sys.executable, "-m", "celery", "-A", "closedloop", "worker", "--pool", "prefork"]
    start("worker", *celery, "--concurrency", "1", "--queues", "reports,bulk")
    sweeper = start("sweeper", sys.executable, "manage.py", "sweep")

    def worker_lives():
        names = set(Heartbeat.objects.values_list("name", flat=True))
        return names >= {"worker:reports", "worker:bulk"}

    wait_for(worker_lives)
    enrolment = EnrolmentFactory()
    AssessmentFactory(enrolment=enrolment, filled=3, submitted=True, approved=True)
    lead = UserFactory(role=Role.LEAD)
    batch = actions.request_reports(
        Kind.ENTERPRISE, [enrolment.enterprise], language="id", by=lead, form_key=uuid4()
    )

    def finished():
        return ReportJob.objects.filter(batch=batch, status__in=["done", "failed"]).first()

    job = wait_for(finished)
    assert job.status == "done", job.error_text
    reader = PdfReader(artefacts.path_of(job.artifact_sha256))
    words = " ".join(page.extract_text() for page in reader.pages).replace("\xa0", " ")
    score = figures.value("scores.last", figures.Scope(enterprise=enrolment.enterprise))
    for phrase in (job.number, job.spoken_code, score.text, enrolment.enterprise.display_name):
        assert phrase in words
    assert len(reader.pages) == job.pages
    assert Event.objects.filter(verb="report.done", target_id=str(job.pk)).count() == 1
    assert Notification.objects.get(user=lead).path == batch.get_absolute_url()
    sweeper.terminate()
    assert sweeper.wait(10) == 0

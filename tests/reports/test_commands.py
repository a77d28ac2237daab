import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from closedloop.core.models import Heartbeat
from closedloop.notifications.actions import tell
from closedloop.reports import dispatch
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.reports import ReportJobFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(monkeypatch):
    """What the broker was given; no broker is asked."""
    ids = []

    class Broker:
        def __enter__(self):
            return self

        def __exit__(self, *error):
            return False

    monkeypatch.setattr(dispatch, "broker", Broker)
    monkeypatch.setattr(
        dispatch.render_report, "apply_async", lambda args, **options: ids.append((args[0], options["queue"]))
    )
    return ids


def test_one_round_publishes_mails_and_says_it_lives(published):
    job = ReportJobFactory()
    tell([UserFactory()], "contoh", "Halo")
    call_command("sweep", once=True)
    assert published == [(str(job.pk), "reports")]
    assert [message.subject for message in mail.outbox] == ["Halo"]
    assert Heartbeat.objects.get(name="sweeper")


def test_a_job_is_said_again_only_after_a_while(published):
    job = ReportJobFactory()
    assert dispatch.publish_due() == 1 and dispatch.publish_due() == 0
    type(job).objects.update(enqueued_at="2026-01-01T00:00:00Z")
    assert dispatch.publish_due() == 1


def test_what_the_broker_did_not_take_is_said_in_the_next_round(monkeypatch, published):
    jobs = [ReportJobFactory() for _ in range(3)]

    def fails_at_the_second(args, **options):
        if len(published) == 1:
            raise ConnectionError("broker is away")
        published.append(args[0])

    monkeypatch.setattr(dispatch.render_report, "apply_async", fails_at_the_second)
    assert dispatch.publish_due() == 1
    waiting = type(jobs[0]).objects.filter(enqueued_at=None).count()
    assert waiting == 2


def test_a_suspect_and_a_large_report_wait_apart_from_the_quick_ones():
    assert dispatch.queue_of("enterprise", 0) == "reports"
    assert dispatch.queue_of("enterprise", 2) == "bulk"
    assert dispatch.queue_of("cohort", 0) == "bulk"


@pytest.mark.parametrize(
    "kind, subject, message",
    [
        ("salah", "x", 'There is no kind "salah"'),
        ("enterprise", "TIDAKADA", 'There is no enterprise with the code or id "TIDAKADA"'),
        ("programme", "x", 'write "all"'),
    ],
)
def test_a_command_that_cannot_be_done_says_why(tmp_path, kind, subject, message):
    with pytest.raises(CommandError, match=re.escape(message)):
        call_command("render_report", kind, subject, output=str(tmp_path / "x.pdf"))


def test_the_folder_must_exist(tmp_path):
    with pytest.raises(CommandError, match="does not exist"):
        call_command("render_report", "programme", "all", output=str(tmp_path / "tidak" / "x.pdf"))


@pytest.mark.slow
@pytest.mark.parametrize("by", ["code", "id"])
def test_one_report_in_the_foreground(tmp_path, capsys, by):
    enterprise = EnterpriseFactory()
    target = tmp_path / "ikm.pdf"
    subject = enterprise.code.lower() if by == "code" else str(enterprise.pk)
    call_command("render_report", "enterprise", subject, output=str(target))
    assert target.read_bytes().startswith(b"%PDF-1.7")
    assert re.search(r"3 pages, [\d,]+ bytes", capsys.readouterr().out)

"""Claim, fence and give up: the outcome is written once, by whoever holds the lease."""

from datetime import timedelta
from uuid import uuid4

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from closedloop.reports import artefacts, work
from closedloop.reports.models import ReportJob
from tests.factories.reports import ReportBatchFactory, ReportJobFactory

pytestmark = pytest.mark.django_db
MADE = work.Rendered(b"%PDF-1.7 dibuat", 3)
Status = ReportJob.Status


def again(job):
    return ReportJob.objects.get(pk=job.pk)


def expire(job):
    ReportJob.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def rendering(monkeypatch):
    """Let the renderer answer or raise what the test wants."""

    def set_to(answer):
        def render(snapshot):
            if isinstance(answer, BaseException):
                raise answer
            return answer

        monkeypatch.setattr("closedloop.reports.pdf.render", render)

    set_to(MADE)
    return set_to


# --- Claim ------------------------------------------------------------------------------------------
def test_a_queued_job_is_claimed_once():
    job = ReportJobFactory()
    claimed = work.claim(job.pk, task_id="a")
    assert (claimed.status, claimed.starts, claimed.task_id) == (Status.RUNNING, 1, "a")
    assert claimed.lease_until > timezone.now() and claimed.lease_token
    assert work.claim(job.pk, task_id="b") is None


def test_a_lost_lease_may_be_taken_and_a_living_one_may_not():
    job = ReportJobFactory()
    first = work.claim(job.pk, task_id="a")
    expire(job)
    second = work.claim(job.pk, task_id="b")
    assert second.starts == 2 and second.lease_token != first.lease_token


def test_a_redelivered_message_takes_over_its_own_lease_only():
    job = ReportJobFactory()
    work.claim(job.pk, task_id="a")
    assert work.claim(job.pk, task_id="b", redelivered=True) is None
    assert work.claim(job.pk, task_id="a") is None
    assert work.claim(job.pk, task_id="a", redelivered=True).starts == 2


def test_nobody_claims_what_is_done_given_up_or_not_due():
    later = ReportJobFactory(next_try_at=timezone.now() + timedelta(minutes=1))
    for job in (ReportJobFactory(finished=True), ReportJobFactory(given_up=True), later):
        assert work.claim(job.pk) is None


def test_the_lease_of_a_large_report_is_longer():
    quick = work.claim(ReportJobFactory().pk)
    large = work.claim(ReportJobFactory(batch=ReportBatchFactory(kind="cohort")).pk)
    assert large.lease_until - quick.lease_until > timedelta(minutes=4)


# --- Outcome ----------------------------------------------------------------------------------------
def test_a_finished_report_has_its_file_its_event_and_its_notice(rendering):
    job = ReportJobFactory()
    work.work_on(job.pk)
    done = again(job)
    assert (done.status, done.pages, done.artifact_size) == (Status.DONE, 3, len(MADE.content))
    assert artefacts.path_of(done.artifact_sha256).read_bytes() == MADE.content
    assert done.batch.completed_at
    assert [event.verb for event in Event.objects.all()] == ["report.done"]
    notice = Notification.objects.get()
    assert notice.user == job.batch.requested_by
    assert notice.path == job.batch.get_absolute_url()
    assert (notice.title, notice.body) == (f"Laporan siap: {job.batch.title}", "1 dari 1 laporan selesai.")


def test_who_lost_the_lease_changes_nothing(rendering):
    job = ReportJobFactory()
    slow = work.claim(job.pk, task_id="a")
    expire(job)
    quick = work.claim(job.pk, task_id="b")
    assert work.finish(quick, "b" * 64, MADE) is True
    assert work.finish(slow, "a" * 64, MADE) is False
    assert work.fail(slow, "terlambat") is False
    assert again(job).artifact_sha256 == "b" * 64
    assert Event.objects.count() == 1 and Notification.objects.count() == 1


def test_a_failure_while_committing_leaves_neither_state_nor_effect(monkeypatch, rendering):
    job = work.claim(ReportJobFactory().pk)
    monkeypatch.setattr(work, "complete", lambda batch: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work.finish(job, "a" * 64, MADE)
    assert again(job).status == Status.RUNNING
    assert not Event.objects.exists()


def test_the_requester_is_told_once_when_the_last_report_is_ready(rendering):
    batch = ReportBatchFactory()
    jobs = [ReportJobFactory(batch=batch) for _ in range(3)]
    for job in jobs[:2]:
        work.work_on(job.pk)
    assert not Notification.objects.exists()
    work.work_on(jobs[2].pk)
    work.work_on(jobs[2].pk)
    assert Notification.objects.get().body == "3 dari 3 laporan selesai."


def test_one_failure_does_not_stop_the_rest_and_is_told(rendering):
    batch = ReportBatchFactory()
    bad, good = ReportJobFactory(batch=batch), ReportJobFactory(batch=batch)
    rendering(work.ReportDataError("Foto rusak."))
    work.work_on(bad.pk)
    rendering(MADE)
    work.work_on(good.pk)
    assert (again(bad).status, again(bad).error_text) == (Status.FAILED, "Foto rusak.")
    notice = Notification.objects.get()
    assert notice.title.startswith("Laporan perlu dilihat")
    assert "1 dari 2 laporan selesai. 1 gagal" in notice.body


# --- Kinds of failure -------------------------------------------------------------------------------
@pytest.mark.parametrize("error", [SoftTimeLimitExceeded(), MemoryError(), ValueError("salah")])
def test_its_own_fault_is_tried_once_more_and_then_given_up(rendering, error):
    job = ReportJobFactory()
    rendering(error)
    work.work_on(job.pk)
    assert (again(job).status, again(job).errors) == (Status.QUEUED, 1)
    work.work_on(job.pk)
    assert (again(job).status, again(job).errors) == (Status.FAILED, 2)
    assert again(job).error_text


@pytest.mark.parametrize("error", [OperationalError("away"), OSError("disk")])
def test_a_fault_of_the_surroundings_waits_and_counts_no_error(rendering, error):
    job = ReportJobFactory()
    rendering(error)
    work.work_on(job.pk)
    waiting = again(job)
    assert (waiting.status, waiting.errors) == (Status.QUEUED, 0)
    assert timedelta(seconds=7) < waiting.next_try_at - timezone.now() < timedelta(seconds=13)


def test_a_report_that_kills_its_worker_is_given_up_after_six_starts():
    job = ReportJobFactory()
    for start in range(1, 7):
        assert work.claim(job.pk, task_id=str(uuid4())).starts == start  # and the worker dies
        expire(job)
        assert work.release_expired() == 1
    assert again(job).status == Status.FAILED
    assert "6 kali" in again(job).error_text
    assert work.claim(job.pk) is None


@pytest.mark.parametrize(
    ("error", "words"),
    [(OperationalError("away"), "tidak terjangkau pada 6"), (ValueError("x"), "ValueError")],
)
def test_whatever_fails_at_the_last_start_is_given_up_and_ends_the_batch(rendering, error, words):
    job = ReportJobFactory(starts=ReportJob.MOST_STARTS - 1)
    rendering(error)
    work.work_on(job.pk)
    assert again(job).status == Status.FAILED
    assert words in again(job).error_text
    assert again(job).batch.completed_at


def test_a_person_who_lost_the_right_gets_no_report(rendering):
    job = ReportJobFactory()
    requester = job.batch.requested_by
    requester.role = Role.VIEWER
    requester.save()
    work.work_on(job.pk)
    assert again(job).status == Status.FAILED
    assert "tidak lagi berhak" in again(job).error_text


def test_a_missing_library_is_told_in_a_sentence(monkeypatch, rendering):
    def missing():
        raise work.MissingLibrary("Pustaka sistem tidak ada: libpango. Jalankan: apt-get install -y libpango")

    monkeypatch.setattr(work, "require_libraries", missing)
    job = ReportJobFactory()
    work.work_on(job.pk)
    assert again(job).error_text.endswith("apt-get install -y libpango")


def test_temporary_files_of_dead_workers_are_removed():
    artefacts.store(b"x", uuid4())
    draft = artefacts.folder() / f".{uuid4()}.tmp"
    draft.write_bytes(b"half")
    assert artefacts.remove_stale_drafts() == 0
    assert artefacts.remove_stale_drafts(older_than=-1) == 1
    assert not draft.exists() and len(list(artefacts.folder().iterdir())) == 1

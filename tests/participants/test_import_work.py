"""Long imports: asked of a worker, done once, and never stuck."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.notifications.models import Notification
from participants import actions, import_queue
from participants.actions import import_expiry, import_steps, load_reference
from participants.import_work import LostLease, SideReport, claim, do, work_on
from participants.models import Enterprise, ImportBatch, ImportWork
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory
from tests.world.imports import KNOWN, sheet

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROWS = [
    [f"{name} Teknik", "CV", f"0812 3456 78{number:02d}", "Kab. Tegal", "Ya"]
    for number, name in enumerate(["Anggrek", "Bambu", "Cempaka", "Dahlia", "Edelweis"])
]
Step, Status = ImportWork.Step, ImportWork.Status


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Five rows are many."""
    monkeypatch.setattr(import_steps, "IN_REQUEST", 3)


@pytest.fixture
def staff(transactional_db):
    load_reference()
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def batch(staff):
    file = sheet(KNOWN, *ROWS)
    return actions.receive_workbook(file, CohortFactory(quota=80), by=staff, file_name="banyak.xlsx")


def asked(batch, staff, step=Step.CHECK) -> ImportWork:
    assert actions.take_step(batch, step, by=staff) is False
    return ImportWork.objects.get(batch=batch)


def test_check_save_and_undo_are_each_done_once_by_a_worker(batch, staff, client):
    client.force_login(staff)
    for step, status, enterprises in (
        (Step.CHECK, "previewed", 0),
        (Step.SAVE, "saved", 5),
        (Step.UNDO, "undone", 0),
    ):
        work = asked(batch, staff, step)
        page = client.get(batch.get_absolute_url()).content.decode()
        assert "Perbarui" in page and 'aria-valuenow="0"' in page
        assert client.get(reverse("participants:import_progress", args=[batch.pk])).status_code == 200
        work_on(work.pk)
        work_on(work.pk)  # a doubled message
        batch.refresh_from_db()
        work.refresh_from_db()
        assert (batch.status, work.status, work.done) == (status, Status.DONE, work.total)
        assert Enterprise.objects.count() == enterprises
        answer = client.get(reverse("participants:import_progress", args=[batch.pk]))
        assert (answer.status_code, answer["HX-Refresh"]) == (286, "true")
    assert Notification.objects.filter(user=staff, kind="import.done").count() == 3


def test_a_second_press_asks_nothing_new(batch, staff):
    work = asked(batch, staff)
    assert asked(batch, staff).pk == work.pk
    assert ImportWork.objects.count() == 1


def test_progress_is_seen_while_the_step_is_under_way(batch, staff):
    work = claim(asked(batch, staff).pk)
    report = SideReport(work)
    before = work.lease_until
    report(40, 100)
    report.close()
    work.refresh_from_db()
    assert work.done == work.total * 40 // 100
    assert work.lease_until > before


def test_a_killed_worker_leaves_nothing_stuck(batch, staff):
    work = claim(asked(batch, staff).pk)
    assert claim(work.pk) is None  # somebody's
    assert import_queue.release_expired() == 0
    ImportWork.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert import_queue.release_expired() == 1
    work_on(work.pk)
    batch.refresh_from_db()
    assert batch.status == "previewed"


def test_who_lost_the_lease_writes_nothing(batch, staff):
    first = claim(asked(batch, staff).pk)
    ImportWork.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    second = claim(first.pk)
    report = SideReport(first)
    with pytest.raises(LostLease):
        do(first, report)
    report.close()
    assert ImportBatch.objects.get(pk=batch.pk).status == "uploaded"
    report = SideReport(second)
    do(second, report)
    report.close()
    assert ImportBatch.objects.get(pk=batch.pk).status == "previewed"


def test_after_three_starts_it_is_given_up_with_a_reason(batch, staff, client):
    work = asked(batch, staff)
    for _start in range(ImportWork.MOST_STARTS):
        assert claim(work.pk)
        ImportWork.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        import_queue.release_expired()
    work.refresh_from_db()
    assert (work.status, claim(work.pk)) == (Status.FAILED, None)
    client.force_login(staff)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "berhenti mendadak 3 kali" in page and "Periksa lagi" in page
    assert asked(batch, staff).status == Status.QUEUED


def test_a_refused_step_says_why(batch, staff, client):
    work_on(asked(batch, staff).pk)
    batch.refresh_from_db()
    work = asked(batch, staff, Step.SAVE)
    actions.discard_import(batch, by=staff)
    work_on(work.pk)
    work.refresh_from_db()
    assert work.status == Status.FAILED and "dibatalkan" in work.reason
    assert not Enterprise.objects.exists()


def test_who_may_no_longer_import_gets_nothing_done(batch, staff):
    work = asked(batch, staff)
    staff.role = Role.VIEWER
    staff.save()
    work_on(work.pk)
    work.refresh_from_db()
    assert work.status == Status.FAILED
    assert ImportBatch.objects.get(pk=batch.pk).status == "uploaded"


def test_a_broker_that_is_away_loses_nothing(batch, staff):
    def away():
        raise OSError("no broker")

    work = asked(batch, staff)
    assert import_queue.publish_due(away) == 0
    work.refresh_from_db()
    assert (work.status, work.said_at) == (Status.QUEUED, None)


def test_what_nobody_decided_is_put_away_with_its_file(batch, staff):
    storage, name = batch.upload.storage, batch.upload.name
    assert storage.exists(name)
    assert import_expiry.discard_expired() == import_expiry.remove_files() == 0
    ImportBatch.objects.update(created_at=timezone.now() - timedelta(days=7, minutes=1))
    call_command("sweep", once=True)
    batch.refresh_from_db()
    assert (batch.status, batch.upload.name) == ("discarded", "")
    assert not storage.exists(name)
    assert connection.in_atomic_block is False

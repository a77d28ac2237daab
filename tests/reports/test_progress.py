"""Watching costs little where nothing happens, and what is not wanted any more is not made."""

import pytest
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from closedloop.reports import work
from closedloop.reports.cancelling import cancel
from closedloop.reports.models import ReportBatch, ReportJob
from tests.factories.accounts import UserFactory
from tests.factories.reports import ReportBatchFactory, ReportJobFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
MADE = work.Rendered(b"%PDF-1.7 dibuat", 3)


def ask(client, batch, mark=""):
    return client.get(reverse("reports:progress", args=[batch.code]), {"tanda": mark}, headers=HTMX)


def counted(batch) -> ReportBatch:
    return ReportBatch.objects.with_counts().get(pk=batch.pk)


# --- Watching -------------------------------------------------------------------------------------------
def test_a_question_without_news_costs_one_query_and_no_bytes(client, login, django_assert_num_queries):
    batch = ReportBatchFactory(requested_by=login(Role.LEAD))
    for _ in range(3):
        ReportJobFactory(batch=batch)
    mark = counted(batch).mark
    with django_assert_num_queries(3):  # the session, its user, and the counts
        answer = ask(client, batch, mark)
    assert (answer.status_code, answer.content) == (204, b"")


def test_every_beginning_and_every_end_is_news(client, login):
    batch = ReportBatchFactory(requested_by=login(Role.LEAD))
    job, other = (ReportJobFactory(batch=batch) for _ in range(2))
    marks = [counted(batch).mark]
    claimed = work.claim(job.pk)
    marks.append(counted(batch).mark)
    work.finish(claimed, "a" * 64, MADE)
    marks.append(counted(batch).mark)
    work.fail(work.claim(other.pk), "Foto rusak.")
    marks.append(counted(batch).mark)
    assert len(set(marks)) == 4
    for mark in marks[:-1]:
        assert ask(client, batch, mark).status_code == 286
    assert ask(client, batch, marks[1]).content.count(b'id="kemajuan"') == 1


def test_the_list_shows_what_has_ended_without_being_loaded_again(client, login):
    first, second = (
        ReportBatchFactory(requested_by=login(Role.LEAD), title=title) for title in ("Satu", "Dua")
    )
    jobs = [ReportJobFactory(batch=batch) for batch in (first, second)]
    page = client.get(reverse("reports:list")).content.decode()
    mark = page.split("tanda=")[1].split('"')[0]
    address = reverse("reports:running")
    assert client.get(address, {"tanda": mark}, headers=HTMX).status_code == 204
    work.finish(work.claim(jobs[0].pk), "a" * 64, MADE)
    answer = client.get(address, {"tanda": mark}, headers=HTMX)
    assert answer.status_code == 200
    assert 'id="riwayat" hx-swap-oob="true"' in answer.content.decode()
    mark = answer.content.decode().split("tanda=")[1].split('"')[0]
    work.claim(jobs[1].pk)
    assert "riwayat" not in client.get(address, {"tanda": mark}, headers=HTMX).content.decode()


def test_the_owner_s_page_asks_by_itself(client, login, world):
    batch = ReportBatchFactory(requested_by=world.owner, kind="card")
    job = ReportJobFactory(batch=batch)
    login(world.owner)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert f'data-wait="{reverse("reports:progress", args=[batch.code])}?tanda=' in page
    assert "js/wait" in page and "htmx" not in page
    work.finish(work.claim(job.pk), "a" * 64, MADE)
    answer = ask(client, batch, counted(ReportBatchFactory()).mark)
    assert "Unduh PDF" in answer.content.decode() and "data-wait" not in answer.content.decode()
    assert "<html" not in answer.content.decode()


# --- Cancelling -----------------------------------------------------------------------------------------
def test_what_is_finished_stays_and_what_is_open_is_not_made(client, login):
    batch = ReportBatchFactory(requested_by=login(Role.LEAD))
    done, running, queued = (ReportJobFactory(batch=batch, **more) for more in ({"finished": True}, {}, {}))
    slow = work.claim(running.pk)
    page = client.post(reverse("reports:cancel", args=[batch.code]), follow=True).content.decode()
    assert "2 laporan dibatalkan" in page and "Dibatalkan" in page and "Unduh PDF" in page
    assert work.finish(slow, "a" * 64, MADE) is False and work.claim(queued.pk) is None
    statuses = list(ReportJob.objects.order_by("created_at").values_list("status", flat=True))
    assert statuses == ["done", "cancelled", "cancelled"]
    assert ReportBatch.objects.get().completed_at
    assert [event.verb for event in Event.objects.all()] == ["report.cancelled"] * 2
    assert not Notification.objects.exists()
    page = client.post(reverse("reports:cancel", args=[batch.code]), follow=True).content.decode()
    assert "Tidak ada lagi yang dapat dibatalkan" in page
    assert done.pk in ReportJob.objects.done().values_list("pk", flat=True)


def test_a_cancelled_report_is_not_tried_again_with_the_failed_ones(client, login):
    batch = ReportBatchFactory(requested_by=login(Role.LEAD))
    ReportJobFactory(batch=batch, given_up=True)
    ReportJobFactory(batch=batch)
    assert cancel(batch, by=batch.requested_by) == 1
    client.post(reverse("reports:retry", args=[batch.code]))
    assert sorted(ReportJob.objects.values_list("status", flat=True)) == ["cancelled", "queued"]


def test_the_requester_learns_who_cancelled():
    batch, staff = ReportBatchFactory(), UserFactory(role=Role.STAFF, full_name="Petugas Contoh")
    ReportJobFactory(batch=batch)
    cancel(batch, by=staff)
    notice = Notification.objects.get()
    assert notice.user == batch.requested_by
    assert "Petugas Contoh membatalkan 1 laporan" in notice.body


def test_a_batch_that_is_finished_has_nothing_to_cancel():
    batch = ReportBatchFactory(completed_at=timezone.now())
    ReportJobFactory(batch=batch, finished=True)
    assert cancel(batch, by=batch.requested_by) == 0
    assert not Event.objects.exists()

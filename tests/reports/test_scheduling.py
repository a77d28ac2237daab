"""Reports that make themselves: once a month, in somebody's name, and told when they cannot be made."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from closedloop.reports import scheduling
from closedloop.reports.models import ReportBatch, ReportJob, ReportSchedule, ScheduledMonth
from closedloop.reports.tasks import make_monthly_reports
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory
from tests.factories.schedules import ReportScheduleFactory

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def today(monkeypatch):
    """Let it be some day in Jakarta."""

    def set_to(day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: day)

    set_to(date(2026, 11, 24))
    return set_to


def page_of(response) -> str:
    return response.content.decode()


# --- Made -----------------------------------------------------------------------------------------------
def test_run_twice_it_makes_one_request_a_month(today):
    schedule = ReportScheduleFactory(day=24)
    make_monthly_reports()
    make_monthly_reports()
    today(date(2026, 11, 30))
    make_monthly_reports()
    assert ReportBatch.objects.count() == ReportJob.objects.count() == 1
    today(date(2026, 12, 24))
    make_monthly_reports()
    assert ReportBatch.objects.count() == 2
    assert [one.month for one in schedule.months.all()] == [date(2026, 12, 1), NOVEMBER]


@pytest.mark.django_db(transaction=True)
def test_run_in_parallel_it_makes_one_request(today):
    schedule, barrier, errors = ReportScheduleFactory(), threading.Barrier(3), []

    def run():
        try:
            barrier.wait()
            make_monthly_reports()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert schedule.months.get().batch == ReportBatch.objects.get()
    assert ReportJob.objects.count() == 1 and Event.objects.filter(verb="reportschedule.made").count() == 1


def test_the_paper_says_whose_schedule_asked_for_it(today):
    lead = UserFactory(role=Role.LEAD, full_name="Retno Contoh")
    ReportScheduleFactory(set_by=lead)
    make_monthly_reports()
    snapshot = ReportJob.objects.get().snapshot
    assert snapshot["requested_by"] == "jadwal bulanan dari Retno Contoh, Pimpinan program"
    assert "Retno" not in snapshot["requested_role"]
    assert ReportBatch.objects.get().requested_by == lead


def test_each_scope_has_its_own_reports(today):
    cohort, other = CohortFactory(status="running"), CohortFactory(status="running")
    for of in (cohort, cohort, other):
        EnrolmentFactory(cohort=of)
    EnrolmentFactory(cohort=cohort, status="withdrawn")
    cases = [("enterprise", cohort, 2), ("enterprise", None, 3), ("cohort", other, 1), ("cohort", None, 2)]
    for kind, of, count in cases:
        schedule = ReportScheduleFactory(kind=kind, cohort=of)
        assert len(scheduling.subjects_of(schedule)) == count


def test_paused_ones_are_left_out_and_not_made_up_for(today):
    schedule = ReportScheduleFactory(day=10, is_paused=True)
    make_monthly_reports()
    assert not ScheduledMonth.objects.exists() and schedule.next_run is None
    scheduling.pause(schedule, by=schedule.set_by, is_paused=False)
    make_monthly_reports()
    schedule.refresh_from_db()
    assert not ScheduledMonth.objects.exists() and schedule.next_run == date(2026, 12, 10)


# --- Not made -------------------------------------------------------------------------------------------
def test_what_cannot_be_made_is_told_once_and_stops_nothing_else(today):
    empty = ReportScheduleFactory(kind="enterprise", cohort=CohortFactory())
    ReportScheduleFactory()
    make_monthly_reports()
    make_monthly_reports()
    notice = Notification.objects.get()
    assert notice.user == empty.set_by and notice.path == empty.get_absolute_url()
    assert "Tidak ada yang dapat dilaporkan" in notice.body and "November 2026" in notice.body
    assert ReportBatch.objects.get().kind == "programme"


def test_whoever_lost_the_right_is_named_to_the_other_leads(today):
    gone, present = UserFactory(role=Role.LEAD, full_name="Dulu Contoh"), UserFactory(role=Role.LEAD)
    schedule = ReportScheduleFactory(set_by=gone)
    gone.is_active = False
    gone.save()
    make_monthly_reports()
    notice = Notification.objects.get()
    assert notice.user == present and "Dulu Contoh" in notice.body
    scheduling.change_schedule(schedule, by=present, day=1, language="id")
    assert scheduling.try_again(ReportSchedule.objects.get(), by=present) is True
    assert ReportBatch.objects.get().requested_by == present


def test_rows_that_the_database_refuses_fail_one_schedule_alone(today, monkeypatch):
    broken, sound = ReportScheduleFactory(kind="cohort"), ReportScheduleFactory()
    CohortFactory(status="running")

    def refused(*_args, **_more):
        raise IntegrityError("refused")

    monkeypatch.setattr("closedloop.reports.kinds.cohort.snapshots", refused)
    for schedule in (broken, sound):
        scheduling.make_month(schedule, NOVEMBER)
    assert "IntegrityError" in broken.months.get().reason and sound.months.get().batch


def test_a_fault_of_ours_fails_one_schedule_alone(today, monkeypatch):
    broken, sound = ReportScheduleFactory(kind="cohort"), ReportScheduleFactory()
    cohort = CohortFactory(status="running")
    monkeypatch.setattr("closedloop.reports.kinds.cohort.snapshots", lambda *_args, **_more: 1 / 0)
    make_monthly_reports()
    assert "ZeroDivisionError" in broken.months.get().reason and sound.months.get().batch
    monkeypatch.undo()
    assert scheduling.try_again(broken, by=broken.set_by) is True
    assert broken.months.get().batch.jobs.get().subject_id == cohort.pk
    assert scheduling.try_again(broken, by=broken.set_by) is False


# --- On the page ----------------------------------------------------------------------------------------
def test_a_lead_sets_changes_and_pauses_one(client, login, today):
    lead = login(Role.LEAD)
    EnrolmentFactory()
    wish = {"kind": "programme", "day": "31", "language": "id", "key": "01900000-0000-7000-8000-000000000001"}
    for _ in range(2):  # pressed twice
        page = page_of(client.post(reverse("reports:schedules"), wish, follow=True))
        assert "Laporan berikutnya: " in page and "30 November 2026" in page
    schedule = ReportSchedule.objects.get()
    assert schedule.set_by == lead and "seluruh program" in page
    page = page_of(client.post(schedule.get_absolute_url(), {"day": "5", "language": "en"}, follow=True))
    assert "5 Desember 2026" in page
    address = reverse("reports:pause_schedule", args=[schedule.code])
    for _ in range(2):
        assert "Dijeda" in page_of(client.post(address, {"jeda": "1"}, follow=True))
    verbs = [event.verb for event in Event.objects.order_by("pk")]
    assert verbs == ["reportschedule.added", "reportschedule.changed", "reportschedule.paused"]


@pytest.mark.parametrize(
    "change, message",
    [
        ({"day": "32"}, "Tulis tanggal 1 sampai 31."),
        ({"day": ""}, "Tulis tanggalnya, 1 sampai 31."),
        ({"kind": "minutes"}, "Pilih laporan dari daftar."),
        ({"cohort": "00000000-0000-0000-0000-000000000000"}, "Pilih angkatan dari daftar."),
    ],
)
def test_a_wish_that_cannot_be_is_told_at_its_field(client, login, change, message):
    login(Role.LEAD)
    wish = {"kind": "programme", "day": "5", "language": "id", "key": "01900000-0000-7000-8000-000000000001"}
    assert message in page_of(client.post(reverse("reports:schedules"), wish | change))
    assert not ReportSchedule.objects.exists()


def test_a_scope_of_another_kind_is_told(client, login):
    login(Role.LEAD)
    wish = {"kind": "programme", "day": "5", "language": "id", "cohort": CohortFactory().pk}
    wish["key"] = "01900000-0000-7000-8000-000000000001"
    assert "bukan tentang satu angkatan" in page_of(client.post(reverse("reports:schedules"), wish))


def test_the_request_says_that_a_schedule_made_it(client, login, today):
    schedule = ReportScheduleFactory(set_by=login(Role.LEAD))
    make_monthly_reports()
    page = page_of(client.get(ReportBatch.objects.get().get_absolute_url()))
    assert "oleh jadwal bulanan dari" in page
    page = page_of(client.get(schedule.get_absolute_url()))
    assert "November 2026" in page and ReportBatch.objects.get().title in page

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.reports import actions
from closedloop.reports.models import Kind, ReportBatch, ReportJob
from participants.models import Enterprise
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory, EnterpriseFactory
from tests.factories.reports import ReportBatchFactory, ReportJobFactory


def ask(subjects, *, by, key=None, kind=Kind.ENTERPRISE, language="id"):
    return actions.request_reports(kind, subjects, language=language, by=by, form_key=key or uuid4())


@pytest.fixture
def lead(db):
    return UserFactory(role=Role.LEAD)


def test_a_request_freezes_one_snapshot_per_report(lead):
    subjects = [EnrolmentFactory().enterprise for _ in range(2)]
    batch = ask(subjects, by=lead)
    jobs = list(batch.jobs.order_by("number"))
    assert batch.title == "Laporan Perkembangan IKM, 2 berkas"
    assert {job.subject_id for job in jobs} == {subject.pk for subject in subjects}
    for job in jobs:
        assert (job.status, job.snapshot["number"], job.snapshot["code"]) == ("queued", job.number, job.code)
        assert job.snapshot["heading"] == job.subject_name
        assert job.snapshot["url"].endswith(f"/periksa/{job.code}/")
        assert len(job.snapshot_sha256) == 64
    assert jobs[0].snapshot["as_of"] == jobs[1].snapshot["as_of"]
    assert jobs[0].number < jobs[1].number
    assert jobs[0].number.startswith("LPI/")


def test_the_snapshot_stays_when_the_record_changes(lead):
    enterprise = EnterpriseFactory(name="Lama Presisi")
    batch = ask([enterprise], by=lead)
    Enterprise.objects.update(name="Baru Presisi")
    assert batch.jobs.get().snapshot["heading"] == "CV Lama Presisi"


def test_a_request_leaves_its_trace_on_the_timeline_of_the_ikm(lead):
    enterprise = EnterpriseFactory()
    batch = ask([enterprise], by=lead)
    event = Event.objects.get(verb="report.requested")
    assert (event.verb, event.actor_id, event.enterprise_id) == ("report.requested", lead.pk, enterprise.pk)
    assert event.data["batch"] == batch.code


@pytest.mark.parametrize("role, looks", [(Role.LEAD, 1), (Role.MENTOR, 0)])
def test_a_paper_with_the_whole_number_is_a_look_at_it(db, role, looks):
    reader, enterprise = UserFactory(role=role), EnrolmentFactory().enterprise
    batch = ask([enterprise], by=reader)
    assert (enterprise.nib in str(batch.jobs.get().snapshot["identity"])) is bool(looks)
    seen = Event.objects.filter(verb="enterprise.identity_viewed", actor_id=reader.pk)
    assert seen.filter(enterprise_id=enterprise.pk).count() == looks


def test_pressing_twice_makes_one_batch(lead):
    enterprise, key = EnterpriseFactory(), uuid4()
    first, second = ask([enterprise], by=lead, key=key), ask([enterprise], by=lead, key=key)
    assert first == second and ReportBatch.objects.count() == ReportJob.objects.count() == 1


def test_the_same_form_with_another_wish_is_refused(lead):
    key = uuid4()
    ask([EnterpriseFactory()], by=lead, key=key)
    with pytest.raises(ValidationError) as refusal:
        ask([EnterpriseFactory()], by=lead, key=key)
    assert refusal.value.code == "reused"


def test_two_people_may_use_the_same_key(lead):
    enterprise, key = EnterpriseFactory(), uuid4()
    assert ask([enterprise], by=lead, key=key) != ask([enterprise], by=UserFactory(role=Role.LEAD), key=key)


def test_a_request_for_nothing_is_refused(lead):
    with pytest.raises(ValidationError):
        ask([], by=lead)


def test_half_a_request_is_no_request(lead, monkeypatch):
    def broken(*args, **options):
        raise RuntimeError("in the middle")

    monkeypatch.setattr(actions, "record", broken)
    with pytest.raises(RuntimeError):
        ask([EnterpriseFactory()], by=lead)
    assert not ReportBatch.objects.exists() and not ReportJob.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_snapshots_of_a_batch_see_one_moment(monkeypatch):
    lead, subjects = (
        UserFactory(role=Role.LEAD),
        [EnterpriseFactory(name="Satu"), EnterpriseFactory(name="Dua")],
    )
    levels = []

    def spy(*args, **options):
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            levels.append(cursor.fetchone()[0])

    monkeypatch.setattr(actions, "record", spy)
    ask(subjects, by=lead)
    assert set(levels) == {"repeatable read"}
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone()[0] == "read committed"


def test_retry_takes_the_failed_ones_only_from_the_same_snapshot(lead):
    batch = ReportBatchFactory(completed_at="2026-11-24T03:00:00Z")
    done, failed = (
        ReportJobFactory(batch=batch, finished=True),
        ReportJobFactory(batch=batch, given_up=True, starts=6),
    )
    assert actions.retry_failed(batch, by=lead) == 1
    failed.refresh_from_db()
    done.refresh_from_db()
    batch.refresh_from_db()
    assert (failed.status, failed.starts, failed.error_text) == ("queued", 0, "")
    assert done.status == "done" and batch.completed_at is None
    assert Event.objects.get(verb="report.retried").data == {"reason": "Foto rusak pada temuan KS7."}
    assert actions.retry_failed(batch, by=lead) == 0


def test_a_download_is_noted_for_each_file(lead):
    jobs = [ReportJobFactory(finished=True) for _ in range(2)]
    actions.note_download(jobs, by=lead)
    assert [event.verb for event in Event.objects.all()] == ["report.downloaded"] * 2


@pytest.mark.django_db
def test_the_database_refuses_half_a_report():
    job = ReportJobFactory()
    for change in (
        {"status": "done"},
        {"status": "running"},
        {"status": "failed"},
        {"status": "lost"},
        {"number": ""},
        {"artifact_sha256": "a" * 64},
    ):
        with pytest.raises(Exception, match="check constraint"), transaction.atomic():
            ReportJob.objects.filter(pk=job.pk).update(**change)

"""An issued report never changes; a newer one takes its place and says what changed; a lead revokes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from closedloop.reports import actions, artefacts, work
from closedloop.reports.changes import changed_figures
from closedloop.reports.endings import Revocation, Supersession
from closedloop.reports.models import Kind, ReportBatch, ReportJob
from closedloop.reports.series import series_of
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.reports import (
    ReportJobFactory,
    RevocationFactory,
    SupersessionFactory,
    small_snapshot,
)

START = timezone.now()


def issued(at: int, value: str = "69,2", series: str = "s") -> ReportJob:
    """Return a report whose data are `at` minutes old-time, issued now by its worker."""
    moment = (START + timedelta(minutes=at)).isoformat()
    snapshot = small_snapshot(as_of=moment)
    snapshot["figures"]["scores.last"] |= {"text": value, "mark": "A1"}
    job = ReportJobFactory(series=series, snapshot=snapshot)
    claimed = work.claim(job.pk)
    rendered = work.Rendered(b"%PDF " + str(at).encode(), 1)
    assert work.finish(claimed, artefacts.store(rendered.content, uuid4()), rendered)
    return ReportJob.objects.get(pk=job.pk)


# --- Nothing issued changes -----------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda job: ReportJob.objects.filter(pk=job.pk).update(artifact_sha256="1" * 64),
        lambda job: ReportJob.objects.filter(pk=job.pk).update(snapshot={"schema": 1}),
        lambda job: ReportJob.objects.filter(pk=job.pk).update(
            status="queued", artifact_sha256="", artifact_size=None
        ),
        lambda job: ReportJob.objects.filter(pk=job.pk).delete(),
        lambda job: ReportBatch.objects.filter(pk=job.batch_id).update(language="en"),
    ],
    ids=["hash", "figures", "status", "row", "request"],
)
def test_the_database_refuses_to_change_an_issued_report(change):
    job = ReportJobFactory(finished=True)
    with pytest.raises(DatabaseError, match="an issued report does not change"), transaction.atomic():
        change(job)


@pytest.mark.django_db
@pytest.mark.parametrize("made", [SupersessionFactory, RevocationFactory])
def test_what_became_of_a_report_is_written_once(made):
    row = made()
    for act in (lambda: row.save(), lambda: type(row).objects.filter(pk=row.pk).delete()):
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            act()


@pytest.mark.django_db
def test_the_request_of_an_issued_report_may_still_be_completed():
    job = ReportJobFactory(finished=True)
    ReportBatch.objects.filter(pk=job.batch_id).update(completed_at=timezone.now())


# --- The newer one takes the place ----------------------------------------------------------------------
@pytest.mark.django_db
def test_a_newer_report_takes_the_place_and_says_what_changed():
    old, new = issued(0), issued(1, "71,0")
    found = Supersession.objects.get()
    assert (found.old, found.new) == (old, new)
    assert found.changes == [
        {
            "mark": "A1",
            "code": "scores.last",
            "name": "Nilai total terakhir",
            "before": "69,2",
            "after": "71,0",
        }
    ]
    assert list(ReportJob.objects.in_force()) == [new]
    assert Event.objects.get(verb="report.superseded").data == {"number": new.number, "changed": 1}


@pytest.mark.django_db
def test_the_newest_data_win_whichever_was_finished_first():
    newer, older = issued(5), issued(1)
    assert (older.superseded.new, list(ReportJob.objects.in_force())) == (newer, [newer])


@pytest.mark.django_db
def test_each_report_is_replaced_by_the_next_one():
    first, second, third = issued(0), issued(1), issued(2)
    assert (first.superseded.new, second.superseded.new) == (second, third)


@pytest.mark.django_db
def test_papers_of_one_moment_and_of_other_series_stand_side_by_side():
    issued(0), issued(0), issued(1, series="t"), issued(2, series=""), issued(3, series="")
    assert not Supersession.objects.exists()


def test_a_series_is_of_one_kind_subject_language_period_and_pair_of_eyes():
    subject, mentor = uuid4(), UserFactory.build(role=Role.MENTOR)
    base = {"language": "id", "period": "", "by": None}

    def series(kind="enterprise", subject=subject, **more):
        return series_of(kind, subject, **{**base, **more})

    assert (
        series() == series(by=UserFactory.build(role=Role.LEAD)) == series(by=UserFactory.build(role="staff"))
    )
    others = [
        series(kind="cohort"),
        series(subject=uuid4()),
        series(language="en"),
        series(period="2026-01-01/2026-06-30"),
        series(by=mentor),
        series(by=UserFactory.build(role=Role.MENTOR)),
    ]
    assert len({series(), *others}) == 7 and max(len(one) for one in others) <= 160


@pytest.mark.django_db
def test_a_request_names_the_series_of_each_report():
    lead, subject = UserFactory(role=Role.LEAD), EnterpriseFactory()
    batch = actions.request_reports(Kind.ENTERPRISE, [subject], language="en", by=lead, form_key=uuid4())
    assert batch.jobs.get().series == f"enterprise|{subject.pk}|en||programme"


# --- What changed -----------------------------------------------------------------------------------------
def figure(text, **more):
    return {"name": "Angka", "text": text, "of": "", "parts": [], "mark": "A1", **more}


def test_a_figure_changed_where_its_words_did():
    part = {"name": "Madya", "text": "3"}
    old = {"figures": {"a": figure("1"), "b": figure("92%", of="23 dari 25"), "c": figure("3", parts=[part])}}
    new = {"figures": {"a": figure("1"), "b": figure("92%", of="46 dari 50"), "d": figure("Belum ada data")}}
    found = [(row["code"], row["before"], row["after"]) for row in changed_figures(old, new)]
    assert found == [
        ("b", "92% (23 dari 25)", "92% (46 dari 50)"),
        ("d", "tidak ada dalam laporan", "Belum ada data"),
        ("c", "3: Madya 3", "tidak ada dalam laporan"),
    ]
    assert changed_figures(old, old) == []


# --- Revoked ----------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_lead_revokes_with_a_reason_and_the_requester_is_told():
    job, lead = ReportJobFactory(finished=True), UserFactory(role=Role.LEAD)
    actions.revoke(job, "Nilai tes  akhir salah masuk.", by=lead)
    assert Revocation.objects.get().reason == "Nilai tes akhir salah masuk."
    assert not ReportJob.objects.in_force().exists()
    assert Event.objects.get(verb="report.revoked").actor_id == lead.pk
    assert Notification.objects.get().user == job.batch.requested_by
    with pytest.raises(ValidationError, match="sudah dicabut"):
        actions.revoke(job, "Nilai tes akhir salah masuk.", by=lead)


@pytest.mark.django_db
def test_without_a_reason_or_an_issued_report_nothing_is_revoked():
    lead = UserFactory(role=Role.LEAD)
    for job, reason in (
        (ReportJobFactory(finished=True), "salah"),
        (ReportJobFactory(), "Nilai salah masuk."),
    ):
        with pytest.raises(ValidationError):
            actions.revoke(job, reason, by=lead)
    assert not Revocation.objects.exists()

"""The demonstration holds a paper whose place a newer one took."""

import pytest

from closedloop.accounts.roles import Role
from closedloop.core.models import new_id
from closedloop.demonstration.ended_papers import end_some
from closedloop.reports.actions import request_reports
from closedloop.reports.models import Kind, ReportJob
from closedloop.reports.work import work_on
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_newer_card_takes_the_place_of_the_older():
    lead, enrolment = UserFactory(role=Role.LEAD), EnrolmentFactory()
    batch = request_reports(Kind.CARD, [enrolment.enterprise], language="id", by=lead, form_key=new_id())
    older = batch.jobs.get()
    work_on(older.pk)
    end_some([batch])
    newer = ReportJob.objects.exclude(pk=older.pk).get()
    assert newer.status == ReportJob.Status.DONE
    assert [(one.old, one.new) for one in newer.supersedes.all()] == [(older, newer)]

"""What the public page says of a genuine paper whose certificate ended, and who still takes papers away."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.reports.models import Kind
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory
from tests.factories.reports import ReportBatchFactory, ReportJobFactory
from tests.factories.trainings import CertificateFactory
from tests.reports.papers import decided, snapshot_of
from trainings import actions

pytestmark = pytest.mark.django_db
IN_FORCE = "masih berlaku"


def paper(kind, subject):
    batch = ReportBatchFactory(kind=kind)
    return ReportJobFactory(
        batch=batch, finished=True, subject_id=subject.pk, snapshot=snapshot_of(kind, subject)
    )


def page_of(client, job) -> str:
    return client.get(reverse("reports:verify", args=[job.code])).content.decode()


def test_a_class_certificate_is_in_force_until_its_day_and_no_longer(client):
    decision = decided(EnrolmentFactory())
    job = paper(Kind.CLASS, decision)
    assert IN_FORCE in page_of(client, job)
    with time_machine.travel(decision.valid_until + timedelta(days=2), tick=False):
        page = page_of(client, job)
    assert IN_FORCE not in page and "Masa berlaku keputusan ini habis" in page


def test_a_training_certificate_that_was_revoked_is_not_in_force_and_its_holder_is_not_named(client):
    certificate = CertificateFactory()
    job = paper(Kind.TRAINING, certificate)
    page = page_of(client, job)
    assert IN_FORCE in page and certificate.facts["holder"] not in page
    actions.revoke_certificate(certificate, "Salah orang yang dicatat", by=UserFactory(role=Role.STAFF))
    page = page_of(client, job)
    assert IN_FORCE not in page and "sudah dicabut atau diganti" in page


@pytest.mark.parametrize("name, kind", [
    ("download", Kind.PROGRAMME), ("download_sheet", Kind.PROGRAMME), ("download_all", Kind.PROGRAMME),
])  # fmt: skip
def test_who_lost_the_role_takes_no_paper_away_that_was_asked_for_with_it(client, login, name, kind):
    user = login(Role.OWNER)
    batch = ReportBatchFactory(kind=kind, requested_by=user)
    job = ReportJobFactory(batch=batch, finished=True)
    code = batch.code if name == "download_all" else job.code
    assert client.post(reverse(f"reports:{name}", args=[code])).status_code == 403

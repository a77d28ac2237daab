"""The owner's list moves with the records themselves: what is accepted is off it on the next look."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Finding
from assessments.sheet import Sheet
from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.assessments import (
    AssessmentFactory,
    ClassSchemeFactory,
    CohortRubricFactory,
    FindingFactory,
    fill,
    requirement,
)
from tests.factories.participants import DocumentFactory, EnrolmentFactory, PersonFactory
from tests.factories.trainings import SessionFactory, pass_module
from tests.world.assessments import PHOTO

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(login):
    return login(Role.OWNER)


@pytest.fixture
def enrolment(owner):
    """Pemula: for Madya 55 overall, an ISO paper, no critical finding and a module."""
    enrolment = EnrolmentFactory()
    PersonFactory(enterprise=enrolment.enterprise, user=owner)
    scheme = ClassSchemeFactory()
    requirement(scheme, 2, "document", subject="iso9001")
    requirement(scheme, 2, "critical_findings", threshold=Decimal(0))
    CohortRubricFactory(cohort=enrolment.cohort, scheme=scheme)
    return enrolment


def look(client):
    page = client.get(reverse("assessments:my_scores")).content.decode()
    start = page.find('id="h-perlu"')
    return page[start:]


def test_each_line_goes_the_moment_its_evidence_is_accepted(client, enrolment):
    finding = FindingFactory(enterprise=enrolment.enterprise, is_critical=True)
    page = look(client)
    assert "3 hal lagi untuk kelas Madya" in page
    # what blocks comes first, each with its next step
    assert page.index("Tutup temuan") < page.index("Unggah dokumennya") < page.index("Nilai total")

    DocumentFactory(enterprise=enrolment.enterprise, kind="iso9001")
    page = look(client)
    assert "2 hal lagi" in page and "Unggah dokumennya" not in page

    Finding.objects.filter(pk=finding.pk).update(
        status="closed", closed_at=timezone.now(), closed_by=UserFactory()
    )
    assert "1 hal lagi" in look(client)

    assessment = AssessmentFactory(enrolment=enrolment)
    fill(assessment, 3)
    actions.submit(assessment, by=assessment.assessor)
    assert "1 hal lagi" in look(client)
    actions.approve(assessment, by=UserFactory(role=Role.LEAD))
    page = look(client)
    assert "Semua syarat kelas Madya terpenuhi" in page
    assert "Baru terpenuhi" in page and "Dokumen berlaku: ISO 9001" in page


def test_a_module_names_its_next_session_and_goes_when_it_is_passed(client, enrolment):
    scheme = enrolment.cohort.rubric_pin.scheme
    session = SessionFactory(cohort=enrolment.cohort)
    requirement(scheme, 2, "module_passed", subject=session.module.code)
    page = look(client)
    assert reverse("trainings:my_session", args=[session.code]) in page
    assert f"Modul {session.module.name}, sesi" in page
    pass_module(enrolment, session.module)
    page = look(client)
    assert f"Modul {session.module.name}, sesi" not in page and "Baru terpenuhi" in page


def test_points_name_the_fewest_items(client, enrolment):
    assessment = AssessmentFactory(enrolment=enrolment, visited_on=date(2026, 5, 5))
    fill(assessment, 2, LEG1=0)  # 45 of 55
    for row in Sheet(assessment).rows:
        if row.needs_photo:
            day = assessment.visited_on
            actions.add_evidence(assessment, row.criterion, photo=PHOTO, taken_on=day, by=assessment.assessor)
    actions.submit(assessment, by=assessment.assessor)
    actions.approve(assessment, by=UserFactory(role=Role.LEAD))
    page = look(client)
    assert "Tercepat: naikkan LEG1 (0 → 4)" in page
    assert "Nilai total 45,0 &lt; 55" in page

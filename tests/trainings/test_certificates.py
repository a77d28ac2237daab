"""Certificates: who has earned one, what a stranger reads, and what happens when one turns out wrong."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.workflow import TransitionError
from participants.models import Person
from tests.client import PortalClient
from tests.factories.accounts import UserFactory
from tests.factories.participants import PersonFactory
from tests.factories.trainings import (
    AttendanceFactory,
    CohortCurriculumFactory,
    ModuleFactory,
    SessionFactory,
    TestResultFactory,
    enrol,
)
from trainings import actions
from trainings.certification import Hours, Obstacle, fact_rows, obstacles
from trainings.earned import candidates
from trainings.models import Certificate
from trainings.models.certificates import new_certificate_code

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("present", "held", "is_ready"),
    [(0, 0, False), (79, 100, False), (80, 100, True), (81, 100, True), (0, 100, False)],
)
def test_hours_at_the_border(present, held, is_ready):
    lacks = obstacles(Hours(present, held), module_is_passed=True, min_attendance=Decimal("0.8"))
    assert (not lacks) == is_ready


def test_a_module_that_the_ikm_has_not_passed_gives_nobody_a_certificate():
    lacks = obstacles(Hours(16, 16), module_is_passed=False, min_attendance=Decimal("0.8"))
    assert lacks == (Obstacle.MODULE_NOT_PASSED,)


@pytest.fixture
def staff(db):
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def module(db):
    return ModuleFactory(curriculum=CohortCurriculumFactory().curriculum, code="5R", name="5R contoh")


@pytest.fixture
def enrolment(module):
    return enrol(module.curriculum.cohort_pins.get().cohort)[0]


@pytest.fixture
def people(enrolment, module):
    """The owner was at both sessions, the foreman at one; the IKM has passed."""
    first, second = (
        SessionFactory(cohort=enrolment.cohort, module=module, held=True) for _number in range(2)
    )
    owner = enrolment.enterprise.people.first() or PersonFactory(enterprise=enrolment.enterprise)
    foreman = PersonFactory(enterprise=enrolment.enterprise, full_name="Wiryo", is_primary=False)
    for session in (first, second):
        AttendanceFactory(session=session, enrolment=enrolment, person=owner)
    AttendanceFactory(session=second, enrolment=enrolment, person=foreman)
    TestResultFactory(enrolment=enrolment, module=module, mark=85)
    return owner, foreman


@pytest.fixture
def certificate(people, enrolment, module, staff):
    return actions.issue_certificates(enrolment.cohort, module, by=staff)[0]


def test_the_paper_speaks_of_the_person_not_of_the_ikm(people, enrolment, module, staff):
    owner, foreman = people
    found = {one.person: one for one in candidates(enrolment.cohort)}
    assert found[owner].is_ready
    assert found[foreman].obstacles == (Obstacle.TOO_FEW_HOURS,)
    (issued,) = actions.issue_certificates(enrolment.cohort, module, by=staff)
    assert issued.person == owner
    assert (issued.facts["jp_present"], issued.facts["jp_held"]) == (8, 8)
    assert actions.issue_certificates(enrolment.cohort, module, by=staff) == []


def test_candidates_take_as_many_queries_for_ten_as_for_one(
    people, enrolment, module, django_assert_max_num_queries
):
    for other in (enrol(enrolment.cohort)[0] for _number in range(5)):
        AttendanceFactory(
            session=SessionFactory(cohort=enrolment.cohort, module=module, held=True), enrolment=other
        )
    with django_assert_max_num_queries(13):
        assert len(candidates(enrolment.cohort)) == 7


def page(code, **query):
    return PortalClient().get(reverse("trainings:certificate", args=[code]), query)


def test_a_stranger_reads_every_printed_fact(certificate):
    response = page(certificate.code)
    text = response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex"
    for _label, value in fact_rows(certificate):
        assert value in text
    assert "berlaku" in text


def test_a_code_is_found_however_it_is_typed_and_an_unknown_one_says_so(certificate):
    search = reverse("trainings:certificate_search")
    typed = PortalClient().get(search, {"kode": certificate.spoken_code.lower()})
    assert certificate.number in typed.content.decode()
    unknown = PortalClient().get(search, {"kode": new_certificate_code()})
    assert unknown.status_code == 404
    assert "tidak dikenal" in unknown.content.decode()


def test_what_is_printed_does_not_follow_later_changes(certificate):
    Person.objects.filter(pk=certificate.person_id).update(full_name="Nama Baru Sekali")
    assert "Nama Baru Sekali" not in page(certificate.code).content.decode()


def test_a_revoked_one_says_so_and_why(certificate, staff):
    actions.revoke_certificate(certificate, "Terbit untuk orang yang salah", by=staff)
    text = page(certificate.code).content.decode()
    assert "dicabut" in text
    assert "Terbit untuk orang yang salah" in text
    assert (
        PortalClient().get(reverse("trainings:certificate_print", args=[certificate.code])).status_code == 404
    )
    with pytest.raises(TransitionError):
        actions.revoke_certificate(certificate, "Sekali lagi dicabut", by=staff)


def test_a_replaced_one_leads_to_the_new_one_with_todays_facts(certificate, staff):
    Person.objects.filter(pk=certificate.person_id).update(full_name="Siti Nurhaliza Contoh")
    new = actions.replace_certificate(certificate, "Nama pemegang salah tulis", by=staff)
    certificate.refresh_from_db()
    assert (certificate.status, certificate.replaced_by) == (Certificate.Status.REPLACED, new)
    assert new.facts["holder"] == "Siti Nurhaliza Contoh"
    assert new.get_absolute_url() in page(certificate.code).content.decode()
    assert certificate.number in page(new.code).content.decode()
    verbs = Event.objects.filter(target_id=str(certificate.pk)).values_list("verb", flat=True)
    assert set(verbs) == {"certificate.issued", "certificate.replaced"}


def test_who_has_not_earned_it_any_more_gets_no_replacement(certificate, people, staff):
    for mark in people[0].attendances.all():
        actions.correct(mark, "absent", "Ternyata tidak hadir", by=staff)
    with pytest.raises(ValidationError, match="tidak lagi memenuhi"):
        actions.replace_certificate(certificate, "Nama pemegang salah tulis", by=staff)
    certificate.refresh_from_db()
    assert certificate.status == Certificate.Status.VALID


@pytest.mark.parametrize("reason", ["", "salah"])
def test_an_end_needs_a_reason(certificate, staff, reason):
    with pytest.raises(ValidationError, match="alasannya"):
        actions.revoke_certificate(certificate, reason, by=staff)


def test_staff_are_told_what_differs_before_they_replace(client, certificate, staff):
    Person.objects.filter(pk=certificate.person_id).update(full_name="Nama Betul")
    client.force_login(staff)
    address = reverse("trainings:certificate_end", args=[certificate.code])
    assert "nama pemegang" in client.get(address).content.decode()
    response = client.post(address, {"what": "replace", "reason": "pendek"})
    assert "paling sedikit 10 huruf" in response.content.decode()
    assert "pendek" in response.content.decode()
    response = client.post(address, {"what": "replace", "reason": "Nama pemegang salah tulis"})
    certificate.refresh_from_db()
    assert response.url == certificate.replaced_by.get_absolute_url()


def test_the_printed_page_has_the_facts_and_the_address_to_check(certificate):
    text = (
        PortalClient()
        .get(reverse("trainings:certificate_print", args=[certificate.code]), {"bahasa": "en"})
        .content.decode()
    )
    assert certificate.facts["holder"] in text
    assert certificate.get_absolute_url() in text
    assert certificate.facts["module"]["en"] in text
    assert str(date.today().year) in text

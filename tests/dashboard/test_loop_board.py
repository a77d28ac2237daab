"""The closed-loop board read from records: who sees which pairs, where they stand, in a fixed number of queries."""

import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.figures import catalogue as figures
from closedloop.figures.pairs import pairs_in
from partnerships.loop import Step, Why
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, ScorecardFactory
from tests.factories.complaints import ComplaintFactory
from tests.factories.participants import (
    EnrolmentFactory,
    EnterpriseFactory,
    MentorAssignmentFactory,
    PersonFactory,
)
from tests.factories.partnerships import (
    BuyerContactFactory,
    BuyerFactory,
    DecisionFactory,
    DeliveryFactory,
    OrderFactory,
    OrderLineFactory,
    ReviewFactory,
    agreement_between,
)
from tests.factories.requirements import published_with
from tests.factories.trainings import AttendanceFactory, ModuleFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def enrolment():
    return EnrolmentFactory(enterprise__name="Nira Contoh")


@pytest.fixture
def buyer():
    return BuyerFactory(name="PT Arunika Contoh")


def asked(enrolment, buyer):
    """A requirement of the buyer that is addressed to the IKM: the pair exists from then on."""
    requirement = published_with({}, buyer=buyer)
    requirement.addressees.add(enrolment.enterprise)
    return requirement


def only(user, **scope):
    (pairs,) = figures.Sheet(figures.Scope(user=user, **scope)).read(pairs_in).values()
    (pair,) = pairs
    return pair


def rows_of(client, user, query=""):
    client.force_login(user)
    return client.get(reverse("dashboard:loop") + query).context["page"].object_list


def test_the_way_of_a_pair_from_the_requirement_to_the_next_training(staff, enrolment, buyer):
    asked(enrolment, buyer)
    pair = only(staff)
    assert (pair.standing.step, pair.next.role) == (Step.GAP, Role.MENTOR)
    assert pair.standing.since == date(2026, 3, 2)
    AssessmentFactory(enrolment=enrolment, approved=True)
    assert (only(staff).standing.step, only(staff).next.role) == (Step.TRAINING, Role.STAFF)
    agreement = agreement_between([enrolment.enterprise], [buyer], status="signed")
    assert only(staff).standing.step is Step.TRAINING  # what is signed does not run yet
    agreement.status = "active"
    agreement.save()
    pair = only(staff)
    assert (pair.standing.step, pair.standing.since, pair.next.role) == (
        Step.ORDER,
        date(2026, 1, 1),
        Role.BUYER,
    )
    assert pair.standing.passed == {Step.TRAINING, Step.ASSESSMENT}
    order = OrderFactory(enterprise=enrolment.enterprise, buyer=buyer, agreement=agreement)
    line = OrderLineFactory(order=order)
    assert (only(staff).standing.step, only(staff).next.role) == (Step.QCD, Role.OWNER)
    delivery = DeliveryFactory(line=line)
    assert only(staff).next.role == Role.BUYER
    delivery.delete()
    DeliveryFactory(line=line, status="confirmed")
    ScorecardFactory(
        enterprise=enrolment.enterprise,
        month=date(2026, 2, 1),
        frozen_at=datetime(2026, 3, 9, 3, tzinfo=timezone.get_default_timezone()),
    )
    pair = only(staff)
    assert (pair.standing.step, pair.standing.since, pair.next.role) == (
        Step.REVIEW,
        date(2026, 3, 9),
        Role.STAFF,
    )
    review = ReviewFactory(agreement=agreement)
    DecisionFactory(meeting=review, kind="training", module_code="TEK")
    review.closed_at, review.closed_by = timezone.now(), staff
    review.save()
    pair = only(staff)
    assert (pair.standing.step, pair.standing.why) == (Step.TRAINING, Why.ASKED_FOR)
    assert (pair.standing.since, pair.next.role) == (date(2026, 4, 7), Role.STAFF)
    session = SessionFactory(held=True, cohort=enrolment.cohort, module=ModuleFactory(code="TEK"))
    AttendanceFactory(session=session, enrolment=enrolment)
    assert (only(staff).standing.step, only(staff).standing.why) == (Step.ASSESSMENT, Why.UNASSESSED)


def test_a_complaint_holds_the_pair_and_names_who_answers(staff, enrolment, buyer):
    complaint = ComplaintFactory(enterprise=enrolment.enterprise, buyer=buyer)
    pair = only(staff)
    assert (pair.standing.step, pair.standing.since, pair.next.role) == (
        Step.QCD,
        complaint.raised_on,
        Role.OWNER,
    )
    ComplaintFactory(enterprise=enrolment.enterprise, buyer=BuyerFactory(), status="proposed")
    roles = {
        one.next.role
        for one in figures.Sheet(figures.Scope(user=staff)).read(pairs_in)[enrolment.enterprise_id]
    }
    assert roles == {Role.OWNER, Role.BUYER}


def test_each_reader_sees_their_pairs_and_no_other(client, staff, enrolment, buyer):
    asked(enrolment, buyer)
    other = EnrolmentFactory(cohort=enrolment.cohort)
    rival = BuyerFactory(name="PT Lain Contoh")
    asked(other, rival)
    ComplaintFactory(enterprise=enrolment.enterprise, buyer=rival)
    mentor = MentorAssignmentFactory(enrolment=other).mentor
    owner = PersonFactory(enterprise=enrolment.enterprise).user
    contact = BuyerContactFactory(buyer=buyer).user

    def seen(user):
        return {(row.pair.enterprise, row.pair.buyer) for row in rows_of(client, user)}

    mine = {(enrolment.enterprise, buyer), (enrolment.enterprise, rival)}
    assert seen(staff) == mine | {(other.enterprise, rival)}
    assert seen(owner) == mine
    assert seen(mentor) == {(other.enterprise, rival)}
    assert seen(contact) == {(enrolment.enterprise, buyer)}
    page = client.get(reverse("dashboard:loop"))
    assert rival.name not in page.content.decode()


def test_a_buyer_reads_that_a_step_of_the_ikm_is_done_and_not_when(client, enrolment, buyer):
    asked(enrolment, buyer)
    AssessmentFactory(enrolment=enrolment, approved=True)
    (row,) = rows_of(client, BuyerContactFactory(buyer=buyer).user)
    gap = row.cells[Step.GAP - 1]
    assert (gap.state, gap.on, gap.url, gap.words) == ("done", None, "", "Kesenjangan, selesai")
    assert (row.pair.standing.step, row.since, row.days) == (Step.TRAINING, None, None)
    assert all(step > Step.AGREEMENT for step in row.took)
    ((_cohort, took, _count),) = client.get(reverse("dashboard:loop")).context["board"].by_cohort
    assert set(took) == {Step.ORDER, Step.QCD, Step.REVIEW}


def test_every_number_opens_as_many_pairs_as_it_counts(client, staff, enrolment, buyer):
    asked(enrolment, buyer)
    ComplaintFactory(enterprise=EnrolmentFactory().enterprise, buyer=buyer)
    value = figures.value("loop.pairs", figures.Scope(user=staff))
    assert value.value == 2
    for part in value.parts:
        client.force_login(staff)
        assert len(client.get(part.path).context["page"].object_list) == part.value
    assert len(rows_of(client, staff, "?siapa=mentor")) == 1
    assert len(rows_of(client, staff, "?q=nira")) == 1
    assert len(rows_of(client, staff, f"?pembeli={buyer.code}&angkatan={enrolment.cohort.code}")) == 1
    assert len(rows_of(client, staff, "?langkah=entah")) == 2


def test_days_by_cohort_say_of_how_many_and_keep_unknown_apart(client, staff, enrolment, buyer):
    asked(enrolment, buyer)
    agreement_between(
        [enrolment.enterprise], [buyer], starts_on=date(2026, 3, 12), signed_on=date(2026, 3, 1)
    )
    agreement_between([EnrolmentFactory(cohort=enrolment.cohort).enterprise], [buyer])
    client.force_login(staff)
    board = client.get(reverse("dashboard:loop")).context["board"]
    (cohort, took, count), (everybody, _took, _count) = board.by_cohort
    assert (cohort, everybody, count) == (enrolment.cohort, None, 2)
    reached = took[Step.AGREEMENT]
    assert (reached.middle, reached.known, len(reached.days)) == (10, 1, 2)
    rows = rows_of(client, staff, f"?selesai=agreement&angkatan={enrolment.cohort.code}")
    assert sorted(row.pair.took[Step.AGREEMENT] or 0 for row in rows) == [0, 10]


def test_the_workbook_holds_the_same_pairs(client, staff, enrolment, buyer):
    asked(enrolment, buyer)
    client.force_login(staff)
    body = client.get(reverse("dashboard:loop_sheet")).content
    book = openpyxl.load_workbook(io.BytesIO(body))
    line = [cell.value for cell in book.worksheets[0][2]]
    assert line[:4] == [str(enrolment.enterprise), enrolment.enterprise.code, str(buyer), "Kesenjangan"]
    assert line[4] == datetime(2026, 3, 2)
    assert book.worksheets[2]["A2"].value == "Pasangan IKM dan pembeli menurut langkah"


def test_what_is_read_does_not_grow_with_the_pairs(client, staff, buyer, django_assert_num_queries):
    first = EnrolmentFactory()
    full(first, buyer, staff)
    client.force_login(staff)
    client.get(reverse("dashboard:loop"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("dashboard:loop"))
    for _more in range(29):
        full(EnrolmentFactory(cohort=first.cohort), buyer, staff)
    with django_assert_num_queries(len(one)):
        response = client.get(reverse("dashboard:loop"))
    assert response.context["counts"].value == 30


def full(enrolment, buyer, staff):
    """A pair with something at each step."""
    enterprise = enrolment.enterprise
    asked(enrolment, buyer)
    agreement = agreement_between([enterprise], [buyer])
    line = OrderLineFactory(order=OrderFactory(enterprise=enterprise, buyer=buyer, agreement=agreement))
    DeliveryFactory(line=line, status="confirmed")
    ScorecardFactory(enterprise=enterprise, month=date(2026, 2, 1))
    ComplaintFactory(enterprise=enterprise, buyer=buyer, line=line)
    DecisionFactory(meeting__agreement=agreement, kind="training", module_code="TEK")


def test_leavers_and_practice_are_on_no_board(client, staff, buyer):
    gone, practice = EnrolmentFactory(status="withdrawn"), EnrolmentFactory(cohort__is_practice=True)
    for one in (gone, practice):
        ComplaintFactory(enterprise=one.enterprise, buyer=buyer)
    ComplaintFactory(
        enterprise=EnterpriseFactory(),
        buyer=buyer,
        raised_on=timezone.localdate() - timedelta(days=3),
        due_on=timezone.localdate(),
    )
    assert len(rows_of(client, staff)) == 1

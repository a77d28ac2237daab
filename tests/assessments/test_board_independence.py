"""Nobody decides on their own proposal, their own assessment or their own company (reliability D6)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from assessments import actions, interests
from assessments.models import BoardMember, ClassDecision
from closedloop.accounts.roles import Role
from participants.models import Enterprise, MentorAssignment
from partnerships.models import AgreementParty, BuyerContact
from tests.factories.accounts import UserFactory
from tests.factories.assessments import CohortRubricFactory, waiting_decision
from tests.factories.participants import EnrolmentFactory, MentorAssignmentFactory, PersonFactory
from tests.factories.partnerships import AgreementFactory, BuyerFactory
from tests.factories.second import SecondAssessmentFactory
from tests.guards.rows import MOMENT, one

pytestmark = pytest.mark.django_db
LONG = "Keterlambatan terjadi karena pelat terlambat datang."
PARTS = ("assessor", "proposed_by")


@pytest.fixture
def decision():
    """At L2, so that every kind of decision is possible; everybody with a part in it is a lead."""
    enrolment = EnrolmentFactory(enterprise__class_level=2, enterprise__class_since=date(2026, 1, 1))
    MentorAssignmentFactory(enrolment=enrolment)
    CohortRubricFactory(cohort=enrolment.cohort)
    assessor, proposer = UserFactory(role=Role.ASSESSOR), UserFactory(role=Role.STAFF)
    made = waiting_decision(enrolment, by=proposer, assessor=assessor)
    for user in (assessor, proposer):
        user.role = Role.LEAD
        user.save()
    return made


def answers(decision, outcome, members, declared):
    soon = "2027-01-31"
    return {
        "outcome": outcome,
        "reason": LONG,
        "condition_1": "APAR diisi ulang",
        "due_1": soon,
        "members": [one.pk for one in members],
        "declared": [one.pk for one in declared],
        "confirm": "1",
    }


@pytest.mark.parametrize("outcome", ClassDecision.Outcome.values)
@pytest.mark.parametrize("part", PARTS)
def test_no_kind_of_decision_is_signed_by_who_had_a_part(decision, login, client, outcome, part):
    """In the page, and by the CHECK where somebody goes past the page."""
    signer, member = getattr(decision, part), UserFactory(role=Role.ASSESSOR)
    login(signer)
    url = reverse("assessments:check_decision", args=[decision.code])
    page = client.post(url, answers(decision, outcome, [member], [signer, member]))
    assert "Mintalah pimpinan lain memutuskan" in page.content.decode()
    decision.refresh_from_db()
    assert decision.status == "proposed"
    made = one(ClassDecision, decided=True)
    with pytest.raises(IntegrityError, match="class_decider_is_neither"), transaction.atomic():
        ClassDecision.objects.filter(pk=made.pk).update(decided_by=getattr(made, part))


@pytest.mark.parametrize("outcome", ClassDecision.Outcome.values)
@pytest.mark.parametrize("part", PARTS)
def test_nor_sat_on_by_them(decision, login, client, outcome, part):
    lead, member = UserFactory(role=Role.LEAD), getattr(decision, part)
    login(lead)
    url = reverse("assessments:check_decision", args=[decision.code])
    page = client.post(url, answers(decision, outcome, [member], [lead, member])).content.decode()
    assert "Pilih anggota sidang dari daftar" in page
    with pytest.raises(ValidationError, match="tidak dapat menjadi anggota sidang"):
        actions.decide(decision, "retained", reason=LONG, members=[member], by=lead)


def checked(act) -> str:
    """Return the name of the rule by which the database refuses the act at the end of the transaction."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return refusal.value.__cause__.diag.constraint_name


class TestDatabase:
    """Raw SQL: the rules hold for whoever writes past the portal."""

    def insert(self, decision, user, declared="now()"):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO assessments_boardmember (id, created_at, decision_id, user_id, declared_at)"
                f" VALUES (gen_random_uuid(), now(), %s, %s, {declared})",
                [decision.pk, user.pk],
            )

    @pytest.mark.parametrize("part", ["assessor", "proposed_by", "decided_by"])
    def test_whoever_had_a_part_does_not_sit(self, part):
        made = one(ClassDecision, decided=True)
        assert checked(lambda: self.insert(made, getattr(made, part))) == "class_board_is_independent"

    def test_nor_the_mentor_of_the_enrolment(self):
        made = one(ClassDecision, decided=True)
        mentor = MentorAssignmentFactory(enrolment=made.enrolment).mentor
        assert checked(lambda: self.insert(made, mentor)) == "class_board_is_independent"

    def test_nor_who_did_not_declare_to_have_no_interest(self):
        made, user = one(ClassDecision, decided=True), UserFactory()
        assert checked(lambda: self.insert(made, user, "NULL")) == "class_board_is_independent"

    def test_nobody_decides_alone(self):
        made = one(ClassDecision, decided=True)

        def empty():
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM assessments_boardmember WHERE decision_id = %s", [made.pk])

        assert checked(empty) == "class_board_has_two"

    def test_a_board_of_two_without_a_part_may(self):
        made = one(ClassDecision, decided=True)
        BoardMember.objects.create(decision=made, user=UserFactory(), declared_at=MOMENT)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class TestInterest:
    def test_whoever_gave_a_second_look(self, decision):
        second = SecondAssessmentFactory(assessment=decision.assessment, taken=True)
        assert second.assessor_id in interests.barred_from(decision)

    def test_people_of_the_ikm(self, decision):
        person = PersonFactory(enterprise=decision.enterprise, user=UserFactory(role=Role.STAFF))
        assert person.user_id in interests.interested(decision.enterprise)

    def test_people_of_a_buyer_that_has_an_agreement_with_it(self, decision):
        contact, other = (
            BuyerContact.objects.create(
                buyer=BuyerFactory(), full_name="Ani", user=UserFactory(role=Role.STAFF)
            )
            for _ in range(2)
        )
        agreement = AgreementFactory()
        AgreementParty.objects.create(agreement=agreement, part="buyer", buyer=contact.buyer)
        AgreementParty.objects.create(agreement=agreement, part="enterprise", enterprise=decision.enterprise)
        found = interests.interested(Enterprise.objects.get(pk=decision.enterprise_id))
        assert contact.user_id in found
        assert other.user_id not in found

    def test_a_mentor_of_before_in_another_enrolment_may_sit(self, decision):
        former = MentorAssignmentFactory(
            enrolment=EnrolmentFactory(enterprise=decision.enterprise, status="withdrawn"),
            starts_on=date(2025, 1, 1),
            ends_on=date(2025, 6, 1),
        )
        now = MentorAssignment.objects.get(enrolment=decision.enrolment)
        assert interests.mentors(decision) == {now.mentor_id}
        now.ends_on = date(2026, 6, 1)
        now.save()
        assert now.mentor_id in interests.mentors(decision)
        assert former.mentor_id not in interests.barred_from(decision)

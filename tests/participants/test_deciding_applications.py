"""Two reviewers who do not know of each other, one decision, and the enterprise that comes of it."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from participants import actions
from participants.actions.merges import merge_enterprises
from participants.actions.reviews import possible_reviewers
from participants.models import Application, Enterprise
from participants.twins import twins_of
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, judged, open_cohort, scores
from tests.factories.participants import (
    EnrolmentFactory,
    EnterpriseFactory,
    MentorAssignmentFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(reference):
    return UserFactory(role=Role.LEAD)


@pytest.fixture
def staff(reference):
    return UserFactory(role=Role.STAFF)


def decide(application, outcome, by, **options):
    return actions.decide_application(
        application, outcome, by=by, seen=options.pop("seen", "in_review"), **options
    )


def asked(application, staff):
    people = [UserFactory(role=Role.MENTOR), UserFactory(role=Role.ASSESSOR)]
    actions.assign_reviewers(application, people, by=staff)
    return list(application.reviews.all())


def file(review, value=3, **options):
    return actions.file_review(
        review, by=review.reviewer, scores=scores(value), recommendation="accept", **options
    )


def test_two_are_asked_and_told(staff):
    application = ApplicationFactory()
    first, second = asked(application, staff)
    application.refresh_from_db()
    assert application.status == "in_review"
    assert {first.seat, second.seat} == {1, 2}
    assert first.reviewer.notifications.get().path == f"/pendaftaran/{application.code}/nilai/"


@pytest.mark.parametrize("number", [0, 1, 3])
def test_not_one_and_not_three(staff, number):
    people = [UserFactory(role=Role.MENTOR) for _ in range(number)]
    with pytest.raises(ValidationError):
        actions.assign_reviewers(ApplicationFactory(), people, by=staff)


def test_who_has_a_stake_is_not_asked(staff):
    mentor, owner, namesake = (UserFactory(role=Role.MENTOR) for _ in range(3))
    application = ApplicationFactory(email=namesake.email.upper())
    enterprise = EnterpriseFactory(nib=application.nib)
    PersonFactory(enterprise=enterprise, user=owner)
    MentorAssignmentFactory(enrolment=EnrolmentFactory(enterprise=enterprise), mentor=mentor)
    free = UserFactory(role=Role.ASSESSOR)
    assert list(possible_reviewers(application)) == [free]


def test_who_filed_is_not_replaced_and_who_did_not_is(staff):
    application = ApplicationFactory()
    first, second = asked(application, staff)
    file(first)
    other = UserFactory(role=Role.ASSESSOR)
    with pytest.raises(ValidationError):
        actions.assign_reviewers(application, [second.reviewer, other], by=staff)
    actions.assign_reviewers(application, [first.reviewer, other], by=staff)
    assert {review.reviewer for review in application.reviews.all()} == {first.reviewer, other}


def test_a_seat_given_back_is_free_again(staff):
    application = ApplicationFactory()
    first, second = asked(application, staff)
    actions.recuse(first, by=first.reviewer, reason="Mengenal pemiliknya")
    assert [review.reviewer for review in application.reviews.all()] == [second.reviewer]
    actions.assign_reviewers(application, [second.reviewer, UserFactory(role=Role.MENTOR)], by=staff)
    assert application.reviews.count() == 2


@pytest.mark.parametrize(
    "broken", [{}, {"KES": 3}, {**dict.fromkeys(("KES", "KAP", "KOM", "LEG"), 3), "TUM": 5}]
)
def test_a_half_scored_application_is_not_filed(staff, broken):
    first, _second = asked(ApplicationFactory(), staff)
    with pytest.raises(ValidationError, match="0 sampai 4"):
        actions.file_review(first, by=first.reviewer, scores=broken, recommendation="accept")


def test_a_slip_is_corrected_with_a_reason_until_the_other_has_filed(staff):
    first, second = asked(ApplicationFactory(), staff)
    file(first, 1)
    with pytest.raises(ValidationError) as error:
        file(first, 2)
    assert "reason" in error.value.error_dict
    file(first, 2, reason="Salah baca kriteria")
    event = Event.objects.get(verb="applicationreview.corrected")
    assert (event.data["before"]["scores"]["KES"], event.data["after"]["scores"]["KES"]) == (1, 2)
    file(second)
    with pytest.raises(ValidationError, match="nilai ini tetap"):
        file(first, 4, reason="Ingin menyamakan nilai")
    first.refresh_from_db()
    assert first.scores["KES"] == 2


def test_accepting_makes_the_enterprise_its_person_consent_figure_and_a_calon(lead):
    application = judged(4, 3, products="Knalpot, Bracket")
    decide(application, "accepted", lead)
    enterprise = Enterprise.objects.get(nib=application.nib)
    assert enterprise.pk == application.pk
    assert [product.name for product in enterprise.products.order_by("name")] == ["Bracket", "Knalpot"]
    person, consent = enterprise.people.get(), enterprise.consents.get()
    assert (person.full_name, person.phone) == (application.owner_name, application.phone)
    assert (consent.text_version, consent.given_at) == ("2026-1", application.submitted_at)
    assert enterprise.annual_figures.get().annual_sales == application.annual_sales
    enrolment = enterprise.enrolments.get()
    assert (enrolment.status, enrolment.cohort) == ("applicant", application.cohort)


def test_the_timeline_begins_with_the_application_on_its_own_day(lead, staff):
    application = actions.start_application(open_cohort())
    made = ApplicationFactory.build(cohort=application.cohort)
    names = "name legal_form nib regency products employee_count annual_sales sales_year motivation"
    fields = {name: getattr(made, name) for name in f"{names} owner_name phone email".split()}
    actions.submit_application(application, **fields)
    for review in asked(application, staff):
        file(review)
    decide(application, "accepted", lead)
    verbs = Event.objects.filter(enterprise_id=application.pk).order_by("id").values_list("verb", flat=True)
    assert verbs[0] == "application.submitted"
    assert {"applicationreview.filed", "enterprise.registered", "application.accepted"} <= set(verbs)


def test_a_known_enterprise_is_linked_and_not_registered_twice(lead):
    application = judged(4, 4)
    known = EnterpriseFactory(nib=application.nib)
    assert [(twin.enterprise, twin.is_certain) for twin in twins_of(application)] == [(known, True)]
    with pytest.raises(ValidationError, match="NIB"):
        decide(application, "accepted", lead)
    decide(application, "accepted", lead, enterprise=known)
    application.refresh_from_db()
    assert application.registered_as == known
    assert Enterprise.objects.count() == 1
    assert known.enrolments.get().cohort == application.cohort
    assert known.people.get().phone == application.phone


def test_the_number_of_a_merged_record_leads_to_its_survivor(lead):
    application = judged(4, 4)
    survivor, old = EnterpriseFactory(), EnterpriseFactory(nib=application.nib)
    merge_enterprises(survivor, old, by=lead)
    assert Enterprise.objects.get().nib == survivor.nib  # the old number stays with the old record
    assert [(twin.enterprise, twin.is_certain) for twin in twins_of(application)] == [(survivor, True)]


def test_what_cannot_be_enrolled_leaves_nothing_behind(lead):
    application = judged(4, 4)
    known = EnterpriseFactory(nib=application.nib)
    EnrolmentFactory(enterprise=known)
    with pytest.raises(ValidationError, match="masih mengikuti"):
        decide(application, "accepted", lead, enterprise=known)
    application.refresh_from_db()
    assert application.status == "in_review"
    assert not known.people.exists() and not known.consents.exists()


@pytest.mark.parametrize(
    ("values", "outcome", "needs"),
    [
        ((3, 3), "accepted", False),
        ((1, 1), "rejected", False),
        ((3, 1), "accepted", True),  # other recommendation, 50 points apart
        ((4, 2), "accepted", True),  # same recommendation, 50 points apart
        ((1, 1), "accepted", True),  # against both
        ((3, 3), "rejected", True),  # against both
        ((3, 3), "waiting", False),
    ],
)
def test_the_lead_says_why_where_the_two_do_not_settle_it(lead, values, outcome, needs):
    application = judged(*values)
    said = {} if outcome == "accepted" else {"reason": "Produk belum sesuai kebutuhan."}
    if needs:
        for note in ("", "pendek"):
            with pytest.raises(ValidationError) as error:
                decide(application, outcome, lead, note=note, **said)
            assert "note" in error.value.error_dict
    note = "Kunjungan menunjukkan mesin siap." if needs else ""
    decide(application, outcome, lead, note=note, **said)
    application.refresh_from_db()
    assert (application.status, application.note) == (outcome, note)


def test_a_tie_where_the_quota_ends_is_broken_with_a_reason(lead):
    cohort = open_cohort(quota=1)
    first, second = judged(3, 3, cohort=cohort), judged(3, 3, cohort=cohort)
    assert first.place().on_border and second.place().on_border
    with pytest.raises(ValidationError) as error:
        decide(first, "accepted", lead)
    assert "note" in error.value.error_dict
    decide(first, "accepted", lead, note="Satu-satunya pendaftar dari Maluku.")
    assert second.place().inside is False


def test_no_one_is_refused_without_a_reason_they_can_read(lead):
    with pytest.raises(ValidationError) as error:
        decide(judged(1, 1), "rejected", lead, reason="tidak")
    assert "reason" in error.value.error_dict


def test_nothing_is_accepted_on_one_opinion(lead):
    application = judged(4)
    with pytest.raises(ValidationError):
        decide(application, "accepted", lead, note="Saya yakin dengan yang ini.")
    assert not Enterprise.objects.exists()


def test_from_the_waiting_list_to_a_place(lead):
    application = judged(3, 3)
    decide(application, "waiting", lead, reason="Tempat sudah penuh.")
    decide(application, "accepted", lead, seen="waiting")
    application.refresh_from_db()
    assert (application.status, application.reason) == ("accepted", "")


@pytest.mark.django_db(transaction=True)
def test_two_leads_at_once_make_one_decision_and_one_plain_refusal(reference):
    application = judged(3, 3)
    leads = [UserFactory(role=Role.LEAD) for _ in range(2)]
    barrier, outcomes = threading.Barrier(2), []

    def attempt(by, outcome):
        mine = Application.objects.get(pk=application.pk)
        barrier.wait()
        try:
            decide(mine, outcome, by, reason="Tempat sudah penuh.")
            outcomes.append("decided")
        except ValidationError as error:
            outcomes.append(error.messages[0])
        finally:
            connection.close()

    pairs = zip(leads, ("accepted", "waiting"), strict=True)
    threads = [threading.Thread(target=attempt, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome[:16] for outcome in outcomes) == ["Sudah diputuskan", "decided"]
    application.refresh_from_db()
    assert Enterprise.objects.count() == (application.status == "accepted")

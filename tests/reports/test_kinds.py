"""What each kind puts into its snapshot, and what it keeps from whom."""

import json
from datetime import date

import pytest
import time_machine
from django.utils import timezone, translation

from assessments.models import ClassRequirement
from closedloop.accounts.roles import Role
from closedloop.figures import catalogue as figures
from closedloop.reports.kinds import agreement, allowed, cohort, enterprise, programme
from closedloop.reports.models import Kind
from participants.models import Enterprise
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, FindingFactory, ScorecardFactory
from tests.factories.frozen import thawed
from tests.factories.participants import (
    CohortFactory,
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
from tests.factories.trainings import ModuleFactory, pass_module

pytestmark = pytest.mark.django_db


def take(maker, subject, by=None, language="id"):
    with translation.override(language):
        (found,) = maker.snapshots([subject], language=language, by=by, as_of=timezone.now())
        return found


def words(snapshot) -> str:
    return json.dumps(snapshot, ensure_ascii=False)


@pytest.fixture
def enrolment():
    """An IKM with something in every section."""
    enrolment = EnrolmentFactory()
    one = enrolment.enterprise
    PersonFactory(enterprise=one, full_name="Sri Contoh")
    MentorAssignmentFactory(
        enrolment=enrolment, mentor=UserFactory(role=Role.MENTOR, full_name="Dewi Contoh")
    )
    pass_module(enrolment, ModuleFactory(name="Budaya 5R"))
    AssessmentFactory(
        enrolment=enrolment, filled=2, submitted=True, approved=True, visited_on=date(2026, 2, 3)
    )
    AssessmentFactory(
        enrolment=enrolment,
        filled=3,
        submitted=True,
        approved=True,
        visited_on=date(2026, 8, 3),
        kind="midyear",
    )
    FindingFactory(enterprise=one, problem="Alat ukur belum dikalibrasi", is_critical=True)
    ScorecardFactory(enterprise=one)
    return enrolment


@pytest.fixture
def supplied(enrolment):
    """The IKM supplies two buyers under one agreement."""
    buyers = [BuyerFactory(name="PT Satu Contoh"), BuyerFactory(name="PT Dua Contoh")]
    deal = agreement_between([enrolment.enterprise], buyers)
    for buyer, price in zip(buyers, (35_000, 99_000), strict=True):
        order = OrderFactory(buyer=buyer, enterprise=enrolment.enterprise, agreement=deal)
        line = OrderLineFactory(order=order, unit_price=price)
        DeliveryFactory(line=line, status="confirmed")
    DecisionFactory(meeting=ReviewFactory(agreement=deal))
    return deal


# --- Enterprise -------------------------------------------------------------------------------------
@time_machine.travel("2026-11-24T03:00:00Z", tick=False)
def test_the_enterprise_report_says_what_the_figures_say(enrolment):
    found = take(enterprise, enrolment.enterprise)
    scope = figures.Scope(enterprise=enrolment.enterprise)
    for code, entry in found["figures"].items():
        assert entry["text"] == figures.value(code, scope).text, code
    assert found["figures"]["scores.last"]["text"] == "77,5"
    assert (
        found["scores"]["rows"][0] | {"code": "5R", "last_text": "75,0", "first_text": "50,0"}
        == (found["scores"]["rows"][0])
    )
    assert found["modules"][0]["state"] == "Lulus"
    assert found["findings"]["open"][0]["problem"] == "Alat ukur belum dikalibrasi"
    assert [rate for rate in found["qcd"]["on_time"] if rate is not None] == [95]
    assert [signer["name"] for signer in found["signers"]][:2] == ["Dewi Contoh", "Sri Contoh"]
    assert "1 temuan kritis masih terbuka." in found["problems"]
    assert found["achievements"][0].startswith("Nilai total naik 22,5 poin")


def test_a_snapshot_is_plain_json(enrolment, supplied):
    for maker, subject in ((enterprise, enrolment.enterprise), (cohort, enrolment.cohort),
                           (agreement, supplied), (programme, programme.PROGRAMME)):  # fmt: skip
        found = take(maker, subject)
        assert json.loads(json.dumps(found)) == found
        assert maker.context({**found, "url": "", "number": "x"})["drawings"]


def test_an_ikm_without_anything_is_full_of_words_for_not_knowing():
    found = take(enterprise, EnterpriseFactory())
    assert found["modules"] == [] and found["scores"]["rows"] == [] and found["agreements"]["rows"] == []
    assert found["figures"]["scores.last"]["text"] == "Belum ada data"
    assert {signer["name"] for signer in found["signers"]} == {""}


def test_a_mentors_report_keeps_values_and_full_numbers_back(enrolment, supplied):
    mentor = enrolment.mentor_assignments.get().mentor
    found = take(enterprise, enrolment.enterprise, by=mentor)
    assert found["agreements"] == {"withheld": True, "rows": []}
    assert found["figures"]["money.accepted"]["withheld"]
    assert "35" not in found["figures"]["money.accepted"]["text"]
    assert enrolment.enterprise.nib not in words(found)
    assert found["figures"]["scores.last"]["text"] == "77,5"


# --- Agreement --------------------------------------------------------------------------------------
def test_the_agreement_report_holds_the_six_money_figures_and_the_review(supplied):
    found = take(agreement, supplied)
    assert found["figures"]["money.promised"]["text"] == "Rp840.000.000"
    assert found["figures"]["money.accepted"]["text"] == "Rp134.000.000"
    assert len(found["lines"]) == 2 and found["pairs"][0]["accepted"].startswith("Rp134")
    assert found["reviews"][0]["decisions"][0]["text"] == "Jadwal perawatan mesin press dibuat mingguan"
    assert found["quarters"]["rows"][0]["name"] == "Triwulan I 2026"


def test_an_agreement_nobody_signed_has_no_zeros(enrolment):
    draft = agreement_between([enrolment.enterprise], [BuyerFactory()], status="draft")
    found = take(agreement, draft)
    assert found["figures"]["money.accepted"]["text"] == "Belum ada data"
    for row in (found["row"], found["pairs"][0], *found["quarters"]["rows"]):
        assert row["accepted"] == row["promised"] == "–"
    assert set(found["pairs"][0]["exact"].values()) == {None}


def test_a_buyers_copy_holds_no_other_buyers_name_price_or_money(supplied):
    user = UserFactory(role=Role.BUYER)
    BuyerContactFactory(buyer=supplied.lines.get(buyer__name="PT Satu Contoh").buyer, user=user)
    found = take(agreement, supplied, by=user)
    assert found["figures"]["money.accepted"]["text"] == "Rp35.000.000"
    assert "PT Dua Contoh" not in words(found) and "99" not in words(found["figures"])
    assert len(found["lines"]) == 1


# --- Cohort and programme -----------------------------------------------------------------------------
def test_a_row_of_the_cohort_report_equals_the_report_of_that_ikm(enrolment, supplied):
    EnrolmentFactory(cohort=enrolment.cohort)
    row = next(
        row for row in take(cohort, enrolment.cohort)["enterprises"]
        if row["name"] == enrolment.enterprise.display_name
    )  # fmt: skip
    own = take(enterprise, enrolment.enterprise)["figures"]
    assert row["last"] == own["scores.last"]["text"]
    assert row["rate"] == own["attendance.rate"]["text"]
    assert row["accepted"] == own["money.accepted"]["short"]


def test_the_cohort_report_takes_as_many_queries_for_five_ikm_as_for_one(django_assert_max_num_queries):
    one = EnrolmentFactory().cohort
    with django_assert_max_num_queries(100) as first:
        take(cohort, one)
    for _ in range(4):
        EnrolmentFactory(cohort=one)
    with django_assert_max_num_queries(len(first.captured_queries)):
        take(cohort, one)


def test_the_programme_report_has_a_row_per_cohort(enrolment):
    CohortFactory(name="Angkatan Kosong")
    found = take(programme, programme.PROGRAMME)
    assert {row["name"] for row in found["cohorts"]} == {enrolment.cohort.name, "Angkatan Kosong"}
    assert found["figures"]["pipeline.enterprises"]["text"] == str(Enterprise.objects.count())


# --- Who may ask for what -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "role, kinds",
    [
        (Role.LEAD, {"enterprise", "cohort", "agreement", "programme"}),
        (Role.STAFF, {"enterprise", "cohort", "agreement", "programme"}),
        (Role.VIEWER, set()),
        (Role.ADMIN, set()),
        (Role.ASSESSOR, set()),
        (Role.OWNER, set()),
        (Role.MENTOR, set()),
        (Role.BUYER, set()),
    ],
)
def test_kinds_by_role(role, kinds, supplied):
    assert set(allowed(UserFactory(role=role))) == kinds


def test_a_mentor_may_ask_for_the_accompanied_ikm_and_a_buyer_for_its_agreements(enrolment, supplied):
    mentor, user = enrolment.mentor_assignments.get().mentor, UserFactory(role=Role.BUYER)
    BuyerContactFactory(buyer=supplied.lines.first().buyer, user=user)
    other = agreement_between([EnterpriseFactory()], [BuyerFactory()])
    assert allowed(mentor) == [Kind.ENTERPRISE]
    assert list(enterprise.subjects(mentor)) == [enrolment.enterprise]
    assert allowed(user) == [Kind.AGREEMENT]
    assert list(agreement.subjects(user)) == [supplied] and other not in agreement.subjects(user)


def test_what_the_next_class_still_asks_for_is_told_in_its_own_words():
    enrolment = EnrolmentFactory()
    made = AssessmentFactory(enrolment=enrolment, filled=2, submitted=True, approved=True)
    with thawed(made.rubric, "assessments_classrequirement"):
        ClassRequirement.objects.filter(level=2).update(threshold=60)
    found = take(enterprise, enrolment.enterprise)
    assert found["next_class"] == "Madya"
    assert found["missing"] == ["Nilai total 55,0 < 60"]
    assert found["problems"][-1] == "Nilai total 55,0 < 60."

"""What is known of an IKM is read from its records, each with the day it speaks from."""

from datetime import date
from decimal import Decimal

import pytest

from assessments.models import Assessment, Score
from participants import actions as register
from participants.models import Document, Machine, Material, Process
from partnerships.match import State
from partnerships.match_words import because
from partnerships.matching import match_of, matches
from partnerships.profiles import known_of
from tests.factories.assessments import AssessmentFactory, ScorecardFactory
from tests.factories.frozen import past_the_guards
from tests.factories.participants import DocumentFactory, EnrolmentFactory, EnterpriseFactory
from tests.factories.requirements import published_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessed(enterprise, today):
    assessment = AssessmentFactory(
        enrolment=EnrolmentFactory(enterprise=enterprise), approved=True, visited_on=date(2026, 10, 1)
    )
    return assessment


def test_each_kind_of_evidence_is_read_with_its_day(
    enterprise, staff, today, assessed, django_assert_max_num_queries
):
    score = Score.objects.filter(assessment=assessed, value__isnull=False).select_related("criterion").first()
    DocumentFactory(enterprise=enterprise, kind=Document.Kind.ISO9001, expires_on=date(2026, 11, 23))
    register.add_item(
        Machine, enterprise, by=staff, kind="Mesin press", count=1, capacity=Decimal(110), capacity_unit="ton"
    )
    ScorecardFactory(
        enterprise=enterprise, month=date(2026, 10, 1), due_quantity=100, on_time_quantity=95,
        delivered_quantity=100, rejected_quantity=0,
    )  # fmt: skip
    requirement = published_with(
        {
            "kind": "criterion",
            "text": "A",
            "subject": score.criterion.code,
            "threshold": Decimal(score.value),
        },
        {"kind": "document", "text": "B", "subject": "iso9001"},
        {"kind": "machine", "text": "C", "subject": "press", "threshold": Decimal(80), "unit": "ton"},
        {"kind": "material", "text": "D", "subject": "spcc"},
        process=Process.objects.create(code="las", name="Las"),
        max_ppm=0,
        min_on_time=Decimal("0.951"),
    )
    with django_assert_max_num_queries(20):
        found = match_of(requirement, enterprise, today)
    states = {one.ask.text or one.ask.key: one.state for one in found.answers}
    assert states == {
        "process": State.UNKNOWN,
        "capacity": State.UNKNOWN,
        "ppm": State.MET,
        "on_time": State.UNMET,
        "A": State.MET,
        "B": State.UNMET,
        "C": State.MET,
        "D": State.UNKNOWN,
    }
    assert (found.met, found.total) == (3, 8) and found.first_open.ask.key == "on_time"
    words = {one.ask.text or one.ask.key: because(one, in_full=True) for one in found.answers}
    assert words["A"] == f"Nilai {score.value} dari 4, dinilai 1 Oktober 2026"
    assert words["B"] == "ISO 9001 habis 23 November 2026, tidak dihitung"
    assert words["C"] == "Mesin press 110 ton, dipastikan 24 November 2026"
    assert because(found.answers[4], in_full=False) == "Asesmen resmi, dinilai 1 Oktober 2026"


def test_an_owners_own_rating_and_a_later_visit_do_not_count(enterprise, today, assessed):
    code = assessed.scores.first().criterion.code
    assert code in known_of([enterprise], today, [code])[enterprise.pk].scores
    assert code not in known_of([enterprise], date(2026, 9, 30), [code])[enterprise.pk].scores
    with past_the_guards():
        Assessment.objects.filter(pk=assessed.pk).update(
            kind="self", status="submitted", approved_at=None, overall=None, reviewed_by=None
        )
    assert not known_of([enterprise], today, [code])[enterprise.pk].scores


def test_a_confirmed_profile_lacks_what_it_does_not_hold(enterprise, owner, today):
    requirement = published_with({"kind": "material", "text": "Baja", "subject": "spcc"})
    register.add_item(Material, enterprise, by=owner, name="Aluminium")
    for state, confirm in ((State.UNKNOWN, False), (State.UNMET, True)):
        if confirm:
            register.confirm_capability(enterprise, by=owner)
        assert match_of(requirement, enterprise, today).answers[-1].state is state


def test_many_at_once_cost_no_more_queries(today, django_assert_max_num_queries):
    ikm = [EnterpriseFactory() for _one in range(4)]
    asked = [published_with({"kind": "document", "text": "NIB", "subject": "nib"}) for _one in range(3)]
    with django_assert_max_num_queries(20):
        assert len(matches(asked, ikm, today)) == 12

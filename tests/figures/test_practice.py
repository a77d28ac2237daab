"""What is only practice is in no figure, whoever asks and about whatever, and every page about it says so."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.figures import catalogue as figures
from closedloop.figures.catalogue import REGISTRY, Scope
from participants import actions
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, FindingFactory, ScorecardFactory, waiting_decision
from tests.factories.participants import CohortFactory, EnrolmentFactory, EnterpriseFactory, PersonFactory
from tests.factories.partnerships import (
    BuyerFactory,
    ClearanceFactory,
    DeliveryFactory,
    OrderFactory,
    OrderLineFactory,
    agreement_between,
)
from tests.factories.trainings import ModuleFactory, SessionFactory, pass_module

pytestmark = pytest.mark.django_db


def live_through_everything(cohort):
    """One IKM of the cohort, trained, assessed, proposed, and supplying a buyer."""
    enrolment = EnrolmentFactory(cohort=cohort, enterprise=PersonFactory().enterprise)
    enterprise = enrolment.enterprise
    pass_module(enrolment, ModuleFactory())
    AssessmentFactory(enrolment=enrolment, kind="baseline", approved=True)
    FindingFactory(enterprise=enterprise)
    waiting_decision(enrolment, kind="final")
    ScorecardFactory(enterprise=enterprise)
    buyer = BuyerFactory()
    agreement_between([enterprise], [buyer])
    ClearanceFactory(enterprise=enterprise, buyer=buyer)
    order = OrderFactory(enterprise=enterprise, buyer=buyer)
    DeliveryFactory(line=OrderLineFactory(order=order))
    return enrolment


def everything(scope):
    values = figures.collect(list(REGISTRY), scope)
    return {
        code: (value.value, value.records, tuple(part.value for part in value.parts))
        for code, value in values.items()
    }


def test_no_figure_of_the_programme_counts_practice():
    live_through_everything(CohortFactory())
    before = everything(Scope())
    assert (
        sum(bool(records) for _value, records, _parts in before.values()) > 15
    )  # the walk is about something
    live_through_everything(CohortFactory(is_practice=True))
    assert everything(Scope()) == before


def test_not_even_when_asked_about_the_practice_cohort_itself():
    nothing = everything(Scope(cohort=CohortFactory()))
    cohort = CohortFactory(is_practice=True)
    enrolment = live_through_everything(cohort)
    assert everything(Scope(cohort=cohort)) == nothing
    counted = everything(Scope(enterprise=enrolment.enterprise))
    assert {code for code, (_value, records, _parts) in counted.items() if records} == set()


def test_practice_and_earnest_do_not_mix():
    staff = UserFactory(role=Role.STAFF)
    practice, real = CohortFactory(is_practice=True), CohortFactory()
    trainee = EnrolmentFactory(cohort=practice, status="graduated").enterprise
    member = EnrolmentFactory(cohort=real, status="graduated").enterprise
    for enterprise, cohort in ((trainee, real), (member, practice)):
        with pytest.raises(ValidationError, match="tidak dicampur"):
            actions.enrol(enterprise, cohort, by=staff)
    actions.enrol(EnterpriseFactory(), practice, by=staff)
    with pytest.raises(ValidationError):
        actions.update_cohort(practice, by=staff, is_practice=False)


def test_every_page_about_it_says_so(client, login):
    enrolment = EnrolmentFactory(cohort=CohortFactory(is_practice=True))
    real = EnrolmentFactory()
    module = ModuleFactory()
    login(Role.STAFF)
    for one, is_practice in ((enrolment, True), (real, False)):
        session = SessionFactory(cohort=one.cohort, module=module)
        for url in (
            one.cohort.get_absolute_url(),
            one.get_absolute_url(),
            one.enterprise.get_absolute_url(),
            session.get_absolute_url(),
            reverse("participants:cohort", args=[one.cohort.code]),
            reverse("participants:timeline", args=[one.enterprise.code]),
            reverse("assessments:enterprise", args=[one.enterprise.code]),
            reverse("trainings:cohort", args=[one.cohort.code]),
        ):
            assert ("angkatan latihan" in client.get(url).content.decode()) == is_practice, url

"""Programmes of any seed, small and as uneven as real ones, for what must hold of every programme."""

from dataclasses import dataclass
from datetime import date
from random import Random

from assessments import actions
from closedloop.accounts.roles import Role
from participants.models import Cohort, Enrolment, Enterprise
from partnerships.models import Agreement
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, FindingFactory, ScorecardFactory, fill
from tests.factories.participants import CohortFactory, EnrolmentFactory
from tests.factories.partnerships import (
    BuyerFactory,
    DeliveryFactory,
    OrderFactory,
    OrderLineFactory,
    agreement_between,
)
from tests.factories.trainings import ModuleFactory, pass_module


@dataclass(frozen=True)
class Programme:
    """What reports are asked about."""

    cohort: Cohort
    enterprises: list[Enterprise]
    agreement: Agreement


def generated(seed: int) -> Programme:
    """Return a programme that is the same for the same seed; each part of it may be missing."""
    chance = Random(seed)
    cohort = CohortFactory()
    enrolments = [EnrolmentFactory(cohort=cohort) for _ in range(chance.randint(1, 3))]
    module = ModuleFactory()
    for enrolment in enrolments:
        if chance.random() < 0.7:
            pass_module(enrolment, module)
        for month in sorted(chance.sample(range(1, 12), chance.randint(0, 2))):
            visited(chance, enrolment, date(2026, month, 3))
        for _ in range(chance.randint(0, 3)):
            FindingFactory(enterprise=enrolment.enterprise, is_critical=chance.random() < 0.3)
        for month in chance.sample(range(1, 11), chance.randint(0, 3)):
            ScorecardFactory(
                enterprise=enrolment.enterprise,
                month=date(2026, month, 1),
                on_time_quantity=chance.randint(0, 1000),
                rejected_quantity=chance.randint(0, 40),
            )
    enterprises = [enrolment.enterprise for enrolment in enrolments]
    return Programme(cohort, enterprises, supplied(chance, enterprises))


def visited(chance: Random, enrolment: Enrolment, day: date) -> None:
    """Assess the IKM on that day with any scores; those that would have to be shown by a photo are 2 or 3."""
    assessment = AssessmentFactory(enrolment=enrolment, visited_on=day, kind="midyear")
    shown = {item: chance.randint(2, 3) for item in ("R1_1", "R2_1", "KS7")}
    fill(assessment, chance.randint(1, 4), **shown)
    actions.submit(assessment, by=assessment.assessor)
    actions.approve(assessment, by=UserFactory(role=Role.LEAD))


def supplied(chance: Random, enterprises: list[Enterprise]) -> Agreement:
    """Return an agreement of these IKM with a buyer, with some of what was promised ordered and delivered."""
    buyer = BuyerFactory()
    deal = agreement_between(enterprises, [buyer], volume=chance.randint(1, 9_000))
    for enterprise in enterprises:
        for _ in range(chance.randint(0, 2)):
            order = OrderFactory(buyer=buyer, enterprise=enterprise, agreement=deal)
            line = OrderLineFactory(order=order, unit_price=chance.randint(900, 250_000))
            DeliveryFactory(line=line, status=chance.choice(["confirmed", "submitted"]))
    return deal

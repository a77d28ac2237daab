from datetime import date

import factory

from partnerships.models import ClearanceDay, ExpiryNotice, Milestone, Sample, Stall, StallAnswer
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import AgreementFactory, BuyerFactory, ClearanceFactory, ScopeLineFactory

FACTS = {
    "class_level": 2,
    "modules_passed": ["BM"],
    "needed_modules": ["BM"],
    "open_critical_findings": 0,
    "finding_codes": [],
    "papers": {},
    "sample_approved_on": None,
}


class ClearanceDayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ClearanceDay

    clearance = factory.SubFactory(ClearanceFactory)
    day = date(2026, 11, 24)
    status = "not_ready"
    gates = [{"rule": "sample", "subject": "", "detail": "", "met": False}]
    facts = FACTS


class SampleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sample

    enterprise = factory.SubFactory(EnterpriseFactory)
    buyer = factory.SubFactory(BuyerFactory)
    part_name = "Bracket tangki kiri"
    quantity = 5
    submitted_on = date(2026, 3, 2)
    submitted_by = factory.SubFactory(UserFactory, role="owner")


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    line = factory.SubFactory(ScopeLineFactory)
    step = Milestone.Step.QUOTATION
    planned_on = date(2026, 2, 2)


class ExpiryNoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExpiryNotice

    agreement = factory.SubFactory(AgreementFactory)
    ends_on = date(2026, 12, 31)
    days_before = 60


class StallFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Stall

    agreement = factory.SubFactory(AgreementFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)
    buyer = factory.SubFactory(BuyerFactory)
    since = date(2026, 8, 3)


class StallAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StallAnswer

    stall = factory.SubFactory(StallFactory)
    side = StallAnswer.Side.ENTERPRISE
    reason = StallAnswer.Reason.MATERIAL
    note = "Pelat SPCC 1,6 mm kosong di pemasok"
    answered_by = factory.SubFactory(UserFactory, role="owner")

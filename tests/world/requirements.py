"""Requirements of the buyer: one published and addressed to the owner's IKM, one draft; a stranger has its own."""

from functools import cached_property

from participants.models import Consent
from tests.factories.participants import ConsentFactory
from tests.factories.requirements import RequirementFactory, RequirementLineFactory, published_with


class RequirementsWorld:
    @cached_property
    def requirement(self):
        self.enrolment  # noqa: B018 - the mentor of the IKM reads what is addressed to it
        published_with({}, buyer=self.other_company)
        ours = published_with({}, buyer=self.buyer_company, contact=self.buyers_contact, target_price=12_800)
        ours.addressees.add(self.enterprise)
        ConsentFactory(enterprise=self.enterprise, purpose=Consent.Purpose.SHARING)
        return ours

    @cached_property
    def draft_requirement(self):
        return RequirementFactory(buyer=self.buyer_company, contact=self.buyers_contact)

    @cached_property
    def requirement_line(self):
        return RequirementLineFactory(requirement=self.draft_requirement)

    @property
    def buyers_contact(self):
        return self.buyer_company.contacts.get(user=self.buyer)

    def unaddress(self):
        self.requirement.addressees.clear()

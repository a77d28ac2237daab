"""Records of the access table that belong to supply clearance, samples and milestones."""

from functools import cached_property

from tests.factories.supply import SampleFactory


class SupplyWorld:
    @cached_property
    def sample(self):
        """A sample of the owner's IKM that waits for the buyer, who deals with it by an agreement."""
        assert self.agreement
        return SampleFactory(enterprise=self.enterprise, buyer=self.buyer_company, submitted_by=self.owner)

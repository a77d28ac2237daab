"""Records of the access table that belong to supply clearance, samples, milestones and standstills."""

from datetime import date
from functools import cached_property

from tests.factories.supply import SampleFactory, StallFactory


class SupplyWorld:
    @cached_property
    def sample(self):
        """A sample of the owner's IKM that waits for the buyer, who deals with it by an agreement."""
        assert self.agreement
        return SampleFactory(enterprise=self.enterprise, buyer=self.buyer_company, submitted_by=self.owner)

    @cached_property
    def scope_line(self):
        return self.agreement.lines.get()

    @cached_property
    def stall(self):
        """Nothing has moved under the agreement since it began."""
        return StallFactory(
            agreement=self.agreement,
            enterprise=self.enterprise,
            buyer=self.buyer_company,
            since=date(2026, 1, 1),
        )

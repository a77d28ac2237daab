"""Records of the access table that belong to agreements held back by a month of quality, cost and delivery."""

from datetime import timedelta
from functools import cached_property

from django.utils import timezone

from tests.factories.assessments import ScorecardFactory


class HoldsWorld:
    @cached_property
    def bad_month(self):
        """The owner's IKM delivered late and badly last month."""
        month = (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)
        return ScorecardFactory(
            enterprise=self.enterprise, month=month, on_time_quantity=0, rejected_quantity=500
        )

    @cached_property
    def held_agreement(self):
        """A draft that the owner's bad month holds back."""
        assert self.bad_month
        return self.draft_agreement

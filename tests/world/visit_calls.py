"""Records of the access table that belong to visits which a month asks for."""

from functools import cached_property

from tests.factories.visit_calls import VisitCallFactory


class VisitCallsWorld:
    @cached_property
    def visit_call(self):
        """The owner's IKM, in a running cohort with a curriculum, has a month that asks for a visit."""
        assert self.module and self.enrolment
        return VisitCallFactory(enterprise=self.enterprise)

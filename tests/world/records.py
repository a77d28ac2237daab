"""What the enterprise of the access table makes, its pictures, its figures."""

from functools import cached_property

from participants.models import EnterpriseKbli, Product
from tests.factories.baseline import CohortIndicatorsFactory, IndicatorFactory, IndicatorLineFactory
from tests.factories.capability import MachineFactory, PhotoFactory
from tests.factories.participants import KbliFactory


class RecordsWorld:
    @cached_property
    def machine(self):
        return MachineFactory(enterprise=self.enrolment.enterprise)

    @cached_property
    def product(self):
        return Product.objects.create(enterprise=self.enrolment.enterprise, name="Bracket")

    @cached_property
    def kbli_link(self):
        return EnterpriseKbli.objects.create(
            enterprise=self.enrolment.enterprise, kbli=KbliFactory(version="2020")
        )

    @cached_property
    def photo(self):
        return PhotoFactory(enterprise=self.enrolment.enterprise, uploaded_by=self.staff)

    @cached_property
    def indicator_line(self):
        """One figure that the cohort asks its enterprises."""
        pin = CohortIndicatorsFactory(cohort=self.enrolment.cohort)
        return IndicatorLineFactory(
            indicator_set=pin.indicator_set, indicator=IndicatorFactory(code="pelanggan")
        )

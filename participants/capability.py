"""The capability profile as pages and buyers read it: every section with what is known of it.

One reader for the enterprise's own page, for staff, and for whoever may be shown it by consent. No figure of
money is among it.
"""

from dataclasses import dataclass, field

from participants.models import Capability, Enterprise, Indicator
from participants.told import Told, told_of

CAPACITY = "capacity"


@dataclass(frozen=True)
class Profile:
    """What one enterprise can make; lists are empty and numbers None where nobody told."""

    products: list
    activities: list
    processes: list
    process_days: dict
    machines: list
    materials: list
    tools: list
    photos: list
    work: Capability | None
    capacity: Told | None = field(default=None)

    @property
    def filled(self) -> int:
        """How many of the seven sections hold something."""
        return sum(
            bool(part)
            for part in (
                self.products,
                self.machines,
                self.materials,
                self.tools,
                self.photos,
                self.work,
                self.capacity,
            )
        )


def profile_of(enterprise: Enterprise) -> Profile:
    """Read the profile; ten queries, whatever is in it."""
    return Profile(
        products=list(enterprise.products.prefetch_related("photos")),
        activities=list(enterprise.kbli_links.select_related("kbli")),
        processes=list(enterprise.processes.all()),
        process_days=dict(enterprise.process_confirmations.values_list("process", "confirmed_on")),
        machines=list(enterprise.machines.select_related("process", "confirmation")),
        materials=list(enterprise.materials.select_related("confirmation")),
        tools=list(enterprise.measuring_tools.select_related("confirmation")),
        photos=list(enterprise.photos.select_related("product")),
        work=Capability.objects.filter(enterprise=enterprise).first(),
        capacity=capacity_of(enterprise),
    )


def capacity_of(enterprise: Enterprise) -> Told | None:
    """Return the newest capacity per month that was told with a number, in the enterprise's own unit."""
    indicator = Indicator.objects.filter(code=CAPACITY).first()
    if indicator is None:
        return None
    told = told_of([enterprise.pk], [indicator]).get((enterprise.pk, CAPACITY), [])
    return next((one for one in reversed(told) if one.is_known), None)

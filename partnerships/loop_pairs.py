"""Which IKM and which buyers have to do with each other, and who may know of it."""

from uuid import UUID

from django.db.models import QuerySet

from partnerships.models import Complaint, PurchaseOrder, Requirement, Sample, ScopeLine

Key = tuple[UUID, UUID]  # IKM, buyer


def pairs_between(enterprises: QuerySet, buyers: QuerySet | None = None) -> list[Key]:
    """Return every pair that anything on record brings together, in one query; `buyers` None means all.

    That is a published requirement addressed to the IKM, a line of an agreement even in draft, an order, a sample or
    a complaint. What a buyer opens to every IKM makes no pair by itself, nor does a computed supply clearance.
    """
    asked = Requirement.objects.published().filter(addressees__in=enterprises)
    found = narrowed(asked, buyers).values_list("addressees", "buyer").order_by()
    others = [
        narrowed(model._default_manager.filter(enterprise__in=enterprises), buyers)
        .values_list("enterprise", "buyer")
        .order_by()
        for model in (ScopeLine, PurchaseOrder, Sample, Complaint)
    ]
    return sorted(found.union(*others))


def narrowed(rows: QuerySet, buyers: QuerySet | None) -> QuerySet:
    return rows if buyers is None else rows.filter(buyer__in=buyers)

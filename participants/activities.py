"""What an enterprise does, read as plain values that can be compared, shown and marked."""

from collections.abc import Iterable
from typing import Any

from participants.models import Enterprise, EnterpriseKbli, Product

# what a form of an enterprise may change besides its columns
ACTIVITIES = ("kbli", "products", "processes")


def activities_of(enterprise: Enterprise, names: Iterable[str]) -> dict[str, Any]:
    """Return main activity, products and processes as plain values."""
    read = {
        "kbli": lambda: (
            EnterpriseKbli.objects.filter(enterprise=enterprise, is_primary=True)
            .values_list("kbli__code", flat=True)
            .first()
        ),
        "products": lambda: list(
            Product.objects.filter(enterprise=enterprise).values_list("name", flat=True)
        ),
        "processes": lambda: list(enterprise.processes.values_list("name", flat=True)),
    }
    return {name: read[name]() for name in names}


def values_of(enterprise: Enterprise, names: Iterable[str]) -> dict[str, Any]:
    """Return {name: value} of columns and activities, as the record is now."""
    names = list(names)
    columns = {name: getattr(enterprise, name) for name in names if name not in ACTIVITIES}
    return columns | activities_of(enterprise, [name for name in ACTIVITIES if name in names])

"""What is agreed for each line of a scope, with the addenda that changed it; two queries for any number of lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from partnerships.models import Addendum, AddendumChange, Promise, ScopeLine
from partnerships.realisation import spread
from partnerships.terms import Change, Version, on_day, versions_of

Kind = AddendumChange.Kind


@dataclass(frozen=True)
class Agreed:
    """Lines with their agreements, and what was signed about them, oldest first."""

    lines: dict[UUID, ScopeLine]
    changes: dict[UUID, list[AddendumChange]]
    volumes: dict[UUID, int]  # a month, as the agreement began

    @classmethod
    def of(cls, lines: Iterable[ScopeLine]) -> "Agreed":
        """Read it; the lines come with their agreements."""
        known = {line.pk: line for line in lines}
        found: dict[UUID, list[AddendumChange]] = defaultdict(list)
        signed = AddendumChange.objects.filter(line__in=known, addendum__status=Addendum.Status.SIGNED)
        for change in signed.select_related("addendum").order_by("addendum__sequence"):
            if change.line_id:
                found[change.line_id].append(change)
        return cls(known, found, volumes_before_any(known))

    def history(self, line: UUID, *, before: Addendum | None = None) -> list[Version]:
        """Return the versions of a line, oldest first; none where an addendum added it that does not count yet.

        `before`: as it was until that addendum, whatever was signed later.
        """
        own = self.lines[line]
        last = before.sequence if before is not None else None
        signed = self.changes.get(line, [])
        counted = [one for one in signed if last is None or (one.addendum.sequence or 0) < last]
        first = Version(
            own.agreement.starts_on, own.agreement.ends_on, own.unit_price, self.volumes.get(line)
        )
        if signed and signed[0].kind == Kind.ADD:
            if not counted:
                return []
            added, counted = counted[0], counted[1:]
            first = replace(
                first,
                since=added.addendum.effective_on,
                monthly_volume=added.monthly_volume,
                addendum=added.addendum_id,
            )
        return versions_of(first, [change_of(one) for one in counted])


def change_of(row: AddendumChange) -> Change:
    return Change(
        on=row.addendum.effective_on,
        addendum=row.addendum_id,
        price=row.unit_price,
        monthly_volume=row.monthly_volume,
        ends=row.kind == Kind.END,
    )


def volumes_before_any(lines: Iterable[UUID]) -> dict[UUID, int]:
    """Return the monthly volume that each line began with: what its first promises spread over their days."""
    rows: dict[UUID, list[tuple[int, date, date]]] = defaultdict(list)
    promises = Promise.objects.filter(line__in=lines, addendum=None).order_by("starts_on")
    for line, volume, starts_on, ends_on in promises.values_list("line", "volume", "starts_on", "ends_on"):
        rows[line].append((volume, starts_on, ends_on))
    found = {}
    for line, own in rows.items():
        months = sum(spread(1200, own[0][1], own[-1][2]).values()) / 1200
        found[line] = round(sum(volume for volume, _first, _last in own) / months)
    return found


def histories(lines: Iterable[ScopeLine]) -> dict[UUID, list[Version]]:
    """Return {line: its versions, oldest first}; the lines come with their agreements."""
    agreed = Agreed.of(lines)
    return {line: agreed.history(line) for line in agreed.lines}


def price_for(line: ScopeLine, history: list[Version], ordered_on: date) -> Decimal | None:
    """Return the agreed price of an order of the day, Rupiah a piece; None where its part was not in force.

    An order from before the first day of the agreement has its first price, one from after its last day its last.
    """
    day = min(max(ordered_on, line.agreement.starts_on), line.agreement.ends_on)
    version = on_day(history, day)
    return version.price if version else None


def prices_on(lines: Iterable[ScopeLine], day: date) -> dict[UUID, Decimal | None]:
    """Return {line: the agreed price of an order of the day}; the lines come with their agreements."""
    lines = list(lines)
    known = histories(lines)
    return {line.pk: price_for(line, known[line.pk], day) for line in lines}

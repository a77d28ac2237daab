"""The fewest check items that must rise for a set of scores to reach the floors of a class. Pure, exact, no database.

First every item is taken to rise at most to `STANDARD`, "sesuai standar": 4 means three months of it, which no
one can do by next week (domain.md §2.2). Only where that is not enough may an item rise to the top of the scale.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

STANDARD = 3  # [assumed] the score a plan aims at first, on the scale 0 to 4


@dataclass(frozen=True)
class Liftable:
    """One item that applies, with its score now and the scores it may be given, in any order."""

    key: str
    value: int
    allowed: Sequence[int]
    weight: Decimal | Fraction = Decimal(1)

    def reachable(self, ceiling: int) -> int:
        """Return the best score up to the ceiling; a yes/no item has nothing between, so it goes to its yes."""
        above = sorted(one for one in self.allowed if one > self.value)
        if not above:
            return self.value
        return max(
            (one for one in above if one <= ceiling), default=min(above) if self.is_yes_no else self.value
        )

    @property
    def is_yes_no(self) -> bool:
        return len(set(self.allowed)) == 2


@dataclass(frozen=True)
class Group:
    """One dimension: its weight in the overall and the items of it that apply."""

    code: str
    weight: Decimal
    items: Sequence[Liftable]


@dataclass(frozen=True)
class Floors:
    """What must be reached: scores 0 to 100 by dimension, of the overall, and the least score of single items."""

    dimensions: Mapping[str, Decimal | None] = field(default_factory=dict)
    overall: Decimal | None = None
    items: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Raise:
    """One item to lift from `value` to `to`; `gain` is what that adds to the overall, in points."""

    key: str
    dimension: str
    value: int
    to: int
    gain: Fraction


def score_of(group: Group, levels: Mapping[str, int], top: int) -> Fraction:
    """Return the score of a dimension, 0 to 100, with some of its items at other levels."""
    reached = sum((Fraction(one.weight) * levels.get(one.key, one.value) for one in group.items), Fraction(0))
    return reached / sum((Fraction(one.weight) * top for one in group.items), Fraction(0)) * 100


def overall_of(groups: Sequence[Group], levels: Mapping[str, int], top: int) -> Fraction:
    """Return the weighted mean of the dimensions, with some items at other levels."""
    weights = sum((Fraction(group.weight) for group in groups), Fraction(0))
    return sum((score_of(one, levels, top) * Fraction(one.weight) for one in groups), Fraction(0)) / weights


def reaches(groups: Sequence[Group], levels: Mapping[str, int], floors: Floors, *, top: int = 4) -> bool:
    """Whether every floor is reached with some items at other levels."""
    values = {one.key: levels.get(one.key, one.value) for group in groups for one in group.items}
    if any(values[key] < least for key, least in floors.items.items() if key in values):
        return False
    asked = ((group, floors.dimensions.get(group.code)) for group in groups)
    if any(floor is not None and score_of(group, levels, top) < Fraction(floor) for group, floor in asked):
        return False
    return floors.overall is None or overall_of(groups, levels, top) >= Fraction(floors.overall)


def gain_of(groups: Sequence[Group], group: Group, item: Liftable, to: int, *, top: int = 4) -> Fraction:
    """Return by how many points of the overall an item rises with it: distance times its share of the weight."""
    weights = sum((Fraction(one.weight) for one in groups), Fraction(0))
    size = sum((Fraction(one.weight) * top for one in group.items), Fraction(0))
    return Fraction(item.weight) * (to - item.value) / size * Fraction(group.weight) / weights * 100


def fewest(groups: Iterable[Group], floors: Floors, *, top: int = 4) -> list[Raise] | None:
    """Return the raises that reach every floor, none of which can be left out, the largest gain first.

    Within one dimension, and for the overall, no smaller number of items would do. None when even all items at
    the top do not reach it; an empty list when it is reached already. A dimension without items cannot be judged
    and gives None.
    """
    groups = list(groups)
    if not groups or any(not group.items for group in groups):
        return None
    for ceiling in (min(STANDARD, top), top):
        if (found := _fewest(groups, floors, ceiling, top)) is not None:
            return found
    return None


def gaps(groups: Iterable[Group], floors: Floors, *, top: int = 4) -> list[Raise]:
    """Return every item below its target, what adds most to the overall first.

    The target [assumed] is `STANDARD`, a yes/no item's yes, or the score that a class asks of that very item
    where that is more.
    """
    return _candidates(list(groups), floors, min(STANDARD, top), top)


def _fewest(groups: list[Group], floors: Floors, ceiling: int, top: int) -> list[Raise] | None:
    candidates = _candidates(groups, floors, ceiling, top)
    if not reaches(groups, {one.key: one.to for one in candidates}, floors, top=top):
        return None
    chosen: list[Raise] = [one for one in candidates if one.value < floors.items.get(one.key, 0)]
    for group in groups:
        own = [one for one in candidates if one.dimension == group.code]
        chosen = _until(chosen, own, [group], Floors({group.code: floors.dimensions.get(group.code)}), top)
    chosen = _until(chosen, candidates, groups, Floors(overall=floors.overall), top)
    return _lowered(groups, _pruned(groups, chosen, floors, top), floors, top)


def _candidates(groups: list[Group], floors: Floors, ceiling: int, top: int) -> list[Raise]:
    """Every item that can rise, the largest gain first; one with a floor of its own rises at least to that."""
    found = [
        Raise(item.key, group.code, item.value, to, gain_of(groups, group, item, to, top=top))
        for group in groups
        for item in group.items
        if (to := item.reachable(max(ceiling, floors.items.get(item.key, 0)))) > item.value
    ]
    return sorted(found, key=lambda one: (-one.gain, one.key))


def _until(
    chosen: list[Raise], candidates: list[Raise], groups: list[Group], floors: Floors, top: int
) -> list[Raise]:
    """Add the largest that are not chosen yet, one by one, until the floor is reached."""
    waiting = [one for one in candidates if one not in chosen]
    chosen = list(chosen)
    while waiting and not reaches(groups, {one.key: one.to for one in chosen}, floors, top=top):
        chosen.append(waiting.pop(0))
    return chosen


def _pruned(groups: list[Group], chosen: list[Raise], floors: Floors, top: int) -> list[Raise]:
    """Leave out, the smallest first, whatever is not needed because another one did its part too."""
    for one in sorted(chosen, key=lambda one: (one.gain, one.key)):
        without = [other for other in chosen if other is not one]
        if reaches(groups, {other.key: other.to for other in without}, floors, top=top):
            chosen = without
    return sorted(chosen, key=lambda one: (-one.gain, one.key))


def _lowered(groups: list[Group], chosen: list[Raise], floors: Floors, top: int) -> list[Raise]:
    """Ask of each item no more than is needed, beginning with the smallest gain."""
    items = {item.key: (group, item) for group in groups for item in group.items}
    levels = {one.key: one.to for one in chosen}
    for one in reversed(chosen):
        group, item = items[one.key]
        for to in sorted(level for level in item.allowed if item.value < level < one.to):
            if reaches(groups, {**levels, one.key: to}, floors, top=top):
                levels[one.key] = to
                break
    lowered = []
    for one in chosen:
        group, item = items[one.key]
        gain = gain_of(groups, group, item, levels[one.key], top=top)
        lowered.append(Raise(one.key, one.dimension, one.value, levels[one.key], gain))
    return sorted(lowered, key=lambda one: (-one.gain, one.key))

"""Two assessments on different versions of a rubric, compared on the items they share (domain.md §5.3, rule 6). Pure.

An item is shared when it bears the same code in the same dimension AND the same text, scale and meanings of the
scores: a four that means something else is another four. Weights of the later version count for both, so that a
changed weight does not look like a changed workshop. Nothing stored is recomputed: these figures are for
comparison only and say so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assessments.scoring import Field, Item, Result, result_of


@dataclass(frozen=True)
class Asked:
    """One item as a version of the rubric words it."""

    code: str
    dimension: str
    text: str
    anchors: tuple[str, ...]
    weight: Decimal = Decimal(1)
    top: int = 4

    @property
    def sense(self) -> tuple:
        """What must be the same for two items to be one."""
        return (self.dimension, self.code, " ".join(self.text.split()), self.anchors, self.top)


@dataclass(frozen=True)
class Answered:
    """One assessment: the items of its rubric, the weights of the dimensions, and what was given."""

    items: Sequence[Asked]
    weights: Mapping[str, Decimal]
    values: Mapping[str, int | None] = field(default_factory=dict)  # by code; None is not applicable


@dataclass(frozen=True)
class Comparison:
    """Both results on the shared items. `asked` counts the items of the later rubric."""

    before: Result
    now: Result
    shared: int
    asked: int
    changed: tuple[str, ...]  # codes whose text or meanings are other ones
    added: tuple[str, ...]  # codes only the later one has
    removed: tuple[str, ...]  # codes only the earlier one had

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out: both were asked the same."""
        return not (self.changed or self.added or self.removed)


def compared(before: Answered, now: Answered) -> Comparison:
    """Return both on shared items only. An item that did not apply in one of them is left out of both."""
    then, today = by_code(before.items), by_code(now.items)
    same = {code for code in then.keys() & today.keys() if then[code].sense == today[code].sense}
    usable = [one for one in now.items if one.code in same]
    paired = {one.code for one in usable if _applies(before, one.code) and _applies(now, one.code)}
    return Comparison(
        before=_result(before, usable, paired, now.weights),
        now=_result(now, usable, paired, now.weights),
        shared=len(same),
        asked=len(today),
        changed=tuple(one.code for one in now.items if one.code in then and one.code not in same),
        added=tuple(one.code for one in now.items if one.code not in then),
        removed=tuple(one.code for one in before.items if one.code not in today),
    )


def by_code(items: Iterable[Asked]) -> dict[str, Asked]:
    return {one.code: one for one in items}


def _applies(answers: Answered, code: str) -> bool:
    return code not in answers.values or answers.values[code] is not None


def _result(
    answers: Answered, items: Sequence[Asked], paired: set[str], weights: Mapping[str, Decimal]
) -> Result:
    """Score the paired items; a dimension of which nothing is shared does not count in the overall."""
    fields = []
    for code, weight in weights.items():
        own = [one for one in items if one.dimension == code and one.code in paired]
        if own:
            scored = [Item(one.code, answers.values.get(one.code), weight=one.weight) for one in own]
            fields.append(Field(code, weight, scored))
    return result_of(fields, top=items[0].top if items else 4)

"""Say how far a long act has come, in hundredths, and no oftener than somebody can read."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

# called with (done, total); total is always WHOLE, so an act makes at most that many calls
Progress = Callable[[int, int], None]
WHOLE = 100


def counted(
    items: Sequence[T], progress: Progress | None, *, begin: int = 0, end: int = WHOLE
) -> Iterator[T]:
    """Yield the items, telling how far between `begin` and `end` (hundredths) those already used lead."""
    if progress is None:
        yield from items
        return
    told = begin
    for number, item in enumerate(items, 1):
        yield item
        reached = begin + (end - begin) * number // len(items)
        if reached > told:
            told = reached
            progress(reached, WHOLE)

"""Say how far a long act has come, in hundredths, and no oftener than somebody can read."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

# called with (done, total); total is always WHOLE, so an act makes about that many calls
Progress = Callable[[int, int], None]
WHOLE = 100


def counted(items: Sequence[T], progress: Progress | None) -> Iterator[T]:
    """Yield the items, telling how far those already used lead."""
    told = 0
    for number, item in enumerate(items, 1):
        yield item
        reached = WHOLE * number // len(items)
        if progress and reached > told:
            told = reached
            progress(reached, WHOLE)


def within(progress: Progress | None, begin: int, end: int) -> Progress | None:
    """Return a progress for one part of an act: its beginning and end lie at these hundredths of the whole."""
    if progress is None:
        return None
    told = begin

    def tell(done: int, total: int) -> None:
        nonlocal told
        reached = begin + (end - begin) * done // total
        if reached > told:
            told = reached
            progress(reached, WHOLE)

    return tell

"""Which ten questions a person is asked, and in what order: always the same for the same person and module.

Pure: everything follows from a seed by a hash, so that nothing need be stored and nobody can choose.
"""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

ASKED = 10
CHOICES = 4


def draw(bank: Iterable[UUID], *, seed: str, count: int = ASKED) -> list[UUID]:
    """Return `count` distinct questions of the bank, whatever order the bank comes in; all where it has fewer."""
    return sorted(set(bank), key=lambda question: _number(seed, str(question)))[:count]


def arrange(questions: Iterable[UUID], *, seed: str, round: str) -> list[UUID]:
    """Return the same questions in the order of this round: before, after, or a further try."""
    return sorted(questions, key=lambda question: _number(seed, round, "order", str(question)))


def shuffle(question: UUID, *, seed: str, round: str) -> tuple[int, ...]:
    """Return the choices of a question in the order shown: at each place the choice's own number, from 0."""
    return tuple(sorted(range(CHOICES), key=lambda choice: _number(seed, round, str(question), str(choice))))


def _number(*words: str) -> bytes:
    return sha256("\x1f".join(words).encode()).digest()

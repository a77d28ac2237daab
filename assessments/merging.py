"""Two devices fill one section: which answers go in, which stay, and between which a person has to choose.

A device says of each item what it last saw stored there, as a mark. Pure; no clock and no version is asked.
"""

from collections.abc import Hashable, Mapping
from hashlib import sha256
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = tuple[int | None, bool, str]  # value, not applicable, note
NEW_LINE = "\n"
NOTHING: Answer = (None, False, "")  # not yet scored


def mark_of(answer: Answer) -> str:
    """Return a short word that stands for an answer; line ends and spaces around the note do not count."""
    value, not_applicable, note = answer
    if value is None and not not_applicable:
        note = ""
    text = f"{'na' if not_applicable else value}\n{NEW_LINE.join(note.strip().splitlines())}"
    return sha256(text.encode()).hexdigest()[:12]


def merged(
    answers: Mapping[Key, Answer], seen: Mapping[Key, str], stored: Mapping[Key, Answer]
) -> tuple[dict[Key, Answer], set[Key]]:
    """Return the answers to be stored, and the items on which two people disagree.

    What the device did not change stays as it is stored, whoever changed it meanwhile. Sending the same answers
    a second time changes nothing. An item without a mark counts as seen empty.
    """
    fit, clashes = {}, set()
    for key, answer in answers.items():
        mine, theirs = mark_of(answer), mark_of(stored.get(key, NOTHING))
        base = seen.get(key) or mark_of(NOTHING)
        if mine in (base, theirs):
            continue
        if theirs == base:
            fit[key] = answer
        else:
            clashes.add(key)
    return fit, clashes

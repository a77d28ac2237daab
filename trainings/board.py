"""The names on the wall of a training hall: who is not in yet, and who is."""

from collections.abc import Iterable
from dataclasses import dataclass

from trainings.roster import Line

MANY_NAMES = 18  # what fits under the counts on a screen of 1080 lines; more stand in two smaller columns


@dataclass(frozen=True)
class Board:
    """The roster's lines in two lists; somebody marked absent or excused is in neither."""

    waiting: list[Line]
    done: list[Line]

    @property
    def is_crowded(self) -> bool:
        return max(len(self.waiting), len(self.done)) > MANY_NAMES

    @property
    def found(self) -> int:
        return len(self.waiting) + len(self.done)


def board_of(lines: Iterable[Line], query: str = "") -> Board:
    """Return the lines whose IKM or person holds the query, by whether somebody of them is in."""
    wanted = query.casefold()
    shown = [line for line in lines if wanted in f"{line.enrolment.enterprise} {line.name}".casefold()]
    return Board(
        waiting=[line for line in shown if line.mark is None],
        done=[line for line in shown if line.mark and line.mark.counts_as_present],
    )

"""The sections of an assessment as its first page groups them: by dimension, and inside it by area. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.models import Area, Dimension
from assessments.sheet import Section


@dataclass
class Block:
    """The sections of one dimension in one area, or of the whole dimension where it has no areas."""

    area: Area | None
    sections: list[Section]

    @property
    def asked(self) -> int:
        return sum(section.asked for section in self.sections)

    @property
    def scored(self) -> int:
        return sum(section.scored for section in self.sections)


def blocks_of(sections: Iterable[Section]) -> list[tuple[Dimension, list[Block]]]:
    """Return the blocks of each dimension, in the order of the form."""
    found: dict[Dimension, dict[Area | None, Block]] = {}
    for section in sections:
        blocks = found.setdefault(section.dimension, {})
        blocks.setdefault(section.area, Block(section.area, [])).sections.append(section)
    return [(dimension, list(blocks.values())) for dimension, blocks in found.items()]

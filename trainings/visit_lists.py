"""What is looked at on a factory visit, by module: shipped data in versions, an example (*contoh*) to be replaced.

A new list is a new file with a higher version; a visit keeps the lines it began with.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class VisitList:
    """The lines of one module, each in Indonesian and English."""

    version: int
    lines: tuple[tuple[str, str], ...]


def list_for(module_code: str) -> VisitList:
    """Return the newest list of a module; one without a list of its own has the general one."""
    newest = newest_file()
    lines = newest["lists"].get(module_code) or newest["lists"][""]
    return VisitList(newest["version"], tuple((text, text_en) for text, text_en in lines))


@lru_cache(maxsize=1)
def newest_file() -> dict:
    files = (json.loads(path.read_text()) for path in DATA.glob("visit-checklists-*.json"))
    return max(files, key=lambda file: file["version"])

"""The rubrics that come with the portal, read from `data`: in full, or as what they change of the one before.

A file that `changes` the version before it holds only its own version, its reason, what it says of
`every_dimension`, and of single `dimensions` by their code. No database.
"""

import json
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
LAID_OVER = ("changes", "every_dimension", "dimensions")
# what a dimension may leave unsaid; the model's own default then holds
OPTIONAL = (
    "photo_scores", "evidence_scores", "evidence_max_age_days", "is_per_area", "bands", "pass_score",
)  # fmt: skip


def shipped_rubrics() -> list[dict]:
    """Return every shipped version of the rubric in full, oldest first."""
    found: list[dict] = []
    for data in sorted(map(read, DATA.glob("rubric-*.json")), key=lambda data: data["version"]):
        found.append(laid_over(found[-1], data) if data.get("changes") else data)
    return found


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def laid_over(before: dict, data: dict) -> dict:
    """Return the version before with what the newer one changes of it."""
    named = data.get("dimensions", {})
    every = data.get("every_dimension", {})
    dimensions = [row | every | named.get(row["code"], {}) for row in before["dimensions"]]
    own = {key: value for key, value in data.items() if key not in LAID_OVER}
    return before | own | {"dimensions": dimensions}


def optional_fields(dimension: dict) -> dict:
    """Return those optional fields of a dimension that its file sets."""
    return {name: dimension[name] for name in OPTIONAL if name in dimension}

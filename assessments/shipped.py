"""The rubrics that come with the portal, read from `data`: the first in full, later ones as what they change.

A later file names the one it is `based_on` and holds only its own version, its reason, what it says of
`every_dimension`, and of single `dimensions` by their code. No database.
"""

import json
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
CHANGES = ("based_on", "every_dimension", "dimensions")
# what a dimension may leave unsaid; the model's own default then holds
OPTIONAL = ("photo_scores", "evidence_scores", "evidence_max_age_days")


def shipped_rubrics() -> list[dict]:
    """Return every shipped version of the rubric, oldest first."""
    return sorted(
        (rubric(path.name) for path in DATA.glob("rubric-*.json")), key=lambda data: data["version"]
    )


def read(name: str) -> dict:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def rubric(name: str) -> dict:
    """Return one version in full, with what it changes laid over the version it is based on."""
    data = read(name)
    if "based_on" not in data:
        return data
    whole = rubric(data["based_on"])
    for dimension in whole["dimensions"]:
        dimension |= data.get("every_dimension", {})
        dimension |= data.get("dimensions", {}).get(dimension["code"], {})
    return whole | {key: value for key, value in data.items() if key not in CHANGES}


def optional_fields(dimension: dict) -> dict:
    """Return those optional fields of a dimension that its file sets."""
    return {name: dimension[name] for name in OPTIONAL if name in dimension}

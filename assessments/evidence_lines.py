"""The evidence behind a decision, item by item, from what a snapshot stores of it; no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from assessments.models import Evidence


@dataclass(frozen=True)
class Piece:
    """One photo, paper, measurement or note; `url` is empty for words alone."""

    kind: str
    day: date
    text: str
    url: str


@dataclass
class EvidenceLine:
    """One item with its score and what backs it; the score of several areas is the lowest, as in class rules."""

    code: str
    score: int | None
    pieces: list[Piece] = field(default_factory=list)


def evidence_lines(stored: Iterable[Mapping], scores: Mapping[str, int | None]) -> list[EvidenceLine]:
    """Return the items that have evidence, each where its first piece came."""
    lines: dict[str, EvidenceLine] = {}
    for item in stored:
        code = item["criterion"]
        line = lines.setdefault(code, EvidenceLine(code, scores.get(code)))
        words = (item.get("area", ""), item["caption"], figure_of(item))
        line.pieces.append(
            Piece(
                kind=str(Evidence.Kind(item["kind"]).label),
                day=date.fromisoformat(item["taken_on"]),
                text=", ".join(word for word in words if word),
                url=reverse("assessments:evidence", args=[item["id"]]) if item["sha256"] else "",
            )
        )
    return list(lines.values())


def figure_of(item: Mapping) -> str:
    """Return a measurement as it was written down: its figure, unit and instrument."""
    return " ".join(str(item[name]) for name in ("value", "unit", "instrument") if item.get(name))

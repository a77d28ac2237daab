"""Supply clearance as it was: the figures behind each stored day, and every day judged again. Pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from partnerships.clearance import MANDATORY_DOCUMENTS, Facts, Judgement, Proof, judge, paper_on


@dataclass(frozen=True)
class StoredDay:
    """What was written on a day: the state, each gate with its result, and what it was judged from."""

    day: date
    status: str
    gates: list[dict]
    facts: Mapping[str, Any]


def stored_facts(facts: Facts) -> dict:
    """Return the facts as JSON holds them, with the papers' own days, so that any later day can be judged."""
    return {
        "class_level": facts.class_level,
        "modules_passed": sorted(facts.modules_passed),
        "needed_modules": list(facts.needed_modules),
        "open_critical_findings": facts.open_critical_findings,
        "finding_codes": sorted(facts.finding_codes),
        "papers": {kind: [stored_proof(one) for one in own] for kind, own in facts.proofs.items()},
        "sample_approved_on": said(facts.sample_approved_on),
    }


def stored_proof(proof: Proof) -> dict:
    return {"issued_on": said(proof.issued_on), "expires_on": said(proof.expires_on), "id": proof.id}


def stored_gates(judgement: Judgement) -> list[dict]:
    """Return every gate, met or not, as JSON holds it."""
    return [{**check.stored(), "met": check.met} for check in judgement.checks]


def facts_on(stored: Mapping[str, Any], day: date) -> Facts:
    """Return the stored facts as they stood on the day: a paper counts from its first day to its last."""
    proofs = {
        kind: [Proof(read(one["issued_on"]), read(one["expires_on"]), one["id"]) for one in own]
        for kind, own in stored["papers"].items()
    }
    return Facts(
        class_level=stored["class_level"],
        modules_passed=frozenset(stored["modules_passed"]),
        open_critical_findings=stored["open_critical_findings"],
        papers={kind: paper_on(proofs.get(kind, ()), day) for kind in MANDATORY_DOCUMENTS},
        sample_approved_on=read(stored["sample_approved_on"]),
        needed_modules=stored["needed_modules"],
        proofs=proofs,
        finding_codes=stored["finding_codes"],
    )


def differences(rows: Sequence[StoredDay], until: date) -> Iterator[tuple[date, str, str]]:
    """Yield (day, stored state, state judged again) for the first day after each row that does not hold.

    Each row speaks for every day up to the next one, so a morning on which nobody judged is found as well.
    """
    rows = sorted(rows, key=lambda row: row.day)
    ends = [row.day - timedelta(days=1) for row in rows[1:]] + [until]
    for row, last in zip(rows, ends, strict=True):
        for day in days_between(row.day, last):
            again = judge(facts_on(row.facts, day), day)
            if again.status != row.status or stored_gates(again) != row.gates:
                yield day, row.status, again.status
                break


def days_between(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def said(day: date | None) -> str | None:
    return day.isoformat() if day else None


def read(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""IKM and requirements brought together, many at once: what each requirement asks, and how each IKM answers."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from participants.models import Enterprise
from partnerships.asks import Ask, Kind, implied
from partnerships.match import Match, match
from partnerships.models import Requirement
from partnerships.profiles import known_of


def asks_of(requirement: Requirement) -> list[Ask]:
    """Return every line of a requirement: those that follow from itself, then those written, in order."""
    process = requirement.process.code if requirement.process else ""
    asks = implied(
        volume=requirement.volume,
        period=requirement.per,
        unit=requirement.unit,
        process=process,
        max_ppm=requirement.max_ppm,
        min_on_time=requirement.min_on_time,
    )
    return asks + [
        Ask(str(line.pk), Kind(line.kind), line.subject, line.threshold, line.unit, line.text)
        for line in requirement.lines.all()
    ]


def matches(
    requirements: Iterable[Requirement], enterprises: Iterable[Enterprise], day: date
) -> dict[tuple[UUID, UUID], Match]:
    """Return, by the ids of requirement and IKM, the answer to every line on the day.

    Judged afresh from the evidence; nothing is stored. Read requirements with `with_parties()`.
    """
    enterprises = list(enterprises)
    asked = {one.pk: (asks_of(one), one.evidence_months) for one in requirements}
    criteria = {ask.subject for asks, _months in asked.values() for ask in asks if ask.kind is Kind.CRITERION}
    known = known_of(enterprises, day, criteria)
    return {
        (key, one.pk): match(asks, known[one.pk], day, evidence_months=months)
        for key, (asks, months) in asked.items()
        for one in enterprises
    }


def match_of(requirement: Requirement, enterprise: Enterprise, day: date) -> Match:
    """Return how one IKM answers one requirement on the day."""
    return matches([requirement], [enterprise], day)[requirement.pk, enterprise.pk]

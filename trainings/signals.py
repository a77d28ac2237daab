"""What makes a check-in look odd. Nothing here refuses anybody: a signal is a question to the trainer.

A shared IP address is no signal: a training hall has one. That an address was forwarded to somebody who is not
in the room leaves no trace on the server within the minute for which a QR is good; the trainer's head count shows
it, because there are then more marks than people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

CLOCK_MAY_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True)
class Made:
    """A mark as far as it matters here."""

    receipt: str
    enrolment: UUID
    phone: str
    at: datetime


def shared_phones(marks: Iterable[Made]) -> dict[str, list[str]]:
    """Return for each mark made with a phone that another IKM had used before: the earlier marks' receipts.

    The first IKM on a phone is taken for the phone's owner. Two people of one IKM may share a phone.
    """
    by_phone: dict[str, list[Made]] = {}
    for mark in sorted(marks, key=lambda one: one.at):
        if mark.phone:
            by_phone.setdefault(mark.phone, []).append(mark)
    found = {}
    for sharing in by_phone.values():
        for place, mark in enumerate(sharing):
            if mark.enrolment == sharing[0].enrolment:
                continue
            found[mark.receipt] = [
                other.receipt for other in sharing[:place] if other.enrolment != mark.enrolment
            ]
    return found


def clock_error(arrived: datetime, sent_on_phone: datetime | None) -> timedelta | None:
    """Return by how much a phone's clock is ahead (or behind, below zero) when that is more than five minutes."""
    if sent_on_phone is None:
        return None
    error = sent_on_phone - arrived
    return error if abs(error) > CLOCK_MAY_DIFFER else None

"""Which reports can take each other's place: those of one kind, subject, language, period and pair of eyes."""

from uuid import UUID

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role

OVERSEERS = {Role.LEAD, Role.STAFF}


def series_of(kind: str, subject_id: UUID, *, language: str, period: str, by: User | None) -> str:
    """Return the name of the series a report belongs to.

    `period` is "" for a report on everything up to its cut-off. A report holds only what its requester may know,
    so that a mentor's or a buyer's own copy never takes the place of the programme's.
    """
    eyes = "programme" if by is None or by.role in OVERSEERS else f"{by.role}:{by.pk}"
    return "|".join((kind, str(subject_id), language, period, eyes))

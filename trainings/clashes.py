"""What speaks against a plan, each as a sentence: the same room, trainer or cohort at one time, too few seats,
a holiday, more lesson hours than the curriculum has, a module before the one it builds on.

Nothing of it forbids: people read it and decide. The database alone forbids the same cohort at the same time
and place twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from django.db.models import Q
from django.utils.translation import gettext as _

from closedloop.core.formats import moment
from participants.models import Cohort, Enrolment
from trainings.holidays import national_holidays
from trainings.models import TrainingSession
from trainings.order_of_modules import too_early, too_long

Kind = TrainingSession.Kind


@dataclass(frozen=True)
class Caution:
    """One sentence, the address of the session it names when there is one to open, and the moment it is about."""

    text: str
    url: str = ""
    about: str = ""


@dataclass(frozen=True)
class Review:
    """What speaks against a plan as a whole, and against each of its sessions in their order."""

    general: tuple[Caution, ...] = ()
    of_each: tuple[tuple[Caution, ...], ...] = ()

    @property
    def cautions(self) -> list[Caution]:
        return [*self.general, *(one for found in self.of_each for one in found)]

    @property
    def digest(self) -> str:
        """What a second press sends back: it agrees to these cautions and to no others; "" when there are none."""
        lines = "\n".join(f"{one.about} {one.text}" for one in self.cautions)
        return sha256(lines.encode()).hexdigest()[:16] if lines else ""


class NotAgreed(Exception):
    """Something speaks against a plan that nobody has agreed to; nothing is saved."""

    def __init__(self, review: Review):
        super().__init__("; ".join(one.text for one in review.cautions))
        self.review = review


def imagined(cohort: Cohort, row: dict) -> TrainingSession:
    """Return a session to be looked at, not to be saved: what a presence at it is worth is not asked for."""
    return TrainingSession(cohort=cohort, status_set=None, **row)


def review(sessions: list[TrainingSession]) -> Review:
    """Return what speaks against sessions as they are about to be saved; a fixed number of queries.

    A session that is saved already, with its old values, does not clash with itself.
    """
    saved = _meeting_any(sessions)
    members = _members(sessions)
    of_each = []
    for number, session in enumerate(sessions):
        others = [*saved, *sessions[:number], *sessions[number + 1 :]]
        clashes = [_clash(session, other) for other in others if _overlap(session, other)]
        found = [one for one in clashes if one] + _own(session, members.get(session.cohort_id, 0))
        about = moment(session.starts_at, session)
        of_each.append(tuple(replace(one, about=about) for one in found))
    general = tuple(Caution(text) for text in (*too_early(sessions), *too_long(sessions)))
    return Review(general, tuple(of_each))


def reason_of(session: TrainingSession, other: TrainingSession) -> str:
    """Return why two sessions cannot both be held at the same time, or nothing."""
    reasons = []
    if other.trainer_id == session.trainer_id:
        reasons.append(_("narasumbernya sama"))
    if other.cohort_id == session.cohort_id:
        reasons.append(_("angkatannya sama"))
    if Kind.ONLINE not in (session.kind, other.kind) and _room(session) == _room(other):
        reasons.append(_("tempatnya sama"))
    return ", ".join(reasons)


def _room(session: TrainingSession) -> tuple[str, str]:
    return " ".join(session.place.split()).casefold(), session.regency_id


def _own(session: TrainingSession, members: int) -> list[Caution]:
    """Return what speaks against a session by itself: its day and its room."""
    cautions = []
    day = session.starts_at.astimezone(session.zone).date()
    if holiday := national_holidays().get(day):
        cautions.append(Caution(_("Hari libur: %(name)s.") % {"name": holiday.title}))
    if session.seats and members > session.seats:
        text = _("Ruangan memuat %(seats)d orang, padahal %(members)d IKM di daftar.")
        cautions.append(Caution(text % {"seats": session.seats, "members": members}))
    return cautions


def _meeting_any(sessions: list[TrainingSession]) -> list[TrainingSession]:
    """Return the saved sessions that may meet one of these; rooms are compared exactly afterwards."""
    if not sessions:
        return []
    return list(
        TrainingSession.objects.live()
        .exclude(pk__in=[one.pk for one in sessions])
        .filter(
            starts_at__lt=max(one.ends_at for one in sessions),
            ends_at__gt=min(one.starts_at for one in sessions),
        )
        .filter(
            Q(trainer__in={one.trainer_id for one in sessions})
            | Q(cohort__in={one.cohort_id for one in sessions})
            | Q(regency__in={one.regency_id for one in sessions})
        )
        .with_place()
    )


def _members(sessions: list[TrainingSession]) -> dict:
    """Return how many IKM are on the roster of each cohort that has a room with known seats."""
    cohorts: Iterable = {one.cohort_id for one in sessions if one.seats}
    return {pk: Enrolment.objects.on_roster().filter(cohort=pk).count() for pk in cohorts}


def _overlap(one: TrainingSession, other: TrainingSession) -> bool:
    return one.starts_at < other.ends_at and one.ends_at > other.starts_at


def _clash(session: TrainingSession, other: TrainingSession) -> Caution | None:
    reason = reason_of(session, other)
    if not reason:
        return None
    text = _("Bersamaan dengan %(other)s (%(cohort)s), %(when)s: %(reason)s.") % {
        "other": other,
        "cohort": other.cohort,
        "when": moment(other.starts_at, other),
        "reason": reason,
    }
    return Caution(text, "" if other._state.adding else other.get_absolute_url())

"""What closes a gap of each dimension: the next session of its module, a visit, or a paper. Read only, live.

Nothing of it is stored, so a session that is moved moves here too. Two to six queries, whatever the plan.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.core.formats import date_medium
from participants.models import Enrolment
from trainings.models import MakeUpSeat, TrainingSession
from trainings.progress import TO_COME, progress_of

# dimension -> module whose training teaches it [assumed], domain.md §1.6; LEG has none: a paper closes it
MODULES = {"BM": "BM", "5R": "5R", "K3L": "K3L", "TEK": "TEK", "PSR": "PSR", "KEU": "KEU"}
BY_PAPER = {"LEG"}


@dataclass(frozen=True)
class Way:
    """One proposal. `session` is the meeting it speaks of; without one somebody has to arrange it."""

    words: str
    session: TrainingSession | None = None
    is_arranged: bool = False

    def path(self, *, for_owner: bool) -> str:
        """The address of the session, for who reads it."""
        if self.session is None:
            return ""
        name = "trainings:my_session" if for_owner else "trainings:session"
        return reverse(name, args=[self.session.code])


def ways_of(enrolment: Enrolment | None, codes: Iterable[str]) -> dict[str, Way]:
    """Return the proposal for each dimension by its code."""
    codes = set(codes)
    if enrolment is None or not codes:
        return {code: _without_session(code, None) for code in codes}
    sessions = upcoming(enrolment)
    modules = {item.module.code: item for item in progress_of([enrolment])[enrolment.pk]}
    return {code: way_of(code, sessions, modules) for code in codes}


def upcoming(enrolment: Enrolment) -> list[TrainingSession]:
    """Return the published sessions to come of the IKM: its cohort's, and make-up seats it was given, by time."""
    seats = MakeUpSeat.objects.filter(enrolment=enrolment).values("session")
    own = TrainingSession.objects.filter(status__in=TO_COME, starts_at__gte=timezone.now())
    found = own.filter(cohort=enrolment.cohort_id) | own.filter(pk__in=seats)
    return list(found.with_place().order_by("starts_at").distinct())


def way_of(code: str, sessions: list[TrainingSession], modules: dict) -> Way:
    """Return the proposal for one dimension. A module passed already is not proposed again: then a visit is."""
    module = MODULES.get(code, code)
    item = modules.get(module)
    own = [one for one in sessions if one.module.code == module]
    visits = [one for one in own if one.kind == TrainingSession.Kind.VISIT]
    lessons = [one for one in own if one not in visits]
    if item is not None and not item.is_passed and lessons:
        return _at(lessons[0], _("Modul %(module)s, sesi %(day)s"), item.module)
    if visits:
        return _at(visits[0], _("Kunjungan pabrik %(module)s, %(day)s"), visits[0].module)
    return _without_session(code, item)


def _at(session: TrainingSession, words: str, module) -> Way:
    parts = {"module": module.title, "day": date_medium(session.day)}
    return Way(words % parts, session, is_arranged=True)


def _without_session(code: str, item) -> Way:
    if code in BY_PAPER:
        return Way(_("Unggah dokumennya di berkas usaha"))
    if item is not None and not item.is_passed:
        parts = {"module": item.module.title}
        return Way(_("Modul %(module)s belum dijadwalkan; usulkan kunjungan pendamping") % parts)
    if item is not None:
        parts = {"module": item.module.title}
        return Way(_("Modul %(module)s sudah lulus; usulkan kunjungan pendamping") % parts)
    return Way(_("Usulkan kunjungan pendamping"))

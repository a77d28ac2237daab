"""Sessions moved or changed before they begin: one, or one and all that follow it in its module."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from closedloop.accounts.models import User
from closedloop.core.languages import for_others
from trainings.actions.planning import ask, days_of, one_at_a_time
from trainings.actions.sessions import WHEN_AND_WHERE, change, take, tell_of
from trainings.models import TrainingSession

Status = TrainingSession.Status
# what can make it clash, exceed its room, or fall before what it builds on
WATCHED = WHEN_AND_WHERE | {"kind", "seats", "lesson_hours"}


def move_session(
    session: TrainingSession,
    *,
    by: User,
    starts_at: datetime,
    ends_at: datetime,
    with_later: bool = False,
    agreed: str | None = None,
    **details: Any,
) -> TrainingSession:
    """Change a session that has not begun; `details` are any of MOVABLE.

    With `with_later` the later ones of its module move by as much on the clock of their place. Everybody
    concerned is told once of all, and only when time, place or trainer really changed; a second time changes
    nothing. `agreed` is the digest of what the person read against it (None: nobody is asked). Raises NotAgreed,
    TransitionError once the session is open, ValidationError for an impossible value; then nothing has moved.
    """
    with transaction.atomic():
        one_at_a_time()
        session = _locked(session)
        new = {session.pk: {"starts_at": starts_at, "ends_at": ends_at, **details}}
        shift = _on_the_wall(starts_at, session) - _on_the_wall(session.starts_at, session)
        later = [_locked(one) for one in TrainingSession.objects.following(session)] if with_later else []
        if shift:
            new |= {one.pk: _shifted(one, shift) for one in later}
        else:
            later = []
        if agreed is not None:
            _ask_of_moved([session, *later], new, agreed)
        return _save_moved(session, later, new, by=by, forward=shift > timedelta(0))


def _save_moved(
    session: TrainingSession, later: list[TrainingSession], new: dict, *, by: User, forward: bool
) -> TrainingSession:
    """Save from the far end, so that no session lands on the place that the next one is about to leave."""
    ordered, changed = [session, *later], set()
    public = [one for one in ordered if one.status == Status.SCHEDULED]
    trainers = [one.trainer for one in public]
    for one in reversed(ordered) if forward else ordered:
        changed |= change(one, by=by, **new[one.pk])
    trainers += [one.trainer for one in public]
    if WHEN_AND_WHERE & changed and public:
        _tell_of_moved(public, trainers)
    return session


@for_others()
def _tell_of_moved(public: list[TrainingSession], trainers: list[User]) -> None:
    first, *rest = public
    title = _("Jadwal berubah: %(session)s") % {"session": first}
    if rest:
        text = ngettext(
            "%(title)s dan %(count)d sesi sesudahnya",
            "%(title)s dan %(count)d sesi sesudahnya",
            len(rest),
        )
        title = text % {"title": title, "count": len(rest)}
    tell_of(first, "session.moved", title, also=trainers, more=days_of(rest))


def _locked(session: TrainingSession) -> TrainingSession:
    return TrainingSession.objects.select_for_update(of=("self",)).with_place().get(pk=session.pk)


def _on_the_wall(moment: datetime, session: TrainingSession) -> datetime:
    return moment.astimezone(session.zone).replace(tzinfo=None)


def _shifted(session: TrainingSession, shift: timedelta) -> dict:
    return {"starts_at": session.starts_at + shift, "ends_at": session.ends_at + shift}


def _ask_of_moved(sessions: list[TrainingSession], new: dict, agreed: str) -> None:
    """Ask of the sessions as they would be, if anything that matters changes at all."""
    planned = [take(_locked(one), **new[one.pk]) for one in sessions]
    if any(
        getattr(one, name) != getattr(after, name)
        for one, after in zip(sessions, planned, strict=True)
        for name in WATCHED
    ):
        ask(planned, agreed)

"""Factory visits that somebody has still to confirm: never hidden, whoever's turn it is."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.core.formats import date_medium
from closedloop.dashboard.task import Task
from trainings.models import TrainingSession, Visit


def visits_to_fill(user: User, today: date) -> Iterator[Task]:
    """One's own visits that are over, and that one has not confirmed."""
    over = TrainingSession.objects.held().filter(trainer=user, kind=TrainingSession.Kind.VISIT)
    # visits of before there was a page for them have no host and are asked for nothing
    for session in over.filter(visit__isnull=False, visit__led_at=None).order_by("starts_at")[:3]:
        yield Task(
            "trainings:sessions",
            session.title,
            _("Hasil kunjungan belum Anda konfirmasi"),
            reverse("trainings:visit", args=[session.code]),
            _("Isi"),
        )


def visits_to_confirm(user: User, today: date) -> Iterator[Task]:
    """Visits at one's own factory to which one has not said yes."""
    waiting = Visit.objects.visible_to(user).waiting_for_host().select_related("session")
    for visit in waiting.order_by("session__starts_at")[:3]:
        yield Task(
            "trainings:my_schedule",
            visit.session.title,
            _("Konfirmasi bahwa kunjungan %(day)s terjadi di pabrik Anda")
            % {"day": date_medium(visit.session.starts_at)},
            reverse("trainings:my_visit", args=[visit.session.code]),
            _("Konfirmasi"),
        )


def visits_unconfirmed(user: User, today: date) -> Iterator[Task]:
    """Visits of closed sessions of which one side has not said that they took place."""
    closed = Visit.objects.visible_to(user).filter(session__status=TrainingSession.Status.CLOSED)
    if count := closed.unconfirmed().count():
        yield Task(
            "trainings:sessions",
            _("Kunjungan pabrik belum dikonfirmasi kedua pihak"),
            _("Hubungi narasumber atau IKM tuan rumah"),
            reverse("trainings:visits"),
            _("Lihat"),
            count=count,
        )

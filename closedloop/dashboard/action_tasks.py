"""Factory actions that wait for somebody: to be done, to be checked, to be given."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.core.formats import date_medium
from closedloop.dashboard.task import Task
from participants.models import Enrolment
from trainings.action_words import due_text
from trainings.models import FactoryAction, TrainingSession

ASKED_FOR = timedelta(days=30)  # how long a trainer is asked what a session set in motion


def actions_to_check(user: User, today: date) -> Iterator[Task]:
    """What the IKM one accompanies have reported."""
    waiting = FactoryAction.objects.accompanied_by(user).reported()
    if count := waiting.count():
        yield Task(
            "trainings:actions",
            _("Aksi pabrik menunggu pemeriksaan"),
            _("IKM sudah mengirim foto sesudah dikerjakan"),
            f"{reverse('trainings:actions')}?status=reported",
            _("Periksa"),
            count=count,
        )


def sessions_without_action(user: User, today: date) -> Iterator[Task]:
    """Sessions of one's own that are over and set nothing in motion, without a word why."""
    closed = TrainingSession.objects.held().filter(trainer=user, ends_at__date__gte=today - ASKED_FOR)
    quiet = closed.filter(factory_actions=None, no_action_reason="").order_by("-starts_at")
    for session in quiet[:3]:
        yield Task(
            "trainings:sessions",
            session.title,
            _("Sesi ini belum punya aksi"),
            reverse("trainings:session_actions", args=[session.code]),
            _("Beri aksi"),
        )


def own_actions(user: User, today: date) -> Iterator[Task]:
    """What one's IKM has to do, the first due on top."""
    here = FactoryAction.objects.visible_to(user).filter(enrolment__in=Enrolment.objects.on_roster())
    for action in here.waiting_for_owner().order_by("due_on")[:5]:
        returned, late = action.status == FactoryAction.Status.RETURNED, action.due_on < today
        yield Task(
            "trainings:my_actions",
            action.text,
            _("Kurang: %(reason)s") % {"reason": action.return_reason}
            if returned
            else _("Kirim foto paling lambat %(day)s") % {"day": date_medium(action.due_on)},
            action.get_absolute_url(),
            due_text(action.due_on, today) if late or not returned else action.get_status_display(),
            "bad" if late or returned else "todo",
        )

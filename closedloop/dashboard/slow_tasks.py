"""What waits for a person and takes a walk through many records to know: asked on their own pages, not for the menu."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.dashboard.tasks import Task
from participants.models import Enrolment
from trainings.warned import warnings_of


def warnings_to_answer(user: User) -> Iterator[Task]:
    """IKM that missed sessions and that nobody has called yet."""
    if not user.may(Permission.SESSION_RUN):
        return
    enrolments = Enrolment.objects.visible_to(user).invited().select_related("enterprise", "cohort")
    if count := sum(one.answer is None for one in warnings_of(enrolments)):
        yield Task(
            "trainings:sessions",
            _("Peringatan kehadiran"),
            _("Tidak hadir berturut-turut, atau kehadiran di bawah syarat modul"),
            reverse("trainings:warnings"),
            _("Hubungi"),
            count=count,
        )

"""Second looks that wait: for somebody to take them, for one's own scores, or for an agreement."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import SecondAssessment, SecondScore
from closedloop.accounts.models import User
from closedloop.dashboard.task import Task

Status = SecondAssessment.Status


def seconds_to_take(user: User, today: date) -> Iterator[Task]:
    """Second looks for which nobody has been found."""
    waiting = SecondAssessment.objects.visible_to(user).waiting().exclude(first=user)
    if count := waiting.count():
        yield Task(
            "assessments:seconds",
            _("Asesmen akhir memerlukan penilai kedua"),
            _("Butir yang berselisih dua tingkat atau lebih dinilai lagi"),
            reverse("assessments:seconds"),
            _("Pilih penilai"),
            count=count,
        )


def seconds_to_do(user: User, today: date) -> Iterator[Task]:
    """One's own second looks: to score, to agree on, or to confirm."""
    mine = SecondAssessment.objects.filter(Q(assessor=user) | Q(first=user)).for_lists()
    written = SecondScore.objects.filter(proposed_at__isnull=False, confirmed_at=None).values("second")
    to_write = Q(first=user, status=Status.HANDED_IN) & ~Q(pk__in=written)
    to_confirm = Q(assessor=user, status=Status.HANDED_IN, pk__in=written)
    for second in mine.filter(Q(assessor=user, status=Status.TAKEN) | to_write | to_confirm)[:5]:
        words = {True: _("Anda penilai kedua"), False: _("Selisih dengan penilai kedua")}
        yield Task(
            "assessments:seconds",
            str(second.assessment.enterprise),
            words[second.assessor_id == user.pk],
            second.get_absolute_url(),
            _("Nilai") if second.status == Status.TAKEN else _("Sepakati"),
        )

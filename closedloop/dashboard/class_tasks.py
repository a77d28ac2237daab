"""What class decisions leave to be done: objections to answer, conditions to look at, classes due for a look."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import ClassDecision, DecisionCondition, Objection
from assessments.validity import ANSWER_DAYS
from closedloop.accounts.models import User
from closedloop.dashboard.task import Task


def objections_to_answer(user: User, today: date) -> Iterator[Task]:
    """Those of decisions the person had no part in; late ones are called so."""
    late = Q(created_at__date__lt=today - timedelta(days=ANSWER_DAYS))
    rows = Objection.objects.visible_to(user).open().answerable_by(user)
    found = rows.aggregate(all=Count("pk", distinct=True), late=Count("pk", filter=late, distinct=True))
    if found["all"]:
        yield Task(
            "assessments:decisions",
            _("Keberatan menunggu jawaban"),
            _("%(n)s lewat 14 hari") % {"n": found["late"]}
            if found["late"]
            else _("Dijawab paling lama 14 hari"),
            f"{reverse('assessments:decisions')}?tampil=keberatan",
            _("Lewat batas") if found["late"] else _("Jawab"),
            "bad" if found["late"] else "todo",
            count=found["all"],
        )


def conditions_to_check(user: User, today: date) -> Iterator[Task]:
    """Conditions of conditional promotions whose last day is over."""
    if count := DecisionCondition.objects.visible_to(user).overdue(today).count():
        yield Task(
            "assessments:decisions",
            _("Syarat keputusan lewat tenggat"),
            _("Periksa apakah terpenuhi, lalu catat hasilnya"),
            f"{reverse('assessments:decisions')}?tampil=syarat",
            _("Lewat batas"),
            "bad",
            count=count,
        )


def classes_to_review(user: User, today: date) -> Iterator[Task]:
    """Classes that outlived their twelve months; they stay until a board says otherwise."""
    if count := ClassDecision.objects.visible_to(user).overdue(today).count():
        yield Task(
            "assessments:decisions",
            _("Kelas perlu ditinjau"),
            _("Masa berlaku 12 bulan lewat; jadwalkan penilaian ulang"),
            f"{reverse('assessments:decisions')}?tampil=ditinjau",
            _("Perlu ditinjau"),
            count=count,
        )


def own_class(user: User, today: date) -> Iterator[Task]:
    """The owner's own class, once it is due for a look."""
    for decision in ClassDecision.objects.visible_to(user).overdue(today).select_related("enterprise")[:5]:
        yield Task(
            "assessments:my_scores",
            _("Kelas %(ikm)s perlu ditinjau") % {"ikm": decision.enterprise},
            _("Petugas menjadwalkan penilaian ulang; kelas tetap berlaku"),
            decision.get_absolute_url(),
            _("Perlu ditinjau"),
            "info",
        )

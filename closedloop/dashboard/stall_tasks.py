"""Partnerships in which nothing moves: a question to both sides, and what staff see of it."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.dashboard.task import Task
from partnerships.models import Agreement
from partnerships.standstills import standing_still, unanswered


def stalls_to_answer(user: User, today: date) -> Iterator[Task]:
    """The standstills to which one's own side has not said anything."""
    if count := unanswered(user).count():
        yield Task(
            "partnerships:agreements",
            _("Kemitraan tanpa gerak 45 hari"),
            _("Sebutkan alasannya"),
            reverse("partnerships:stalls"),
            _("Jawab"),
            count=count,
        )


def stalls_to_look_at(user: User, today: date) -> Iterator[Task]:
    if count := standing_still(user).count():
        yield Task(
            "partnerships:agreements",
            _("Kemitraan tanpa gerak 45 hari"),
            _("Baca alasan kedua pihak, lalu bantu"),
            reverse("partnerships:stalls"),
            _("Lihat"),
            "info",
            count,
        )


def agreements_to_renew(user: User, today: date) -> Iterator[Task]:
    """Agreements whose end was announced and whose renewal nobody has drafted."""
    announced = Agreement.objects.visible_to(user).in_force().filter(expiry_notices__isnull=False)
    rows = announced.filter(ends_on__gte=today).exclude(renewals__isnull=False).distinct()
    if count := rows.count():
        first = rows.order_by("ends_on").first()
        yield Task(
            "partnerships:agreements",
            _("Perjanjian akan berakhir: siapkan perpanjangan"),
            _("Paling dekat %(number)s, %(days)s hari lagi")
            % {"number": first.number, "days": (first.ends_on - today).days},
            reverse("partnerships:renew_agreement", args=[first.code]),
            _("Perpanjang"),
            count=count,
        )

"""Samples that wait for a buyer's word."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.dashboard.task import Task
from partnerships.models import Sample


def samples_to_decide(user: User, today: date) -> Iterator[Task]:
    waiting = Sample.objects.visible_to(user).waiting()
    if count := waiting.count():
        oldest = (today - waiting.earliest("submitted_on").submitted_on).days
        yield Task(
            "partnerships:samples",
            _("Sampel menunggu putusan Anda"),
            _("Paling lama %(days)s hari") % {"days": oldest},
            reverse("partnerships:samples"),
            _("Putuskan"),
            count=count,
        )

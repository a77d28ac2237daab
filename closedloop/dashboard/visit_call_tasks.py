"""Visits that a month's standing asks for and that nobody has planned."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import VisitCall
from closedloop.accounts.models import User
from closedloop.core.formats import date_medium
from closedloop.dashboard.present import here
from closedloop.dashboard.task import Task


def visits_to_plan(user: User, today: date) -> Iterator[Task]:
    """Staff plan them; the mentor of the IKM sees them until then."""
    calls = here(VisitCall.objects.visible_to(user).open()).select_related("enterprise")
    if found := list(calls.order_by("due_on")):
        first = found[0]
        late = first.due_on < today
        yield Task(
            "trainings:sessions",
            _("Kunjungan yang diminta rapor QCD"),
            _("Paling dekat %(ikm)s, tenggat %(day)s")
            % {"ikm": first.enterprise, "day": date_medium(first.due_on)},
            first.get_absolute_url() if len(found) == 1 else reverse("assessments:visit_calls"),
            _("Lewat batas") if late else _("Rencanakan"),
            "bad" if late else "todo",
            count=len(found),
        )

"""An owner's reminder to rate the own workshop before the next official assessment."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Assessment
from assessments.self_rating import is_due
from closedloop.accounts.models import User
from closedloop.dashboard.task import Task
from participants.models import Enrolment


def self_ratings_due(user: User, today: date) -> Iterator[Task]:
    roster = Enrolment.objects.visible_to(user).invited().filter(cohort__rubric_pin__isnull=False)
    for enrolment in roster.select_related("enterprise")[:3]:
        rows = Assessment.objects.filter(enterprise=enrolment.enterprise_id)
        last_self = rows.self_rated().aggregate(day=Max("visited_on"))["day"]
        last_official = rows.official().aggregate(day=Max("visited_on"))["day"]
        if not is_due(last_self=last_self, last_official=last_official, today=today):
            continue
        is_begun = rows.filter(kind=Assessment.Kind.SELF, assessor=user).writable().exists()
        yield Task(
            "assessments:my_scores",
            _("Isi penilaian mandiri"),
            _("Nilai usaha sendiri sebelum penilai berkunjung"),
            f"{reverse('assessments:self_rating')}?ikm={enrolment.enterprise.code}",
            _("Lanjutkan") if is_begun else _("Belum"),
        )

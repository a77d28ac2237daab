"""Tasks about buyers' complaints: what an IKM has to answer, a buyer to look at, and what is late."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.core.formats import date_medium
from closedloop.dashboard.present import here
from closedloop.dashboard.task import Task
from partnerships.models import Complaint


def own_complaints(user: User, today: date) -> Iterator[Task]:
    """What the owner's IKM has to answer; what waits for the buyer is not theirs to do."""
    rows = here(Complaint.objects.visible_to(user).open()).exclude(status=Complaint.Status.PROPOSED)
    for one in rows.order_by("due_on").select_related("buyer")[:5]:
        late = one.due_on < today
        yield Task(
            "partnerships:complaints",
            one.problem,
            _("Keluhan %(buyer)s, jawab paling lambat %(day)s")
            % {"buyer": one.buyer, "day": date_medium(one.due_on)},
            one.get_absolute_url(),
            _("Lewat batas") if late else one.get_status_display(),
            "bad" if late else "todo",
        )


def complaints_to_check(user: User, today: date) -> Iterator[Task]:
    """What the buyer has to look at."""
    rows = Complaint.objects.visible_to(user).filter(status=Complaint.Status.PROPOSED)
    if count := rows.count():
        yield Task(
            "partnerships:complaints",
            _("Perbaikan menunggu cek Anda"),
            _("IKM menyatakan keluhan selesai; lihat apakah hasilnya bertahan"),
            f"{reverse('partnerships:complaints')}?status=proposed",
            _("Cek"),
            count=count,
        )


def complaints_late(user: User, today: date) -> Iterator[Task]:
    """What is late, for staff."""
    if count := here(Complaint.objects.visible_to(user)).overdue(today).count():
        yield Task(
            "partnerships:complaints",
            _("Keluhan pembeli lewat tenggat"),
            _("Hubungi pihak yang harus bertindak"),
            f"{reverse('partnerships:complaints')}?lewat=1",
            _("Lewat batas"),
            "bad",
            count=count,
        )

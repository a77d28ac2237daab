"""The filters of the session list, read from the address."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import Cohort
from trainings.models import Module, TrainingSession

VIEWS = {
    "mendatang": gettext_lazy("Mendatang"),
    "berlangsung": gettext_lazy("Berlangsung"),
    "selesai": gettext_lazy("Selesai"),
    "semua": gettext_lazy("Semua"),
}


def cohorts_known_to(user):
    """Return the cohorts one may know of, and those one trains a session of."""
    return Cohort.objects.filter(
        Q(pk__in=Cohort.objects.visible_to(user).values("pk"))
        | Q(pk__in=TrainingSession.objects.filter(trainer=user).values("cohort"))
    )


class SessionFilter:
    """What of the list is asked for; anything unknown in the address is as if it were not there."""

    def __init__(self, query, *, user):
        self.user = user
        self.view = query.get("tampil") if query.get("tampil") in VIEWS else "mendatang"
        self.text = " ".join(query.get("q", "").split())[:80]
        self.cohorts = list(cohorts_known_to(user))
        self.cohort = next((c for c in self.cohorts if c.code == query.get("angkatan")), None)
        self.module_codes = list(
            Module.objects.filter(sessions__in=TrainingSession.objects.visible_to(user))
            .order_by("code")
            .values_list("code", flat=True)
            .distinct()
        )
        self.module = query.get("modul") if query.get("modul") in self.module_codes else ""
        self.mine = query.get("saya") == "1"

    def apply(self, sessions):
        """Return the sessions asked for, in the order one reads them."""
        if self.text:
            sessions = sessions.filter(
                Q(title__icontains=self.text)
                | Q(place__icontains=self.text)
                | Q(code__iexact=self.text)
                | Q(trainer__full_name__icontains=self.text)
            )
        if self.cohort:
            sessions = sessions.filter(cohort=self.cohort)
        if self.module:
            sessions = sessions.filter(module__code=self.module)
        if self.mine:
            sessions = sessions.filter(trainer=self.user)
        return self._of_view(sessions)

    def _of_view(self, sessions):
        now = timezone.now()
        Status = TrainingSession.Status
        match self.view:
            case "mendatang":
                # an open session stays here until somebody closes it: it is what is to be done
                waiting = Q(status=Status.OPEN) | Q(status__in=[Status.DRAFT, Status.SCHEDULED])
                return sessions.filter(waiting).order_by("starts_at")
            case "berlangsung":
                due = Q(status=Status.SCHEDULED, starts_at__lte=now)
                return sessions.filter(Q(status=Status.OPEN) | due).order_by("starts_at")
            case "selesai":
                return sessions.filter(status=Status.CLOSED).order_by("-starts_at")
        return sessions.order_by("-starts_at")

    @property
    def views(self):
        """Return (key, label, is chosen) for the tabs."""
        return [(key, label, key == self.view) for key, label in VIEWS.items()]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.cohort or self.module or self.mine)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Return (words, parameter) of every filter in force."""
        chips = []
        if self.text:
            chips.append((_("Cari: %(text)s") % {"text": self.text}, "q"))
        if self.cohort:
            chips.append((str(self.cohort), "angkatan"))
        if self.module:
            chips.append((_("Modul %(code)s") % {"code": self.module}, "modul"))
        if self.mine:
            chips.append((_("Sesi saya"), "saya"))
        return chips

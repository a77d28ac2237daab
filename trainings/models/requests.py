"""What owners and trainers ask about attendance: an excuse before a session, a correction after it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from closedloop.workflow import Workflow
from participants.models import Enrolment
from trainings.models.attendance import Attendance
from trainings.models.session import TrainingSession


class Asked(Workflow, Record):
    """A request with a reason and perhaps a photo, which somebody else grants or refuses."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Diajukan")
        GRANTED = "granted", _("Disetujui")
        REFUSED = "refused", _("Ditolak")

    TRANSITIONS = {
        Status.ASKED: {Status.GRANTED, Status.REFUSED},
        Status.GRANTED: set(),
        Status.REFUSED: set(),
    }

    reason = models.CharField(_("alasan"), max_length=300)
    photo = models.FileField(_("foto"), upload_to="requests/%Y/%m", blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.ASKED, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("jawaban"), max_length=300, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True
        ordering = ["created_at"]

    @property
    def tone(self) -> str:
        """The tone of its badge (design.md §6)."""
        return {"asked": "todo", "granted": "ok"}.get(self.status, "bad")

    @classmethod
    def rules(cls, name: str) -> list[models.BaseConstraint]:
        """Return the constraints every kind of request has; refusing needs words."""
        return [
            models.CheckConstraint(name=f"{name}_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name=f"{name}_status_is_known", condition=Q(status__in=["asked", "granted", "refused"])
            ),
            models.CheckConstraint(
                name=f"{name}_answer_is_whole",
                condition=Q(status="asked", answered_at=None, answered_by=None)
                | (~Q(status="asked") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name=f"{name}_refusal_has_words", condition=~Q(status="refused") | ~Q(answer="")
            ),
        ]


class ExcuseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Requests of the enrolments one may know of, and those for one's own sessions."""
        return self.filter(
            Q(enrolment__in=Enrolment.objects.visible_to(user)) | Q(session__trainer=user)
        ).distinct()

    def asked(self):
        return self.filter(status=Excuse.Status.ASKED)

    def granted(self):
        return self.filter(status=Excuse.Status.GRANTED)


class Excuse(Asked):
    """Nobody of an IKM can come to a session: leave or sickness, asked before the session is closed."""

    class Kind(models.TextChoices):
        EXCUSED = "excused", _("Izin")
        SICK = "sick", _("Sakit")

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="excuses")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="excuses")
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind)

    objects = ExcuseQuerySet.as_manager()

    class Meta(Asked.Meta):
        verbose_name = _("permintaan izin")
        constraints = [
            *Asked.rules("excuse"),
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                condition=Q(status__in=["asked", "granted"]),
                name="one_excuse_per_session_and_ikm",
            ),
            models.CheckConstraint(name="excuse_kind_is_known", condition=Q(kind__in=["excused", "sick"])),
        ]

    def __str__(self):
        return f"{self.enrolment.enterprise}: {self.get_kind_display()}"

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the request's events stand."""
        return self.enrolment.enterprise_id

    @property
    def photo_url(self) -> str:
        return reverse("trainings:excuse_photo", args=[self.pk]) if self.photo else ""


class CorrectionRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Requests about the marks one may know of, and those of one's own sessions."""
        return self.filter(
            Q(attendance__enrolment__in=Enrolment.objects.visible_to(user))
            | Q(attendance__session__trainer=user)
        ).distinct()

    def asked(self):
        return self.filter(status=CorrectionRequest.Status.ASKED)


class CorrectionRequest(Asked):
    """A mark of a closed session is wrong, says the owner or the trainer; only staff open what is closed."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="correction_requests")
    wanted = models.CharField(_("seharusnya"), max_length=8, choices=Attendance.Status)

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta(Asked.Meta):
        verbose_name = _("permintaan koreksi kehadiran")
        constraints = [
            *Asked.rules("correction_request"),
            models.UniqueConstraint(
                fields=["attendance"], condition=Q(status="asked"), name="one_open_correction_per_mark"
            ),
            models.CheckConstraint(
                name="correction_request_wants_a_known_status",
                condition=Q(wanted__in=["present", "late", "excused", "sick", "absent"]),
            ),
        ]

    def __str__(self):
        names = {"mark": self.attendance, "wanted": self.get_wanted_display()}
        return str(_("%(mark)s menjadi %(wanted)s") % names)

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the request's events stand."""
        return self.attendance.enterprise_id

    @property
    def photo_url(self) -> str:
        return reverse("trainings:correction_photo", args=[self.pk]) if self.photo else ""

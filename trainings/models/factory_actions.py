"""What a session sets in motion at the IKM: an action with an owner and a day, reported with a photo, then checked."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record, new_code
from closedloop.workflow import Workflow
from participants.models import Enrolment, MentorAssignment, Person
from trainings.models.session import TrainingSession


class FactoryActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Actions of the enrolments one may know of."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def accompanied_by(self, user):
        """Actions of the IKM that the person accompanies now: who may check them."""
        present = MentorAssignment.objects.filter(mentor=user, ends_on=None)
        return self.filter(enrolment__in=present.values("enrolment"))

    def open(self):
        """All that no mentor has closed."""
        return self.exclude(status=FactoryAction.Status.CLOSED)

    def counted(self):
        """Those a module is judged by: a session that was called off asks for nothing."""
        return self.exclude(session__status=TrainingSession.Status.CANCELLED)

    def reported(self):
        """Those that wait for the mentor."""
        return self.filter(status=FactoryAction.Status.REPORTED)

    def waiting_for_owner(self):
        return self.filter(status__in=FactoryAction.WITH_OWNER)

    def overdue(self, today):
        """Past their day, with the next move at the IKM: what is reported in time waits for the mentor."""
        return self.waiting_for_owner().filter(due_on__lt=today)

    def for_lists(self):
        """Everything one line shows."""
        return self.select_related(
            "enrolment__enterprise__regency__province", "enrolment__cohort", "session__module", "owner"
        )

    def numbers(self, today) -> dict[str, int]:
        """Return how many there are, and how many of them in each state that somebody waits for."""
        late = Q(status__in=FactoryAction.WITH_OWNER, due_on__lt=today)
        return self.aggregate(
            total=models.Count("pk"),
            closed=models.Count("pk", filter=Q(status=FactoryAction.Status.CLOSED)),
            reported=models.Count("pk", filter=Q(status=FactoryAction.Status.REPORTED)),
            late=models.Count("pk", filter=late),
        )


class FactoryAction(Workflow, Record):
    """One of the at most three things an IKM does after a session; only its mentor says that it is done."""

    MOST = 3  # of one session for one IKM

    class Status(models.TextChoices):
        OPEN = "open", _("Terbuka")
        REPORTED = "reported", _("Dilaporkan")
        RETURNED = "returned", _("Dikembalikan")
        CLOSED = "closed", _("Selesai")

    TRANSITIONS = {
        Status.OPEN: {Status.REPORTED},
        Status.REPORTED: {Status.CLOSED, Status.RETURNED},
        Status.RETURNED: {Status.REPORTED},
        Status.CLOSED: set(),
    }
    WITH_OWNER = (Status.OPEN, Status.RETURNED)

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="factory_actions")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="factory_actions")
    order = models.PositiveSmallIntegerField(editable=False)
    text = models.CharField(_("aksi"), max_length=200)
    owner = models.ForeignKey(
        Person, verbose_name=_("pelaksana"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("tenggat"))
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN, editable=False)
    before = models.FileField(_("foto sebelum"), upload_to="factory/%Y/%m", blank=True, editable=False)
    before_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    return_reason = models.CharField(_("yang masih kurang"), max_length=300, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = FactoryActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "order"]
        verbose_name = _("aksi pabrik")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment", "order"], name="factory_actions_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["session", "enrolment", "text"],
                name="factory_action_is_set_once",
                violation_error_message=_("Aksi ini sudah ada untuk IKM itu."),
            ),
            models.CheckConstraint(
                name="one_to_three_factory_actions", condition=Q(order__gte=1, order__lte=3)
            ),
            models.CheckConstraint(name="factory_action_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="factory_action_status_is_known",
                condition=Q(status__in=["open", "reported", "returned", "closed"]),
            ),
            models.CheckConstraint(
                name="before_photo_has_its_hash",
                condition=Q(before="", before_sha256="") | (~Q(before="") & ~Q(before_sha256="")),
            ),
            models.CheckConstraint(
                name="factory_action_return_has_words",
                condition=~Q(status="returned") | ~Q(return_reason=""),
            ),
            models.CheckConstraint(
                name="factory_action_closing_is_whole",
                condition=Q(status="closed", closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(status="closed") & Q(closed_at=None, closed_by=None)),
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return reverse("trainings:action", args=[self.code])

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the action's events stand."""
        return self.enrolment.enterprise_id

    @property
    def waits_for_owner(self) -> bool:
        return self.status in self.WITH_OWNER

    @property
    def tone(self) -> str:
        """The tone of its badge (design.md §6)."""
        return {"open": "todo", "reported": "info", "returned": "bad"}.get(self.status, "ok")

    @property
    def before_url(self) -> str:
        return reverse("trainings:action_before", args=[self.code]) if self.before else ""


class ActionReport(Record):
    """What somebody of the IKM says was done, with the photo of afterwards; each report stays, also a returned one."""

    action = models.ForeignKey(FactoryAction, on_delete=models.CASCADE, related_name="reports")
    note = models.CharField(_("yang dikerjakan"), max_length=300, blank=True)
    photo = models.FileField(_("foto sesudah"), upload_to="factory/%Y/%m")
    photo_sha256 = models.CharField(max_length=64, editable=False)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    return_reason = models.CharField(_("yang masih kurang"), max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("laporan aksi pabrik")
        constraints = [
            models.CheckConstraint(
                name="action_report_shows_it", condition=~Q(photo="") & ~Q(photo_sha256="")
            ),
        ]

    def __str__(self):
        return self.note or str(self._meta.verbose_name)

    @property
    def photo_url(self) -> str:
        return reverse("trainings:action_photo", args=[self.pk])

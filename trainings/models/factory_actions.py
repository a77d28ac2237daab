"""What an IKM does in its own factory after a session, closed only by its mentor."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record, new_code
from closedloop.workflow import Workflow
from participants.models import Enrolment, Person
from trainings.models.session import TrainingSession


class FactoryActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Actions of the enrolments one may know of."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def open(self):
        """All that no mentor has closed."""
        return self.exclude(status=FactoryAction.Status.CLOSED)

    def counted(self):
        """Those a module asks for: a session that was called off asks for nothing."""
        return self.exclude(session__status=TrainingSession.Status.CANCELLED)

    def overdue(self, today):
        """Past their day, and the IKM has the next move."""
        return self.filter(
            due_on__lt=today, status__in=[FactoryAction.Status.OPEN, FactoryAction.Status.RETURNED]
        )

    def for_lists(self):
        """Everything one line shows."""
        return self.select_related(
            "enrolment__enterprise__regency__province", "enrolment__cohort", "session__module", "owner"
        )


class FactoryAction(Workflow, Record):
    """One of the one to three things an IKM does by a day; reported with a photo, then checked by its mentor."""

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

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="factory_actions")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="factory_actions")
    order = models.PositiveSmallIntegerField(_("urutan"), editable=False)
    text = models.CharField(_("aksi"), max_length=200)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("tenggat"))
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN, editable=False)
    report = models.CharField(_("yang dikerjakan"), max_length=300, blank=True, editable=False)
    before = models.FileField(_("foto sebelum"), upload_to="factory/%Y/%m", blank=True, editable=False)
    after = models.FileField(_("foto sesudah"), upload_to="factory/%Y/%m", blank=True, editable=False)
    reported_at = models.DateTimeField(null=True, blank=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.CharField(_("yang masih kurang"), max_length=300, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = FactoryActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "order"]
        verbose_name = _("aksi pabrik")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment", "order"], name="factory_actions_are_numbered"
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
                name="factory_action_report_is_whole",
                condition=Q(status="open", reported_at=None, reported_by=None, report="", after="")
                | (
                    ~Q(status="open")
                    & Q(reported_at__isnull=False, reported_by__isnull=False)
                    & ~Q(report="")
                    & ~Q(after="")
                ),
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
        return self.status in (self.Status.OPEN, self.Status.RETURNED)

    @property
    def tone(self) -> str:
        """The tone of its badge (design.md §6)."""
        return {"open": "todo", "reported": "info", "returned": "bad"}.get(self.status, "ok")

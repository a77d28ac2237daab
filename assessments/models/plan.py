"""What an IKM does about a check item that is below its target, until a later assessment finds it there."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from assessments.models.rubric import Criterion
from closedloop.core.models import Record, new_code
from closedloop.workflow import Workflow
from participants.models import Enrolment, Enterprise


class PlanItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Plan items of the enterprises one may know of."""
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))

    def open(self):
        return self.filter(status__in=PlanItem.OPEN)

    def by_gain(self):
        """What lifts the overall most comes first."""
        return self.order_by("-gain", "criterion__dimension__order", "criterion__order", "pk")

    def for_lists(self):
        """Everything a line of a list shows, in one query."""
        return self.select_related("enterprise", "criterion__dimension", "assessment", "enrolment")


class PlanItem(Workflow, Record):
    """One item to lift from `current_value` to `target_value`; `gain` is what that adds to the overall, in points.

    `assessment` is the last one that found it below. `action` and `evidence_wanted` are empty while nobody wrote
    other words than those of the rubric.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("Direncanakan")
        IN_PROGRESS = "in_progress", _("Dikerjakan")
        REPORTED = "reported", _("Dilaporkan, tunggu cek")
        DONE = "done", _("Selesai")
        DROPPED = "dropped", _("Tidak dilanjutkan")

    TRANSITIONS = {
        Status.PLANNED: {Status.IN_PROGRESS, Status.REPORTED, Status.DONE, Status.DROPPED},
        Status.IN_PROGRESS: {Status.REPORTED, Status.DONE, Status.DROPPED},
        Status.REPORTED: {Status.IN_PROGRESS, Status.DONE, Status.DROPPED},
        Status.DONE: set(),
        Status.DROPPED: set(),
    }
    OPEN = (Status.PLANNED, Status.IN_PROGRESS, Status.REPORTED)

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="plan_items")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="plan_items")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="plan_items")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="plan_items")
    current_value = models.PositiveSmallIntegerField(_("nilai sekarang"), editable=False)
    target_value = models.PositiveSmallIntegerField(_("nilai tujuan"), editable=False)
    gain = models.DecimalField(max_digits=7, decimal_places=4, default=0, editable=False)
    action = models.CharField(_("tindakan"), max_length=300, blank=True)
    evidence_wanted = models.CharField(_("bukti yang diminta"), max_length=200, blank=True)
    responsible = models.CharField(_("penanggung jawab"), max_length=120, blank=True)
    due_on = models.DateField(_("tenggat"))
    status = models.CharField(max_length=11, choices=Status, default=Status.PLANNED, editable=False)
    report = models.CharField(_("yang sudah dikerjakan"), max_length=300, blank=True, editable=False)
    reported_at = models.DateTimeField(null=True, blank=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    remark = models.CharField(_("catatan mentor"), max_length=300, blank=True, editable=False)
    closed_in = models.ForeignKey(
        Assessment,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="closed_plan_items",
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        ordering = ["-gain", "created_at"]
        verbose_name = _("butir rencana")
        constraints = [
            models.CheckConstraint(
                name="plan_item_aims_higher", condition=Q(target_value__gt=F("current_value"))
            ),
            models.CheckConstraint(name="plan_item_gain_is_not_negative", condition=Q(gain__gte=0)),
            models.CheckConstraint(
                name="plan_item_status_is_known",
                condition=Q(status__in=["planned", "in_progress", "reported", "done", "dropped"]),
            ),
            models.CheckConstraint(
                name="plan_item_closing_is_whole",
                condition=Q(status__in=["done", "dropped"], closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(status__in=["done", "dropped"]) & Q(closed_at=None, closed_by=None, closed_in=None)),
            ),
            models.CheckConstraint(
                name="plan_item_dropped_with_a_reason", condition=~Q(status="dropped") | ~Q(remark="")
            ),
            models.CheckConstraint(
                name="plan_item_report_is_whole",
                condition=Q(reported_at=None, reported_by=None, report="")
                | (Q(reported_at__isnull=False, reported_by__isnull=False) & ~Q(report="")),
            ),
            models.CheckConstraint(
                name="plan_item_report_has_words", condition=~Q(status="reported") | ~Q(report="")
            ),
            models.UniqueConstraint(
                fields=["enterprise", "criterion"],
                condition=Q(status__in=["planned", "in_progress", "reported"]),
                name="one_open_plan_item_per_criterion",
            ),
        ]

    def __str__(self):
        return f"{self.criterion.code} {self.criterion.title}"

    def get_absolute_url(self):
        return reverse("assessments:plan_item", args=[self.code])

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def tone(self) -> str:
        """The tone of its badge (design.md §6)."""
        return {"in_progress": "info", "reported": "todo", "done": "ok", "dropped": ""}.get(
            self.status, "new"
        )

    @property
    def what(self) -> str:
        """What is to be done: the mentor's words, else what the rubric says of the score aimed at."""
        meaning = dict(self.criterion.meanings).get(self.target_value, "")
        return self.action or meaning or gettext("Capai nilai %(target)s") % {"target": self.target_value}

    @property
    def shown_by(self) -> str:
        """What is to be shown for it."""
        return self.evidence_wanted or self.criterion.hint

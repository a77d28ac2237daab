"""Class decisions (naik kelas): the system recommends, people decide, on evidence that is frozen."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from assessments.models.rubric import ClassScheme
from closedloop.accounts.roles import Role
from closedloop.core.models import Record, new_code
from closedloop.workflow import Workflow
from participants.models import ClassLevel, Enrolment, Enterprise


class ClassDecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Decisions on the enterprises one may know of; an owner sees them once they are made."""
        rows = self.filter(enterprise__in=Enterprise.objects.visible_to(user))
        return rows.filter(status=ClassDecision.Status.DECIDED) if user.role == Role.OWNER else rows

    def waiting(self):
        return self.filter(status=ClassDecision.Status.PROPOSED)

    def decided(self):
        return self.filter(status=ClassDecision.Status.DECIDED)

    def in_force(self):
        """The last decision on each enterprise: the one its class rests on."""
        newer = ClassDecision.objects.decided().filter(
            enterprise=OuterRef("enterprise"), decided_at__gt=OuterRef("decided_at")
        )
        return self.decided().filter(~Exists(newer))

    def overdue(self, today):
        """Those in force whose last day is over: the enterprise is to be looked at, its class does not fall."""
        return self.in_force().filter(valid_until__lt=today)

    def for_lists(self):
        """Everything a line of a list shows, in one query."""
        return self.select_related(
            "enterprise", "enrolment__cohort", "assessment", "scheme", "proposed_by", "decided_by"
        )


class ClassDecision(Workflow, Record):
    """One board decision on one enterprise. What it rested on is stored in it and never read again from elsewhere."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Menunggu keputusan")
        DECIDED = "decided", _("Diputuskan")
        WITHDRAWN = "withdrawn", _("Ditarik")

    class Outcome(models.TextChoices):
        PROMOTED = "promoted", _("Naik kelas")
        CONDITIONAL = "conditional", _("Naik dengan syarat")
        RETAINED = "retained", _("Tetap")
        DEMOTED = "demoted", _("Turun kelas")

    TRANSITIONS = {
        Status.PROPOSED: {Status.DECIDED, Status.WITHDRAWN},
        Status.DECIDED: set(),
        Status.WITHDRAWN: set(),
    }
    OVERRIDE_REASON_LENGTH = 30  # domain.md §5.3, process rule 4

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="class_decisions")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="class_decisions")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="class_decisions")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(ClassScheme, on_delete=models.PROTECT, related_name="decisions")
    status = models.CharField(max_length=9, choices=Status, default=Status.PROPOSED, editable=False)
    level_before = models.PositiveSmallIntegerField(
        _("kelas sekarang"), choices=ClassLevel, null=True, blank=True, editable=False
    )
    level_proposed = models.PositiveSmallIntegerField(_("kelas yang diusulkan"), choices=ClassLevel)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("keputusan"), max_length=11, choices=Outcome, blank=True, editable=False)
    level_after = models.PositiveSmallIntegerField(
        _("kelas setelah keputusan"), choices=ClassLevel, null=True, blank=True, editable=False
    )
    reason = models.TextField(_("alasan"), blank=True, editable=False)
    conditions = models.TextField(_("syarat yang dipantau"), blank=True, editable=False)
    is_recommended = models.BooleanField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    record_number = models.CharField(
        _("nomor berita acara"), max_length=60, null=True, unique=True, editable=False
    )
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True, editable=False)
    snapshot = models.JSONField(default=dict, editable=False)
    snapshot_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = ClassDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("keputusan kelas")
        constraints = [
            models.CheckConstraint(
                name="class_decision_is_whole",
                condition=Q(
                    status="decided",
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    level_after__isnull=False,
                    is_recommended__isnull=False,
                    record_number__isnull=False,
                    valid_until__isnull=False,
                )
                & ~Q(outcome="")
                & ~Q(snapshot_sha256="")
                | (~Q(status="decided") & Q(decided_by=None, decided_at=None, level_after=None, outcome="")),
            ),
            models.CheckConstraint(
                name="class_decider_is_neither_assessor_nor_proposer",
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("assessor")) & ~Q(decided_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="class_moves_one_step_at_a_time",
                condition=Q(level_after=None)
                | Q(level_before=None)
                | Q(level_after__gte=F("level_before") - 1, level_after__lte=F("level_before") + 1),
            ),
            models.CheckConstraint(
                name="class_promotion_goes_up",
                condition=~Q(outcome__in=["promoted", "conditional"])
                | Q(level_before=None)
                | Q(level_after__gt=F("level_before")),
            ),
            models.CheckConstraint(
                name="class_demotion_goes_down",
                condition=~Q(outcome="demoted") | Q(level_after__lt=F("level_before")),
            ),
            models.CheckConstraint(
                name="class_retained_stays",
                condition=~Q(outcome="retained") | Q(level_before=None) | Q(level_after=F("level_before")),
            ),
            models.CheckConstraint(
                name="class_condition_is_written", condition=~Q(outcome="conditional") | ~Q(conditions="")
            ),
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(status="proposed"),
                name="one_waiting_decision_per_enterprise",
            ),
            models.CheckConstraint(
                name="class_decision_levels_are_known",
                condition=(Q(level_before=None) | Q(level_before__in=ClassLevel.values))
                & Q(level_proposed__in=ClassLevel.values)
                & (Q(level_after=None) | Q(level_after__in=ClassLevel.values)),
            ),
            models.CheckConstraint(
                name="class_outcome_is_known",
                condition=Q(outcome__in=["", "promoted", "conditional", "retained", "demoted"]),
            ),
            models.CheckConstraint(
                name="class_decision_status_is_known",
                condition=Q(status__in=["proposed", "decided", "withdrawn"]),
            ),
        ]

    def __str__(self):
        return f"{self.enterprise}: {self.get_level_proposed_display()}"

    @property
    def holds_a_raise(self) -> bool:
        """Whether it raised its enterprise, whose class rests on it today."""
        raised = (self.Outcome.PROMOTED, self.Outcome.CONDITIONAL)
        return self.outcome in raised and ClassDecision.objects.in_force().filter(pk=self.pk).exists()

    def get_absolute_url(self):
        return reverse("assessments:decision", args=[self.code])


class BoardMember(Record):
    """Somebody who sat on the board of one decision, beside the one who signed it.

    `declared_at` is when they said that they have no interest in it; those of before this was asked have none.
    """

    decision = models.ForeignKey(ClassDecision, on_delete=models.CASCADE, related_name="board")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("menyatakan tidak berkepentingan"), null=True, editable=False)

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("anggota sidang")
        constraints = [models.UniqueConstraint(fields=["decision", "user"], name="board_member_sits_once")]

    def __str__(self):
        return str(self.user)

"""Weaknesses with a date by which they are mended (PICA)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.area import Area
from assessments.models.assessment import Assessment
from assessments.models.rubric import Criterion
from closedloop.core.models import Record, new_code
from closedloop.workflow import Workflow
from participants.models import Enterprise
from trainings.models import Module, TrainingSession


class FindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Findings of the enterprises one may know of."""
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))

    def open(self):
        return self.exclude(status=Finding.Status.CLOSED)

    def critical(self):
        return self.filter(is_critical=True)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def found_within(self, earliest, latest):
        """Found on these days, both included; None is no limit."""
        rows = self if earliest is None else self.filter(found_on__gte=earliest)
        return rows if latest is None else rows.filter(found_on__lte=latest)

    def awaiting_check(self):
        """Closed, and nobody has said yet whether the mending holds."""
        return self.filter(effectiveness__isnull=False, effectiveness__checked_at=None)

    def for_lists(self):
        """Everything a line of a list shows, in one query."""
        return self.select_related("enterprise", "criterion__dimension", "assessment", "area")


class Finding(Workflow, Record):
    """One weakness seen at one enterprise. Critical ones block promotion and supply (domain.md §3.2)."""

    class Status(models.TextChoices):
        OPEN = "open", _("Terbuka")
        IN_PROGRESS = "in_progress", _("Dikerjakan")
        PROPOSED = "proposed", _("Selesai, tunggu cek")
        CLOSED = "closed", _("Ditutup")

    TRANSITIONS = {
        Status.OPEN: {Status.IN_PROGRESS, Status.PROPOSED, Status.CLOSED},
        Status.IN_PROGRESS: {Status.PROPOSED, Status.CLOSED},
        Status.PROPOSED: {Status.IN_PROGRESS, Status.CLOSED},
        Status.CLOSED: set(),
    }

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="findings")
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="findings")
    is_critical = models.BooleanField(_("kritis"), default=False)
    problem = models.CharField(_("masalah"), max_length=300)
    root_cause = models.TextField(_("akar masalah"), blank=True)
    whys = models.JSONField(
        _("mengapa"), default=list, blank=True, editable=False
    )  # at most five texts, in order
    before = models.FileField(_("foto sebelum"), upload_to="findings/%Y/%m", blank=True, editable=False)
    before_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    repeat_of = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="repeated_as"
    )
    repeats = models.PositiveSmallIntegerField(default=0, editable=False)  # how often it came back
    closing_module = models.ForeignKey(
        Module, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    closing_session = models.ForeignKey(
        TrainingSession, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    found_on = models.DateField(_("ditemukan"))
    due_on = models.DateField(_("tenggat"))
    status = models.CharField(max_length=11, choices=Status, default=Status.OPEN, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        verbose_name = _("temuan")
        constraints = [
            models.CheckConstraint(
                name="finding_is_due_after_it_was_found", condition=Q(due_on__gte=F("found_on"))
            ),
            models.CheckConstraint(
                name="finding_closing_is_whole",
                condition=Q(status="closed", closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(status="closed") & Q(closed_at=None, closed_by=None)),
            ),
            models.CheckConstraint(name="finding_names_its_problem", condition=~Q(problem="")),
            models.CheckConstraint(
                name="finding_asks_why_five_times_at_most", condition=Q(whys__5__isnull=True)
            ),
            models.CheckConstraint(
                name="finding_before_photo_has_its_hash",
                condition=Q(before="", before_sha256="") | (~Q(before="") & ~Q(before_sha256="")),
            ),
            models.CheckConstraint(
                name="finding_repeats_are_counted",
                condition=Q(repeats=0) | Q(repeat_of__isnull=False),
            ),
            models.CheckConstraint(
                name="finding_closing_session_has_its_module",
                condition=Q(closing_session=None) | Q(closing_module__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["assessment", "criterion", "area"],
                condition=Q(assessment__isnull=False, criterion__isnull=False),
                nulls_distinct=False,
                name="one_finding_per_assessed_criterion",
            ),
            models.CheckConstraint(
                name="finding_status_is_known",
                condition=Q(status__in=["open", "in_progress", "proposed", "closed"]),
            ),
        ]

    def __str__(self):
        return self.problem

    def get_absolute_url(self):
        return reverse("assessments:finding", args=[self.code])

    @property
    def is_open(self) -> bool:
        return self.status != self.Status.CLOSED

    @property
    def dimension(self) -> str:
        """The code of the criterion's dimension, or nothing for one seen outside an assessment."""
        return self.criterion.dimension.code if self.criterion else ""

    @property
    def before_url(self) -> str:
        return reverse("assessments:before_photo", args=[self.code]) if self.before else ""


class CorrectiveActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Actions on the findings one may know of."""
        return self.filter(finding__in=Finding.objects.visible_to(user))


class CorrectiveAction(Record):
    """What is done about a finding, by whom, until when, with what to show for it."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="actions")
    description = models.CharField(_("tindakan"), max_length=300)
    responsible = models.CharField(_("penanggung jawab"), max_length=120)
    due_on = models.DateField(_("tenggat"))
    done_on = models.DateField(_("selesai"), null=True, blank=True)
    photo = models.FileField(_("foto sesudah"), upload_to="actions/%Y/%m", blank=True)
    photo_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CorrectiveActionQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("tindakan perbaikan")
        constraints = [
            models.CheckConstraint(name="corrective_action_says_what", condition=~Q(description="")),
            models.CheckConstraint(
                name="corrective_photo_has_its_hash",
                condition=Q(photo="", photo_sha256="") | (~Q(photo="") & ~Q(photo_sha256="")),
            ),
        ]

    def __str__(self):
        return self.description

    @property
    def photo_url(self) -> str:
        return reverse("assessments:action_photo", args=[self.pk]) if self.photo else ""

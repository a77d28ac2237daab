"""Long work on an import, and what a workbook's columns were said to mean.

PostgreSQL holds the work, a Celery message is only "look at this import now" (reliability.md §3).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models.imports import ImportBatch


class ImportWork(Record):
    """The last step asked for on an import that is too long for a request: who asked, and how far it is."""

    class Step(models.TextChoices):
        CHECK = "check", _("Memeriksa")
        SAVE = "save", _("Menyimpan")
        UNDO = "undo", _("Membatalkan impor")

    class Status(models.TextChoices):
        QUEUED = "queued", _("Antre")
        RUNNING = "running", _("Dikerjakan")
        DONE = "done", _("Selesai")
        FAILED = "failed", _("Gagal")

    # a worker may be killed twice by chance; a third time it is the file
    MOST_STARTS = 3

    batch = models.OneToOneField(ImportBatch, on_delete=models.CASCADE, related_name="work")
    step = models.CharField(max_length=5, choices=Step)
    status = models.CharField(max_length=7, choices=Status, default=Status.QUEUED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="id")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    starts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("pekerjaan impor")
        constraints = [
            models.CheckConstraint(
                name="import_work_running_has_a_lease",
                condition=~Q(status="running") | Q(token__isnull=False, lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="import_work_failure_has_a_reason", condition=~Q(status="failed") | ~Q(reason="")
            ),
            models.CheckConstraint(name="import_work_done_is_part_of_all", condition=Q(done__lte=F("total"))),
            models.CheckConstraint(
                name="import_work_step_is_known", condition=Q(step__in=["check", "save", "undo"])
            ),
            models.CheckConstraint(
                name="import_work_status_is_known",
                condition=Q(status__in=["queued", "running", "done", "failed"]),
            ),
            models.CheckConstraint(
                name="import_work_language_is_known", condition=Q(language__in=["id", "en"])
            ),
        ]

    def __str__(self):
        return f"{self.batch}: {self.get_step_display()}"

    @property
    def is_open(self) -> bool:
        """Whether it waits or is under way."""
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)


class ColumnLayout(models.Model):
    """What somebody said the columns under these headings mean; the next workbook with them is read so."""

    key = models.CharField(primary_key=True, max_length=32)
    # heading in the spelling of header_key: field, or empty for a column that is left out
    mapping = models.JSONField(default=dict)
    matched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    matched_at = models.DateTimeField()

    class Meta:
        verbose_name = _("susunan kolom")
        constraints = [models.CheckConstraint(name="column_layout_has_a_key", condition=~Q(key=""))]

    def __str__(self):
        return ", ".join(self.mapping)[:200] or "–"

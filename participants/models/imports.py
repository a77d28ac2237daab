"""Workbooks that staff upload: what was in them, and what became of each row."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.core.models import Record
from closedloop.workflow import Workflow
from participants.models.cohort import Cohort
from participants.models.enterprise import Enterprise


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for those who may import; nobody else sees any."""
        return self if user.may(Permission.ENTERPRISE_IMPORT) else self.none()


class ImportBatch(Workflow, Record):
    """One uploaded workbook. Nothing of it is saved to the registry before `saved`."""

    class Status(models.TextChoices):
        PREVIEWED = "previewed", _("Diperiksa")
        SAVED = "saved", _("Tersimpan")
        DISCARDED = "discarded", _("Dibatalkan")

    TRANSITIONS = {
        Status.PREVIEWED: {Status.SAVED, Status.DISCARDED},
        Status.SAVED: set(),
        Status.DISCARDED: set(),
    }

    cohort = models.ForeignKey(
        Cohort, verbose_name=_("angkatan"), on_delete=models.PROTECT, related_name="imports"
    )
    file_name = models.CharField(_("nama berkas"), max_length=200)
    file_sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PREVIEWED, editable=False)
    saved_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("impor")
        constraints = [
            models.CheckConstraint(
                name="import_is_saved_with_its_time",
                condition=Q(status="saved", saved_at__isnull=False) | (~Q(status="saved") & Q(saved_at=None)),
            ),
            models.CheckConstraint(
                name="import_status_is_known", condition=Q(status__in=["previewed", "saved", "discarded"])
            ),
        ]

    def __str__(self):
        return self.file_name


class ImportRow(Record):
    """One row of a workbook, as it was read, and what the portal makes of it."""

    class Outcome(models.TextChoices):
        NEW = "new", _("Baru")
        CHANGED = "changed", _("Berubah")
        SAME = "same", _("Sama")
        DUPLICATE = "duplicate", _("Duplikat")
        POSSIBLE_DUPLICATE = "possible_duplicate", _("Mungkin duplikat")
        ERROR = "error", _("Salah")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    sheet_row = models.PositiveIntegerField(_("baris"))
    outcome = models.CharField(_("hasil"), max_length=18, choices=Outcome)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["sheet_row"]
        verbose_name = _("baris impor")
        constraints = [
            models.UniqueConstraint(fields=["batch", "sheet_row"], name="import_row_once_per_batch"),
            models.CheckConstraint(
                name="import_error_names_its_problems", condition=~Q(outcome="error") | ~Q(problems=[])
            ),
            models.CheckConstraint(
                name="import_outcome_is_known",
                condition=Q(
                    outcome__in=["new", "changed", "same", "duplicate", "possible_duplicate", "error"]
                ),
            ),
        ]

    def __str__(self):
        return f"{self.batch}: {self.sheet_row}"

"""Workbooks that staff upload: what was in them, and what became of each row."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.core.models import Record
from closedloop.workflow import Workflow
from participants.models.cohort import Cohort
from participants.models.enterprise import Enterprise


def upload_path(batch: "ImportBatch", _file_name: str) -> str:
    """Return where an uploaded workbook waits: under its own id, because file names tell things and clash."""
    return f"imports/{batch.pk}.xlsx"


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for those who may import; nobody else sees any."""
        return self if user.may(Permission.ENTERPRISE_IMPORT) else self.none()

    def unfinished(self):
        """Those that wait for a person: for their columns, for a look, or to be saved; not those at work."""
        waiting = self.filter(status__in=[ImportBatch.Status.UPLOADED, ImportBatch.Status.PREVIEWED])
        return waiting.exclude(work__status__in=["queued", "running"])

    def with_counts(self):
        """Each with `row_count`, `problem_count` (not imported as they stand) and `written_count` (or to be)."""
        return self.annotate(
            row_count=rows_counted(),
            problem_count=rows_counted(outcome__in=ImportRow.REFUSED),
            written_count=rows_counted(outcome__in=ImportRow.WRITTEN),
        ).order_by("-created_at")


def rows_counted(**narrow) -> Coalesce:
    """Return the number of a batch's rows; asked for each batch that is shown, not for all there are."""
    rows = ImportRow.objects.filter(batch=OuterRef("pk"), **narrow).order_by().values("batch")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


class ImportBatch(Workflow, Record):
    """One uploaded workbook. Nothing of it is saved to the registry before `saved`."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Diunggah")
        PREVIEWED = "previewed", _("Diperiksa")
        SAVED = "saved", _("Tersimpan")
        UNDONE = "undone", _("Ditarik kembali")
        DISCARDED = "discarded", _("Dibatalkan")

    TRANSITIONS = {
        Status.UPLOADED: {Status.PREVIEWED, Status.DISCARDED},
        # back to its columns, when somebody matches them anew
        Status.PREVIEWED: {Status.UPLOADED, Status.SAVED, Status.DISCARDED},
        Status.SAVED: {Status.UNDONE},
        Status.UNDONE: set(),
        Status.DISCARDED: set(),
    }
    WAITING = (Status.UPLOADED, Status.PREVIEWED)
    UNDO_WITHIN = timedelta(days=7)

    cohort = models.ForeignKey(
        Cohort, verbose_name=_("angkatan"), on_delete=models.PROTECT, related_name="imports"
    )
    file_name = models.CharField(_("nama berkas"), max_length=200)
    file_sha256 = models.CharField(max_length=64)
    sheet_name = models.CharField(_("lembar"), max_length=100, blank=True)
    headers = models.JSONField(default=list)  # as written, so that refused rows go back as the same sheet
    # kept while the import waits for a decision, then removed by the sweep; what was typed in has none
    upload = models.FileField(upload_to=upload_path, max_length=120, blank=True)
    layout_key = models.CharField(max_length=32, blank=True)
    mapping = models.JSONField(default=dict)
    expected_rows = models.PositiveIntegerField(default=0)  # counted before anything is read
    mends = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="mended_by"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PREVIEWED, editable=False)
    saved_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("impor")
        constraints = [
            models.CheckConstraint(
                name="import_is_saved_with_its_time",
                condition=Q(status__in=["saved", "undone"], saved_at__isnull=False)
                | (~Q(status__in=["saved", "undone"]) & Q(saved_at=None)),
            ),
            models.CheckConstraint(
                name="import_is_undone_with_its_time",
                condition=Q(status="undone", undone_at__isnull=False)
                | (~Q(status="undone") & Q(undone_at=None)),
            ),
            models.CheckConstraint(
                name="import_status_is_known",
                condition=Q(status__in=["uploaded", "previewed", "saved", "undone", "discarded"]),
            ),
        ]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("participants:import", args=[self.pk])

    @property
    def undo_until(self):
        """The moment until which the import can be taken back; None unless it is saved."""
        return self.saved_at + self.UNDO_WITHIN if self.saved_at else None

    def counts(self) -> dict[str, int]:
        """Return {outcome: number of rows}, with 0 for the outcomes that did not occur."""
        found = dict(
            self.rows.order_by().values_list("outcome").annotate(number=Count("id"))  # one query
        )
        return {outcome: found.get(outcome, 0) for outcome in ImportRow.Outcome.values}


class ImportRowQuerySet(models.QuerySet):
    def refused(self):
        """Rows that are not imported as they stand."""
        return self.filter(outcome__in=ImportRow.REFUSED)

    def worth_a_look(self):
        """Rows with something to say, those that wait for a person first."""
        urgency = models.Case(
            *(
                models.When(outcome=outcome, then=place)
                for place, outcome in enumerate(
                    ("error", "possible_duplicate", "duplicate", "changed", "new")
                )
            ),
            default=9,
        )
        told = self.filter(~Q(problems=[]) | Q(outcome=ImportRow.Outcome.CHANGED))
        return told.order_by(urgency, "sheet_row")

    def of_outcome(self, outcome: str):
        """Rows of one outcome in the order of the sheet."""
        return self.filter(outcome=outcome)

    def importable(self):
        """Rows that saving writes to the registry."""
        return self.filter(outcome__in=ImportRow.WRITTEN)


class ImportRow(Record):
    """One row of a workbook, as it was read, and what the portal makes of it."""

    class Outcome(models.TextChoices):
        NEW = "new", _("Baru")
        CHANGED = "changed", _("Berubah")
        SAME = "same", _("Sama")
        DUPLICATE = "duplicate", _("Duplikat")
        POSSIBLE_DUPLICATE = "possible_duplicate", _("Mungkin duplikat")
        ERROR = "error", _("Salah")

    WRITTEN = (Outcome.NEW, Outcome.CHANGED)
    REFUSED = (Outcome.DUPLICATE, Outcome.POSSIBLE_DUPLICATE, Outcome.ERROR)

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    sheet_row = models.PositiveIntegerField(_("baris"))
    outcome = models.CharField(_("hasil"), max_length=18, choices=Outcome)
    cells = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ImportRowQuerySet.as_manager()

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

"""Two records of one enterprise: which pairs a person has judged, and what a merge moved."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.core.models import Record, now
from participants.models.enterprise import Enterprise

UNDO_DAYS = 30


class OfMergersQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for those who may merge; nobody else sees any."""
        return self if user.may(Permission.ENTERPRISE_MERGE) else self.none()


class NotDuplicate(Record):
    """A person's word that two records that look alike are two enterprises; the pair is not asked about again."""

    first = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("alasan"), max_length=300)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OfMergersQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("bukan ganda")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_is_judged_once"),
            models.CheckConstraint(name="pair_is_two_records_in_order", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(name="pair_is_judged_with_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.first} ≠ {self.second}"


class EnterpriseMergeQuerySet(OfMergersQuerySet):
    def in_force(self):
        return self.filter(undone_at=None)


class EnterpriseMerge(Record):
    """One merge of two records, with all that is needed to take it back.

    `values` holds {"survivor" | "other": {field: [before, after]}}; `moved` one entry per table and column,
    {"model", "field", "ids", "flags": {column: [ids that were True]}}; `kept` the same for rows that stayed
    with the hidden record.
    """

    survivor = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    moved = models.JSONField(default=list)
    kept = models.JSONField(default=list)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(_("digabung"), default=now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(_("diurungkan"), null=True, blank=True)

    objects = EnterpriseMergeQuerySet.as_manager()

    class Meta:
        ordering = ["-merged_at"]
        verbose_name = _("penggabungan")
        constraints = [
            models.CheckConstraint(name="merge_is_of_two_records", condition=~Q(survivor=F("other"))),
            models.CheckConstraint(
                name="merge_undone_with_its_time",
                condition=Q(undone_by=None, undone_at=None)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["other"], condition=Q(undone_at=None), name="one_merge_in_force_per_hidden_record"
            ),
        ]

    def __str__(self):
        return f"{self.other} → {self.survivor}"

    def get_absolute_url(self):
        return reverse("participants:merge", args=[self.pk])

    @property
    def undo_until(self):
        """The moment until which it can be taken back."""
        return self.merged_at + timedelta(days=UNDO_DAYS)

    @property
    def is_too_old(self) -> bool:
        return timezone.now() > self.undo_until

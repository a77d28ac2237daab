"""Rounds of review: why an assessment went back, item by item, and how it stood at that moment."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models.area import Area
from assessments.models.assessment import Assessment
from assessments.models.rubric import Criterion
from closedloop.core.models import Record


class ReviewRound(Record):
    """One return to the assessor. `answers` is what every item said then, so that the next look sees what changed."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("putaran"))
    reason = models.TextField(_("alasan pengembalian"))
    answers = models.JSONField(default=dict, editable=False)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(editable=False)
    resubmitted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["number"]
        verbose_name = _("putaran tinjauan")
        verbose_name_plural = _("putaran tinjauan")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="review_round_number_once"),
            models.CheckConstraint(name="review_round_counts_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="review_round_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="review_round_is_resubmitted_after_its_return",
                condition=Q(resubmitted_at=None) | Q(resubmitted_at__gte=F("returned_at")),
            ),
        ]

    def __str__(self):
        return f"{self.assessment}: {self.number}"


class ReviewRemark(Record):
    """What the reviewer asks about one item. It is answered by changing the item or by a reply."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="remarks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="remarks")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.CASCADE, related_name="remarks")
    text = models.CharField(_("catatan peninjau"), max_length=500)
    reply = models.CharField(_("tanggapan"), max_length=500, blank=True)

    class Meta:
        ordering = ["criterion__dimension__order", "criterion__order", "area__order"]
        verbose_name = _("catatan peninjau")
        verbose_name_plural = _("catatan peninjau")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "criterion", "area"],
                nulls_distinct=False,
                name="one_review_remark_per_item_and_round",
            ),
            models.CheckConstraint(name="review_remark_says_something", condition=~Q(text="")),
        ]

    def __str__(self):
        return f"{self.criterion.code}: {self.text}"

"""A buyer's own judgement of its suppliers, month by month, kept beside ours and never in its place."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.roles import Role
from closedloop.core.models import Record
from participants.models import Enterprise
from partnerships.models.buyer import Buyer


class BuyerScorecardQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's own company; an owner those about the own IKM."""
        if user.role == Role.BUYER:
            return self.filter(buyer__in=Buyer.objects.visible_to(user))
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))


class BuyerScorecard(Record):
    """What one buyer's sheet says of one IKM in one month. An empty cell is unknown, never 0."""

    buyer = models.ForeignKey(Buyer, on_delete=models.PROTECT, related_name="scorecards")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="buyer_scorecards")
    month = models.DateField(_("bulan"))
    on_time = models.DecimalField(
        _("tepat kirim menurut pembeli"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    ppm = models.PositiveIntegerField(_("ppm menurut pembeli"), null=True, blank=True)
    score = models.DecimalField(
        _("nilai menurut pembeli"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = BuyerScorecardQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "enterprise__name"]
        verbose_name = _("rapor dari pembeli")
        constraints = [
            models.UniqueConstraint(
                fields=["buyer", "enterprise", "month"], name="one_buyer_scorecard_per_month"
            ),
            models.CheckConstraint(name="buyer_scorecard_month_is_a_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="buyer_scorecard_on_time_is_a_share",
                condition=Q(on_time=None) | Q(on_time__gte=0, on_time__lte=1),
            ),
            models.CheckConstraint(
                name="buyer_scorecard_score_is_of_a_hundred",
                condition=Q(score=None) | Q(score__gte=0, score__lte=100),
            ),
            models.CheckConstraint(
                name="buyer_scorecard_says_something",
                condition=Q(on_time__isnull=False) | Q(ppm__isnull=False) | Q(score__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.enterprise}, {self.buyer} {self.month:%Y-%m}"

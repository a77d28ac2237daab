"""That the portal said once beforehand when a month closes by itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record


class MonthNotice(Record):
    """One month of which owners, buyers and staff were told that it is about to be closed."""

    month = models.DateField(_("bulan"), unique=True, editable=False)

    class Meta:
        ordering = ["-month"]
        verbose_name = _("pengumuman tutup bulan")
        constraints = [
            models.CheckConstraint(name="month_notice_is_of_a_first_day", condition=Q(month__day=1)),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"

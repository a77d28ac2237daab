"""What each kind of presence is worth, and when the check-in opens and closes: data, in versions."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record

STATUSES = ("present", "late", "excused", "sick", "absent")
WINDOWS = ("opens_before", "late_after", "closes_after")
LONGEST_WINDOW = 600  # minutes; nobody opens a check-in the day before
ZERO, ONE = Decimal(0), Decimal(1)


def points_field(label, default: Decimal) -> models.DecimalField:
    """A share of a session's lesson hours, 0–1."""
    return models.DecimalField(label, max_digits=3, decimal_places=2, default=default)


class StatusSetQuerySet(models.QuerySet):
    def newest(self) -> "StatusSet":
        """Return the version that new sessions follow; the first one comes with the tables."""
        return self.order_by("-version")[0]


class StatusSet(Record):
    """One version of the points and windows. It is published when it is made and never changes after.

    A session keeps the version it was made with, so that a new one rewrites no past. Who made a version is
    in the audit trail. The shipped points are an example (*contoh*) for staff to change.
    """

    code = models.SlugField(_("kode"), max_length=20, default="kehadiran", editable=False)
    version = models.PositiveSmallIntegerField(_("versi"), editable=False)
    name = models.CharField(_("nama"), max_length=120)
    published_at = models.DateTimeField(_("diterbitkan"), default=timezone.now, editable=False)
    present = points_field(_("Hadir"), ONE)
    late = points_field(_("Terlambat"), ONE)
    excused = points_field(_("Izin"), ZERO)
    sick = points_field(_("Sakit"), ZERO)
    absent = points_field(_("Tanpa keterangan"), ZERO)
    opens_before = models.PositiveSmallIntegerField(_("presensi dibuka (menit sebelum mulai)"), default=30)
    late_after = models.PositiveSmallIntegerField(_("terlambat setelah (menit)"), default=15)
    closes_after = models.PositiveSmallIntegerField(_("presensi ditutup (menit sesudah selesai)"), default=0)

    objects = StatusSetQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name = _("aturan kehadiran")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="status_set_version_is_unique"),
            models.CheckConstraint(name="status_set_version_is_positive", condition=Q(version__gt=0)),
            models.CheckConstraint(
                name="status_set_points_are_shares",
                condition=Q(
                    **{f"{status}__gte": 0 for status in STATUSES},
                    **{f"{status}__lte": 1 for status in STATUSES},
                ),
                violation_error_message=_("Poin antara 0 dan 1."),
            ),
            models.CheckConstraint(
                name="status_set_windows_fit_a_day",
                condition=Q(
                    opens_before__lte=LONGEST_WINDOW,
                    late_after__lte=LONGEST_WINDOW,
                    closes_after__lte=LONGEST_WINDOW,
                ),
            ),
        ]

    def __str__(self):
        return f"{self.name} v{self.version}"

    def points_of(self, status: str) -> Decimal:
        """Return the share (0–1) of a session's lesson hours that a mark of this status earns."""
        return getattr(self, status)

"""Reports that make themselves: what a lead wants each month, and what became of each month."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.roles import Role
from closedloop.core.models import Record, new_code
from closedloop.reports import monthly
from closedloop.reports.paper_kinds import Kind

MONTHLY = (Kind.ENTERPRISE, Kind.COHORT, Kind.AGREEMENT, Kind.PROGRAMME)


class ReportScheduleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Leads set them and see each other's; the reports themselves are seen as any others."""
        return self if user.role == Role.LEAD else self.none()

    def active(self):
        return self.filter(is_paused=False)

    def with_months(self):
        return self.select_related("set_by", "cohort", "agreement").prefetch_related("months__batch")


class ReportSchedule(Record):
    """One report, or one for each IKM, cohort or agreement, on the same day of each month."""

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("jenis"), max_length=10, choices=[(kind.value, kind.label) for kind in MONTHLY])
    # what it is of; neither means all there are on the day
    cohort = models.ForeignKey(
        "participants.Cohort",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="report_schedules",
    )
    agreement = models.ForeignKey(
        "partnerships.Agreement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="report_schedules",
    )
    language = models.CharField(_("bahasa"), max_length=2, choices=settings.LANGUAGES, default="id")
    day = models.PositiveSmallIntegerField(_("tanggal"))
    # under this person's name and rights the reports are made
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="report_schedules"
    )
    since = models.DateField(editable=False)  # no day before is made up for
    is_paused = models.BooleanField(default=False, editable=False)

    objects = ReportScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("jadwal laporan")
        constraints = [
            models.CheckConstraint(
                name="schedule_kind_is_known",
                condition=Q(kind__in=["enterprise", "cohort", "agreement", "programme"]),
            ),
            models.CheckConstraint(name="schedule_language_is_known", condition=Q(language__in=["id", "en"])),
            models.CheckConstraint(name="schedule_day_is_of_a_month", condition=Q(day__range=(1, 31))),
            models.CheckConstraint(
                name="schedule_scope_is_of_its_kind",
                condition=(Q(cohort=None) | Q(kind__in=["enterprise", "cohort"]))
                & (Q(agreement=None) | Q(kind="agreement")),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.scope_name}"

    def get_absolute_url(self):
        return reverse("reports:schedule", args=[self.code])

    @property
    def scope_name(self) -> str:
        """What it is of, in words."""
        everything = {
            Kind.ENTERPRISE: _("semua IKM di angkatan mana pun"),
            Kind.COHORT: _("semua angkatan yang berjalan"),
            Kind.AGREEMENT: _("semua perjanjian yang berlaku"),
            Kind.PROGRAMME: _("seluruh program"),
        }
        return str(self.cohort or self.agreement or everything[Kind(self.kind)])

    @property
    def made(self) -> set[date]:
        """The months that were made or failed, by their first days."""
        return {one.month for one in self.months.all()}

    @property
    def next_run(self) -> date | None:
        """The day on which it is made next; None while it is paused. A day before today is overdue."""
        return (
            None
            if self.is_paused
            else monthly.next_run(self.day, self.since, timezone.localdate(), self.made)
        )

    @property
    def has_failed(self) -> bool:
        """Whether a month waits to be made once more."""
        return any(one.batch_id is None for one in self.months.all())

    @property
    def latest(self) -> "ScheduledMonth | None":
        """What became of its last month."""
        return next(iter(self.months.all()), None)


class ScheduledMonth(Record):
    """One month of a schedule: the request it became, or why it became none. Never two for one month."""

    REASON_LENGTH = 300

    schedule = models.ForeignKey(ReportSchedule, on_delete=models.PROTECT, related_name="months")
    month = models.DateField()  # its first day
    batch = models.OneToOneField(
        "reports.ReportBatch", on_delete=models.PROTECT, null=True, blank=True, related_name="scheduled"
    )
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        ordering = ["-month"]
        verbose_name = _("bulan jadwal laporan")
        constraints = [
            models.UniqueConstraint(fields=["schedule", "month"], name="one_run_per_schedule_and_month"),
            models.CheckConstraint(name="scheduled_month_is_its_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="scheduled_month_was_made_or_says_why_not",
                condition=Q(batch__isnull=False, reason="") | (Q(batch=None) & ~Q(reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.schedule} {self.month:%Y-%m}"

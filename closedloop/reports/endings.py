"""What can become of an issued report: a newer one takes its place, or a lead revokes it. The report itself stays."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record


class Supersession(Record):
    """A newer report took the place of an older one; with what the newer says otherwise. Written once."""

    old = models.OneToOneField("reports.ReportJob", on_delete=models.PROTECT, related_name="superseded")
    new = models.ForeignKey("reports.ReportJob", on_delete=models.PROTECT, related_name="supersedes")
    changes = models.JSONField(default=list)  # see closedloop.reports.changes

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("penggantian laporan")
        constraints = [
            models.CheckConstraint(name="report_superseded_by_another", condition=~Q(old=F("new"))),
        ]

    def __str__(self):
        return f"{self.old.number} → {self.new.number}"


class Revocation(Record):
    """A lead took an issued report out of force and said why. Written once."""

    REASON_LENGTH = 300

    job = models.OneToOneField("reports.ReportJob", on_delete=models.PROTECT, related_name="revocation")
    reason = models.CharField(_("alasan"), max_length=REASON_LENGTH)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("pencabutan laporan")
        constraints = [
            models.CheckConstraint(name="report_revocation_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.job.number}: {self.reason}"

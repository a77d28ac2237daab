"""Whether a mending still holds weeks later, seen by somebody who did not close the finding."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.finding import Finding
from closedloop.core.models import Record


class EffectivenessCheckQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Checks of the findings one may know of."""
        return self.filter(finding__in=Finding.objects.visible_to(user))

    def waiting(self):
        return self.filter(checked_at=None)

    def due_by(self, day):
        """Those whose day has come and that nobody has made."""
        return self.waiting().filter(due_on__lte=day)


class EffectivenessCheck(Record):
    """Planned when a finding is closed. The finding stays closed: one that came back is a new finding."""

    class Verdict(models.TextChoices):
        EFFECTIVE = "effective", _("Efektif")
        NOT_EFFECTIVE = "not_effective", _("Tidak efektif")

    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="effectiveness")
    due_on = models.DateField(_("cek keefektifan pada"))
    closer = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField(_("hasil"), max_length=13, choices=Verdict, blank=True)
    note = models.CharField(_("yang terlihat"), max_length=300, blank=True)
    photo = models.FileField(_("foto saat dicek"), upload_to="findings/%Y/%m", blank=True, editable=False)
    photo_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = EffectivenessCheckQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        verbose_name = _("cek keefektifan")
        constraints = [
            models.CheckConstraint(
                name="effectiveness_verdict_is_known",
                condition=Q(verdict__in=["", "effective", "not_effective"]),
            ),
            models.CheckConstraint(
                name="effectiveness_check_is_whole",
                condition=Q(checked_at=None, checked_by=None, verdict="", note="", photo="", photo_sha256="")
                | (
                    Q(checked_at__isnull=False, checked_by__isnull=False)
                    & ~Q(verdict="")
                    & ~Q(note="")
                    & ~Q(photo="")
                    & ~Q(photo_sha256="")
                ),
            ),
            models.CheckConstraint(
                name="effectiveness_is_seen_by_another",
                condition=Q(checked_by=None) | ~Q(checked_by=F("closer")),
            ),
        ]

    def __str__(self):
        return f"{self.finding}: {self.get_verdict_display() or self._meta.verbose_name}"

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the check stands."""
        return self.finding.enterprise_id

    @property
    def photo_url(self) -> str:
        return reverse("assessments:effectiveness_photo", args=[self.pk]) if self.photo else ""

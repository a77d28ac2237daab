"""The form by which applications are judged: criteria and terms, as data with a version."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.selection import Criterion, read_criteria


class SelectionFormQuerySet(models.QuerySet):
    def for_cohort(self, cohort) -> "SelectionForm":
        """The version that the cohort's first application was sent under, so that all are judged alike; else
        the newest.
        """
        return self.filter(applications__cohort=cohort).order_by("version").first() or self.latest("version")


class SelectionForm(Record):
    """One version of the criteria. A changed rule is a new version; what was judged keeps the old one."""

    version = models.PositiveSmallIntegerField(_("versi"), unique=True)
    criteria = models.JSONField(_("kriteria"))
    tolerance = models.PositiveSmallIntegerField(_("beda nilai yang wajar"), default=25)
    answer_days = models.PositiveSmallIntegerField(_("hari sampai jawaban"), default=30)
    retention_days = models.PositiveSmallIntegerField(_("hari data disimpan"), default=180)
    is_example = models.BooleanField(_("contoh"), default=False)

    objects = SelectionFormQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name = _("formulir seleksi")
        constraints = [
            models.CheckConstraint(
                name="selection_tolerance_is_below_the_whole", condition=Q(tolerance__lt=100)
            ),
            models.CheckConstraint(
                name="selection_days_are_positive", condition=Q(answer_days__gt=0, retention_days__gt=0)
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} v{self.version}"

    def read(self) -> tuple[Criterion, ...]:
        """Return the criteria in the reader's language."""
        return read_criteria(self.criteria, "en" if get_language() == "en" else "id")

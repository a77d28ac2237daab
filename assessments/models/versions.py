"""What a version is: begun as a draft, published once with its reason, and never changed afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record

# somebody publishes a version, but for the first one, which ships with the portal
WHOLE_PUBLICATION = Q(published_at=None, published_by=None) | (
    Q(published_at__isnull=False) & (Q(published_by__isnull=False) | Q(based_on=None))
)


class VersionQuerySet(models.QuerySet):
    def published(self):
        """Versions a cohort may work with."""
        return self.filter(published_at__isnull=False)

    def drafts(self):
        """Versions still being edited; at most one of each code."""
        return self.filter(published_at=None)

    def newest(self):
        """Return the version published last, or None."""
        return self.published().order_by("-published_at", "-version").first()


class Version(Record):
    """One version of something a cohort is judged by. The database refuses every change once it is published."""

    code = models.SlugField(_("kode"), max_length=20)
    version = models.PositiveSmallIntegerField(_("versi"))
    name = models.CharField(_("nama"), max_length=120)
    published_at = models.DateTimeField(_("diterbitkan"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    based_on = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    change_note = models.CharField(_("alasan perubahan"), max_length=300, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["code", "-version"]

    def __str__(self):
        return f"{self.name} v{self.version}"

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

"""The parts of a factory that a per-area dimension is filled for, one after the other (domain.md §2.2)."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record


class Area(Record):
    """One area of one assessment; the same areas are proposed at the next one. `kind` is of the rubric's kinds.

    `order` also names the area in addresses ("5r-2-a1") and never changes.
    """

    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.CASCADE, related_name="areas")
    kind = models.CharField(_("jenis area"), max_length=20, blank=True)
    name = models.CharField(_("nama area"), max_length=80)
    weight = models.DecimalField(
        _("bobot"), max_digits=5, decimal_places=2, default=1, validators=[MinValueValidator(0.01)]
    )
    order = models.PositiveSmallIntegerField(_("urutan"))
    person_in_charge = models.CharField(_("penanggung jawab area"), max_length=120, blank=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("area")
        verbose_name_plural = _("area")
        constraints = [
            models.UniqueConstraint("assessment", Lower("name"), name="area_name_once_per_assessment"),
            models.UniqueConstraint(fields=["assessment", "order"], name="area_order_once_per_assessment"),
            models.CheckConstraint(name="area_weight_is_positive", condition=Q(weight__gt=0)),
            models.CheckConstraint(name="area_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self):
        return self.name

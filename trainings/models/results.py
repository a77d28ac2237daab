"""Marks of the tests before and after a module."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models import Enrolment
from trainings.models.curriculum import Module


class TestResultQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Marks of the enrolments one may know of."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))


class TestResult(Record):
    """One mark, 0 to 100. No row means not taken, which is not zero."""

    __test__ = False  # the name is the domain's; pytest must not collect it

    class Kind(models.TextChoices):
        PRE = "pre", _("Tes awal")
        POST = "post", _("Tes akhir")

    class Source(models.TextChoices):
        HAND = "hand", _("Diisi petugas")
        PHONE = "phone", _("Tes di HP")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="test_results")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="test_results")
    kind = models.CharField(_("jenis"), max_length=4, choices=Kind)
    mark = models.DecimalField(_("nilai"), max_digits=5, decimal_places=2)
    taken_on = models.DateField(_("tanggal"))
    source = models.CharField(_("sumber"), max_length=5, choices=Source, default=Source.HAND, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = TestResultQuerySet.as_manager()

    class Meta:
        ordering = ["module__order", "kind"]
        verbose_name = _("hasil tes")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "module", "kind"], name="one_mark_per_test"),
            models.CheckConstraint(
                name="test_mark_is_between_0_and_100", condition=Q(mark__gte=0, mark__lte=100)
            ),
            models.CheckConstraint(name="test_source_is_known", condition=Q(source__in=["hand", "phone"])),
            models.CheckConstraint(name="test_kind_is_known", condition=Q(kind__in=["pre", "post"])),
        ]

    def __str__(self):
        return f"{self.enrolment.enterprise}: {self.module.code} {self.get_kind_display()}"

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the mark's events stand."""
        return self.enrolment.enterprise_id

"""Supply clearance day by day: what it was judged to be, from which figures and evidence (features.md E3)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from partnerships.clearance_history import StoredDay
from partnerships.models.clearance import SupplyClearance


class ClearanceDay(Record):
    """One day on which the state, a gate or its evidence changed; it speaks for every day up to the next row.

    `facts` and `gates` are written by partnerships.clearance_history and are enough to judge the day again.
    """

    clearance = models.ForeignKey(SupplyClearance, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(_("hari"))
    status = models.CharField(_("status"), max_length=11, choices=SupplyClearance.Status, editable=False)
    gates = models.JSONField(editable=False)
    facts = models.JSONField(editable=False)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("siap pasok menurut hari")
        constraints = [
            models.UniqueConstraint(fields=["clearance", "day"], name="one_clearance_state_per_day"),
            models.CheckConstraint(
                name="clearance_day_status_is_known",
                condition=Q(status__in=["ready", "conditional", "not_ready"]),
            ),
            models.CheckConstraint(name="clearance_day_lists_its_gates", condition=~Q(gates=[])),
        ]

    def __str__(self):
        return f"{self.clearance.enterprise} → {self.clearance.buyer}: {self.get_status_display()}"

    @property
    def stored(self) -> StoredDay:
        return StoredDay(self.day, self.status, self.gates, self.facts)

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return SupplyClearance(status=self.status).tone

    @property
    def unmet(self) -> list[dict]:
        return [gate for gate in self.gates if not gate["met"]]

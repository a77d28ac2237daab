"""Lines of a capability profile that somebody said are still right, each on its own day (features.md E2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models.capability import Machine, Material, MeasuringTool
from participants.models.enterprise import Enterprise, Process
from participants.models.people import Document

LINES = ("machine", "material", "tool", "document", "process")


def exactly_one() -> Q:
    """A confirmation is of one line; a process is a line of the enterprise that has it."""
    alone = Q()
    for name in LINES:
        others = {f"{other}__isnull": True for other in LINES if other != name}
        whose = {"enterprise__isnull": name != "process"}
        alone |= Q(**{f"{name}__isnull": False}, **others, **whose)
    return alone


class LineConfirmation(Record):
    """When a machine, material, tool, process or paper of a profile was last said to be there as it stands."""

    machine = models.OneToOneField(Machine, null=True, on_delete=models.CASCADE, related_name="confirmation")
    material = models.OneToOneField(
        Material, null=True, on_delete=models.CASCADE, related_name="confirmation"
    )
    tool = models.OneToOneField(
        MeasuringTool, null=True, on_delete=models.CASCADE, related_name="confirmation"
    )
    document = models.OneToOneField(
        Document, null=True, on_delete=models.CASCADE, related_name="confirmation"
    )
    process = models.ForeignKey(Process, null=True, on_delete=models.CASCADE, related_name="+")
    enterprise = models.ForeignKey(
        Enterprise, null=True, on_delete=models.CASCADE, related_name="process_confirmations"
    )
    confirmed_on = models.DateField(_("terakhir dipastikan"))
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["confirmed_on"]
        verbose_name = _("baris profil yang dipastikan")
        constraints = [
            models.CheckConstraint(name="line_confirmation_is_of_one_line", condition=exactly_one()),
            models.UniqueConstraint(
                fields=["enterprise", "process"], name="process_is_confirmed_once_per_enterprise"
            ),
        ]

    def __str__(self):
        return str(self.machine or self.material or self.tool or self.document or self.process)

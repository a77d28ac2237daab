"""When who was there went home, where a session asks for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from trainings.models.attendance import Attendance


class Leaving(Record):
    """The second scan of one mark, at most once. It is shown beside the mark and changes no point."""

    attendance = models.OneToOneField(Attendance, on_delete=models.CASCADE, related_name="leaving")
    left_at = models.DateTimeField(_("pulang"), editable=False)  # by the server's clock
    proof = models.CharField(max_length=4, choices=[("qr", "QR"), ("code", _("Kode"))], editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["left_at"]
        verbose_name = _("waktu pulang")
        constraints = [
            models.CheckConstraint(name="leaving_proof_is_known", condition=Q(proof__in=["qr", "code"])),
        ]

    def __str__(self):
        return f"{self.attendance}: {self.left_at:%H:%M}"

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the event stands."""
        return self.attendance.enrolment.enterprise_id

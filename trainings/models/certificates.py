"""Certificates: what is printed is frozen with the record, so that anybody can hold the paper against it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.core.codes import checked_code
from closedloop.core.models import Record
from closedloop.workflow import Workflow
from participants.models import Enrolment, Person
from trainings.models.curriculum import Module

CODE_LENGTH = 12


def new_certificate_code() -> str:
    """Return the code printed on a certificate: nobody finds one by guessing, and a slip in typing is told."""
    return checked_code(CODE_LENGTH)


class CertificateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Certificates of the enrolments one may know of."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def valid(self):
        return self.filter(status=Certificate.Status.VALID)


class Certificate(Workflow, Record):
    """One person passed one module. Never edited: a mistake is replaced, a wrong one revoked, both stay readable."""

    class Status(models.TextChoices):
        VALID = "valid", _("Berlaku")
        REVOKED = "revoked", _("Dicabut")
        REPLACED = "replaced", _("Digantikan")

    TRANSITIONS = {
        Status.VALID: {Status.REVOKED, Status.REPLACED},
        Status.REVOKED: set(),
        Status.REPLACED: set(),
    }

    code = models.CharField(
        _("kode verifikasi"), max_length=12, unique=True, default=new_certificate_code, editable=False
    )
    number = models.CharField(_("nomor"), max_length=60, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="certificates")
    facts = models.JSONField(editable=False)  # everything printed, see trainings.certification
    issued_on = models.DateField(_("terbit"), editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=Status, default=Status.VALID, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    end_reason = models.CharField(_("alasan"), max_length=300, blank=True, editable=False)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="replaces"
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "number"]
        verbose_name = _("sertifikat")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "person", "module"],
                condition=Q(status="valid"),
                name="one_valid_certificate_per_person_and_module",
            ),
            models.CheckConstraint(
                name="certificate_end_is_whole",
                condition=Q(status="valid", ended_at=None, ended_by=None, end_reason="")
                | (
                    ~Q(status="valid") & Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")
                ),
            ),
            models.CheckConstraint(
                name="certificate_replacement_is_named",
                condition=Q(status="replaced", replaced_by__isnull=False)
                | (~Q(status="replaced") & Q(replaced_by=None)),
            ),
            models.CheckConstraint(
                name="certificate_status_is_known", condition=Q(status__in=["valid", "revoked", "replaced"])
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        """The public page that shows every printed fact."""
        return reverse("trainings:certificate", args=[self.code])

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the certificate's events stand."""
        return self.enrolment.enterprise_id

    @property
    def spoken_code(self) -> str:
        """The code in groups of four, as it is printed."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))

    @property
    def tone(self) -> str:
        """The tone of its badge (design.md §6)."""
        return {"valid": "ok", "revoked": "bad"}.get(self.status, "todo")

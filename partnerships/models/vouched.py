"""Rows of the ledger that three sides vouch for: diajukan, dikonfirmasi pembeli, diverifikasi staf (domain.md §6.3)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from closedloop.workflow import Workflow
from partnerships.models.link import ConfirmationLink


class Vouched(Workflow, Record):
    """An order, an invoice or a payment with its paper, and who said that it is so.

    What is corrected goes back to the first state: nobody vouched for the new figures yet. What the buyer says is
    otherwise waits there until it is corrected, or answered and asked again.
    """

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Diajukan")
        CONFIRMED = "confirmed", _("Dikonfirmasi pembeli")
        DISPUTED = "disputed", _("Selisih")
        VERIFIED = "verified", _("Diverifikasi staf")

    TRANSITIONS = {
        Status.SUBMITTED: {Status.CONFIRMED, Status.DISPUTED},
        Status.DISPUTED: {Status.SUBMITTED},
        Status.CONFIRMED: {Status.VERIFIED, Status.SUBMITTED, Status.DISPUTED},
        Status.VERIFIED: {Status.SUBMITTED},
    }

    status = models.CharField(max_length=9, choices=Status, default=Status.SUBMITTED, editable=False)
    document = models.FileField(_("dokumen"), upload_to="ledger/%Y/%m", blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_link = models.ForeignKey(
        ConfirmationLink,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def confirmer(self):
        """Who confirmed: an account, or a contact by link; None until somebody has."""
        return self.confirmed_by or self.confirmed_link

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return {"submitted": "todo", "disputed": "bad"}.get(self.status, "ok")


def vouching(name: str) -> list[models.BaseConstraint]:
    """Return the constraints of a vouched model, each named for it."""
    return [
        models.CheckConstraint(
            name=f"{name}_status_is_known",
            condition=Q(status__in=["submitted", "confirmed", "disputed", "verified"]),
        ),
        models.CheckConstraint(
            name=f"{name}_confirmation_is_whole",
            condition=Q(
                Q(confirmed_by__isnull=False, confirmed_link=None)
                | Q(confirmed_by=None, confirmed_link__isnull=False),
                status__in=["confirmed", "verified"],
                confirmed_at__isnull=False,
            )
            | Q(
                status__in=["submitted", "disputed"],
                confirmed_at=None,
                confirmed_by=None,
                confirmed_link=None,
            ),
        ),
        models.CheckConstraint(
            name=f"{name}_verification_is_whole",
            condition=Q(status="verified", verified_at__isnull=False, verified_by__isnull=False)
            | (~Q(status="verified") & Q(verified_at=None, verified_by=None)),
        ),
        models.CheckConstraint(
            name=f"{name}_has_three_pairs_of_eyes",
            condition=(Q(confirmed_by=None) | Q(entered_by=None) | ~Q(confirmed_by=F("entered_by")))
            & (Q(verified_by=None) | ~Q(verified_by=F("confirmed_by"))),
        ),
        models.CheckConstraint(
            name=f"{name}_document_has_its_hash",
            condition=Q(document="", document_sha256="") | (~Q(document="") & ~Q(document_sha256="")),
        ),
    ]

"""The signed link by which a buyer's contact confirms deliveries without an account (features.md E12)."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from closedloop.core import formats
from closedloop.core.models import Record, new_code
from partnerships.models.buyer import BuyerContact

# signed for this purpose alone: a token of another page of the portal opens nothing here
SIGNER = Signer(salt="partnerships.confirmation")


class ConfirmationLinkQuerySet(models.QuerySet):
    def with_token(self, token: str):
        """The one link that the token belongs to, or none; open or not."""
        try:
            return self.filter(code=SIGNER.unsign(token))
        except BadSignature:
            return self.none()

    def open_at(self, moment):
        """Those that a contact can still use."""
        return self.filter(revoked_at=None, expires_at__gt=moment, contact__is_active=True)


class ConfirmationLink(Record):
    """One contact's link of one month. Only its code is kept: the token is the code, signed."""

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    contact = models.ForeignKey(BuyerContact, on_delete=models.PROTECT, related_name="links")
    month = models.DateField(_("bulan"))
    expires_at = models.DateTimeField(_("berlaku sampai"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )  # none: sent by the portal itself, and nobody but the contact has seen it
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ConfirmationLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("tautan konfirmasi")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "month"],
                condition=Q(revoked_at=None),
                name="one_open_link_per_contact_and_month",
            ),
            models.CheckConstraint(name="link_month_is_a_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="link_ends_after_it_was_made", condition=Q(expires_at__gt=F("created_at"))
            ),
            models.CheckConstraint(
                name="link_revocation_is_whole",
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self):
        return gettext("%(contact)s lewat tautan %(code)s") % {"contact": self.contact, "code": self.code}

    @property
    def token(self) -> str:
        """What makes the address unguessable. It is kept nowhere."""
        return SIGNER.sign(self.code)

    @property
    def public_path(self) -> str:
        return reverse("partnerships:link", args=[self.token])

    @property
    def month_name(self) -> str:
        return formats.month_long(self.month)

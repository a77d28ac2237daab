"""Credit agreements (akad kredit) that pay for an order until its buyer does. No account numbers are kept."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.roles import Role
from closedloop.core.models import Money, Record
from partnerships.models.order import OrderScopedQuerySet, PurchaseOrder

ACCOUNT_NUMBER = r"(\d[ .-]?){8,}"  # so many digits in words are an account's, a card's or a person's


class FinancingQuerySet(OrderScopedQuerySet):
    order_path = "order__"

    def visible_to(self, user):
        """Of orders one may know of; a buyer never learns how an IKM pays its way."""
        return self.none() if user.role == Role.BUYER else super().visible_to(user)


class Financing(Record):
    """One credit agreement that serves one order."""

    class Kind(models.TextChoices):
        MICRO = "micro", _("Kredit usaha rakyat (KUR)")
        WORKING = "working", _("Kredit modal kerja")
        INVESTMENT = "investment", _("Kredit investasi mesin")
        INVOICE = "invoice", _("Pembiayaan tagihan")
        OTHER = "other", _("Lainnya")

    order = models.ForeignKey(PurchaseOrder, on_delete=models.PROTECT, related_name="financings")
    lender = models.CharField(_("lembaga pembiayaan"), max_length=120)
    kind = models.CharField(_("jenis pembiayaan"), max_length=10, choices=Kind)
    amount = Money(_("nilai akad"))
    signed_on = models.DateField(_("tanggal akad"))
    ends_on = models.DateField(_("jatuh tempo akad"), null=True, blank=True)
    document = models.FileField(_("dokumen"), upload_to="ledger/%Y/%m", blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = FinancingQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_on"]
        verbose_name = _("akad kredit")
        constraints = [
            models.CheckConstraint(name="financing_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="financing_has_a_lender", condition=~Q(lender="")),
            models.CheckConstraint(
                name="financing_keeps_no_account_number", condition=~Q(lender__regex=ACCOUNT_NUMBER)
            ),
            models.CheckConstraint(
                name="financing_kind_is_known",
                condition=Q(kind__in=["micro", "working", "investment", "invoice", "other"]),
            ),
            models.CheckConstraint(
                name="financing_ends_after_it_was_signed",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("signed_on")),
            ),
            models.CheckConstraint(
                name="financing_document_has_its_hash",
                condition=Q(document="", document_sha256="") | (~Q(document="") & ~Q(document_sha256="")),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.lender}"

    @property
    def enterprise_id(self):
        return self.order.enterprise_id

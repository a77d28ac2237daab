"""The ledger: ordered, delivered, invoiced, paid. Four figures that are never mixed (features.md E7)."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core import formats
from closedloop.core.models import Money, Record, new_code
from closedloop.workflow import Workflow
from participants.models import Enterprise
from partnerships.models.agreement import Agreement
from partnerships.models.buyer import Buyer
from partnerships.models.clearance import SupplyClearance
from partnerships.models.link import ConfirmationLink
from partnerships.models.vouched import Vouched, vouching


class OrderScopedQuerySet(models.QuerySet):
    """Rows that hang on a purchase order, directly or through `order_path`."""

    order_path = ""

    def visible_to(self, user):
        """Rows of orders from one's own company, or to the enterprises one may know of."""
        if not user.may(Permission.DELIVERY_VIEW):
            return self.none()
        if user.role == Role.BUYER:
            return self.filter(**{f"{self.order_path}buyer__in": Buyer.objects.visible_to(user)})
        return self.filter(**{f"{self.order_path}enterprise__in": Enterprise.objects.visible_to(user)})


class PurchaseOrderQuerySet(OrderScopedQuerySet):
    pass


class PurchaseOrder(Vouched):
    """One order of one buyer to one IKM. Trial orders come before clearance, regular ones after."""

    class Kind(models.TextChoices):
        TRIAL = "trial", _("Percobaan")
        REGULAR = "regular", _("Rutin")

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    buyer = models.ForeignKey(
        Buyer, verbose_name=_("pembeli"), on_delete=models.PROTECT, related_name="orders"
    )
    enterprise = models.ForeignKey(
        Enterprise, verbose_name="IKM", on_delete=models.PROTECT, related_name="orders"
    )
    agreement = models.ForeignKey(
        Agreement,
        verbose_name=_("perjanjian"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="orders",
    )
    number = models.CharField(_("nomor PO"), max_length=80)
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind, default=Kind.REGULAR)
    ordered_on = models.DateField(_("tanggal PO"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    clearance = models.CharField(
        _("siap pasok saat dipesan"),
        max_length=11,
        choices=SupplyClearance.Status,
        blank=True,
        editable=False,
    )
    override_reason = models.CharField(_("alasan dikecualikan"), max_length=500, blank=True, editable=False)
    override_unmet = models.JSONField(default=list, editable=False)

    objects = PurchaseOrderQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_on"]
        verbose_name = _("pesanan pembelian")
        constraints = [
            models.UniqueConstraint(fields=["buyer", "number"], name="order_number_once_per_buyer"),
            models.CheckConstraint(
                name="order_override_is_whole",
                condition=Q(clearance__in=["", "ready"], override_reason="")
                | (Q(clearance__in=["conditional", "not_ready"], kind="regular") & ~Q(override_reason="")),
            ),
            models.CheckConstraint(name="order_has_a_number", condition=~Q(number="")),
            models.CheckConstraint(name="order_kind_is_known", condition=Q(kind__in=["trial", "regular"])),
            *vouching("order"),
        ]

    def __str__(self):
        return self.number if self.number.upper().startswith("PO") else f"PO {self.number}"

    def get_absolute_url(self):
        return reverse("partnerships:order", args=[self.code])


class OrderLineQuerySet(OrderScopedQuerySet):
    order_path = "order__"

    def with_delivered(self):
        """Annotate `delivered`, the quantity on delivery notes whatever became of them."""
        return self.annotate(delivered=Coalesce(Sum("deliveries__quantity"), 0))


class OrderLine(Record):
    """One part of an order, with its quantity and price."""

    order = models.ForeignKey(PurchaseOrder, on_delete=models.CASCADE, related_name="lines")
    part_number = models.CharField(_("nomor part"), max_length=60, blank=True)
    part_name = models.CharField(_("nama part"), max_length=160)
    unit = models.CharField(_("satuan"), max_length=12, default="pcs")
    quantity = models.PositiveIntegerField(_("jumlah"))
    unit_price = Money(_("harga satuan"))

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        ordering = ["part_name"]
        verbose_name = _("baris pesanan")
        constraints = [
            models.UniqueConstraint(fields=["order", "part_name"], name="part_once_per_order"),
            models.CheckConstraint(name="order_line_quantity_is_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="order_line_price_is_positive", condition=Q(unit_price__gt=0)),
        ]

    def __str__(self):
        return f"{self.part_name}, {self.order}"

    @property
    def value(self):
        """Ordered value (*dipesan*) in whole Rupiah, net of PPN."""
        return self.quantity * self.unit_price


class ScheduleLine(Record):
    """A quantity due on a day; a reschedule both sides agreed to keeps the first date beside it."""

    line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="schedule")
    due_on = models.DateField(_("jatuh tempo"))
    quantity = models.PositiveIntegerField(_("jumlah"))
    agreed_due_on = models.DateField(_("jadwal ulang yang disepakati"), null=True, blank=True)

    class Meta:
        ordering = ["due_on"]
        verbose_name = _("jadwal kirim")
        constraints = [
            models.UniqueConstraint(fields=["line", "due_on"], name="one_schedule_line_per_day"),
            models.CheckConstraint(name="schedule_quantity_is_positive", condition=Q(quantity__gt=0)),
        ]

    def __str__(self):
        return f"{self.line} {formats.date_medium(self.due_on)}"

    @property
    def day(self):
        """The day that counts: the agreed reschedule where there is one."""
        return self.agreed_due_on or self.due_on


class DeliveryQuerySet(OrderScopedQuerySet):
    order_path = "line__order__"

    def confirmed(self):
        """Those the buyer has confirmed, verified by staff or not."""
        return self.filter(status__in=[Delivery.Status.CONFIRMED, Delivery.Status.VERIFIED])

    def unconfirmed(self):
        return self.filter(status=Delivery.Status.SUBMITTED)

    def disputed(self):
        return self.filter(status=Delivery.Status.DISPUTED)

    def of_buyer(self, buyer):
        return self.filter(line__order__buyer=buyer)

    def answered_by(self, link):
        """Those that were confirmed or disputed by this link."""
        disputed = link.disputes.values("delivery")
        return self.filter(Q(confirmed_link=link) | Q(pk__in=disputed))

    def unconfirmed_for(self, days: int, today):
        """Those the buyer has left unconfirmed for more than so many days."""
        return self.unconfirmed().filter(delivered_on__lt=today - timedelta(days=days))

    def search(self, text: str):
        """Rows whose note, part, order, IKM or buyer holds the text."""
        text = " ".join(text.split())
        if not text:
            return self
        return self.filter(
            Q(note_number__icontains=text)
            | Q(code__iexact=text)
            | Q(line__part_name__icontains=text)
            | Q(line__order__number__icontains=text)
            | Q(line__order__enterprise__name__icontains=text)
            | Q(line__order__buyer__name__icontains=text)
        )

    def with_people(self):
        """Everything a row or a page of a delivery shows, in one query."""
        return self.select_related(
            "line__order__buyer", "line__order__enterprise", "line__order__agreement", "entered_by",
            "confirmed_by", "confirmed_link__contact", "verified_by",
        )  # fmt: skip


class Delivery(Workflow, Record):
    """One delivery note for one part: entered by the IKM, confirmed by the buyer, verified by staff."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Menunggu konfirmasi")
        CONFIRMED = "confirmed", _("Dikonfirmasi pembeli")
        DISPUTED = "disputed", _("Selisih")
        VERIFIED = "verified", _("Diverifikasi staf")

    TRANSITIONS = {
        Status.SUBMITTED: {Status.CONFIRMED, Status.DISPUTED},
        Status.DISPUTED: {Status.CONFIRMED},
        Status.CONFIRMED: {Status.VERIFIED, Status.DISPUTED},
        Status.VERIFIED: set(),
    }

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    line = models.ForeignKey(
        OrderLine, verbose_name=_("part"), on_delete=models.PROTECT, related_name="deliveries"
    )
    note_number = models.CharField(_("nomor surat jalan"), max_length=80)
    delivered_on = models.DateField(_("tanggal kirim"))
    quantity = models.PositiveIntegerField(_("jumlah dikirim"))
    photo = models.FileField(_("foto surat jalan"), upload_to="deliveries/%Y/%m", blank=True)
    photo_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=9, choices=Status, default=Status.SUBMITTED, editable=False)
    received_on = models.DateField(_("tanggal terima"), null=True, blank=True, editable=False)
    accepted_quantity = models.PositiveIntegerField(_("diterima baik"), null=True, blank=True, editable=False)
    rejected_quantity = models.PositiveIntegerField(_("ditolak"), null=True, blank=True, editable=False)
    dispute_reason = models.CharField(_("alasan selisih"), max_length=300, blank=True, editable=False)
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
        related_name="deliveries",
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

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-delivered_on", "-created_at"]
        verbose_name = _("pengiriman")
        constraints = [
            models.UniqueConstraint(fields=["line", "note_number"], name="delivery_note_once_per_line"),
            models.CheckConstraint(name="delivery_quantity_is_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="delivery_confirmation_is_whole",
                condition=Q(
                    Q(confirmed_by__isnull=False, confirmed_link=None)
                    | Q(confirmed_by=None, confirmed_link__isnull=False),
                    status__in=["confirmed", "verified"],
                    received_on__isnull=False,
                    accepted_quantity__isnull=False,
                    rejected_quantity__isnull=False,
                    confirmed_at__isnull=False,
                )
                | Q(status__in=["submitted", "disputed"]),
            ),
            models.CheckConstraint(
                name="delivery_accepted_and_rejected_make_the_whole",
                condition=Q(accepted_quantity=None)
                | Q(rejected_quantity=None)
                | Q(quantity=F("accepted_quantity") + F("rejected_quantity")),
            ),
            models.CheckConstraint(
                name="delivery_is_not_received_before_it_was_sent",
                condition=Q(received_on=None) | Q(received_on__gte=F("delivered_on")),
            ),
            models.CheckConstraint(
                name="delivery_verification_is_whole",
                condition=Q(status="verified", verified_at__isnull=False, verified_by__isnull=False)
                | (~Q(status="verified") & Q(verified_at=None, verified_by=None)),
            ),
            models.CheckConstraint(
                name="delivery_confirmer_did_not_enter_it",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="delivery_dispute_has_a_reason", condition=~Q(status="disputed") | ~Q(dispute_reason="")
            ),
            models.CheckConstraint(
                name="delivery_photo_has_its_hash",
                condition=Q(photo="", photo_sha256="") | (~Q(photo="") & ~Q(photo_sha256="")),
            ),
            models.CheckConstraint(
                name="delivery_status_is_known",
                condition=Q(status__in=["submitted", "confirmed", "disputed", "verified"]),
            ),
        ]

    def __str__(self):
        note = self.note_number
        return note if note.upper().startswith("SJ") else f"SJ {note}"

    def get_absolute_url(self):
        return reverse("partnerships:delivery", args=[self.code])

    @property
    def enterprise_id(self):
        """The IKM whose timeline the delivery belongs to."""
        return self.line.order.enterprise_id

    @property
    def delivered_value(self):
        """Delivered value (*dikirim*) in whole Rupiah, net of PPN."""
        return self.quantity * self.line.unit_price

    @property
    def accepted_value(self):
        """Accepted value (*diterima baik*); None until the buyer has confirmed."""
        return None if self.accepted_quantity is None else self.accepted_quantity * self.line.unit_price

    @property
    def confirmer(self):
        """Who confirmed: an account, or a contact by link; None until somebody has."""
        return self.confirmed_by or self.confirmed_link

    @property
    def is_confirmed(self) -> bool:
        return self.status in {self.Status.CONFIRMED, self.Status.VERIFIED}

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return {"submitted": "todo", "confirmed": "ok", "verified": "ok", "disputed": "bad"}[self.status]

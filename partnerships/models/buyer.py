"""Large-industry buyers, their people, and what they need made."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core.models import Money, Record, new_code
from participants.models import Enterprise, Process


class BuyerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Buyers one may know of: a buyer's own company; an owner the companies they deal with."""
        match user.role:
            case Role.BUYER:
                return self.filter(contacts__user=user, contacts__is_active=True).distinct()
            case Role.OWNER:
                enterprises = Enterprise.objects.visible_to(user)
                return self.filter(
                    Q(parties__agreement__parties__enterprise__in=enterprises)
                    | Q(orders__enterprise__in=enterprises)
                ).distinct()
        return self if user.may(Permission.BUYER_VIEW) else self.none()


class Buyer(Record):
    """A company of large industry that buys from IKM."""

    class Tier(models.TextChoices):
        BRAND_HOLDER = "brand_holder", _("APM")
        TIER1 = "tier1", "Tier 1"
        TIER2 = "tier2", "Tier 2"
        OTHER = "other", _("Lainnya")

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    name = models.CharField(_("nama perusahaan"), max_length=160)
    tier = models.CharField(_("tingkat"), max_length=12, choices=Tier, default=Tier.TIER1)
    regency = models.ForeignKey(
        "regions.Regency", verbose_name=_("kabupaten/kota"), null=True, blank=True, on_delete=models.PROTECT
    )
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    grace_days = models.PositiveSmallIntegerField(_("kelonggaran kirim (hari)"), default=0)
    max_early_days = models.PositiveSmallIntegerField(_("paling awal (hari)"), default=1)

    objects = BuyerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("pembeli")
        constraints = [
            models.UniqueConstraint(Lower("name"), name="buyer_name_is_unique"),
            models.CheckConstraint(name="buyer_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="buyer_tier_is_known", condition=Q(tier__in=["brand_holder", "tier1", "tier2", "other"])
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("partnerships:buyer", args=[self.code])


class BuyerContact(Record):
    """Somebody at a buyer who orders, receives or reviews."""

    buyer = models.ForeignKey(Buyer, on_delete=models.CASCADE, related_name="contacts")
    full_name = models.CharField(_("nama lengkap"), max_length=120)
    title = models.CharField(_("jabatan"), max_length=120, blank=True)
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("nomor HP"), max_length=16, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_active = models.BooleanField(_("aktif"), default=True)

    class Meta:
        ordering = ["full_name"]
        verbose_name = _("kontak pembeli")
        constraints = [
            models.CheckConstraint(name="buyer_contact_has_a_name", condition=~Q(full_name="")),
            models.CheckConstraint(
                name="buyer_contact_phone_is_e164", condition=Q(phone="") | Q(phone__regex=r"^\+\d{8,15}$")
            ),
            models.UniqueConstraint(
                fields=["buyer", "user"],
                condition=Q(user__isnull=False),
                name="one_buyer_contact_per_account",
            ),
        ]

    def __str__(self):
        return self.full_name


class RequirementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Requirements of the buyers one may know of."""
        return self.filter(buyer__in=Buyer.objects.visible_to(user))


class Requirement(Record):
    """A part or process a buyer needs made, and what it asks of the maker."""

    class Status(models.TextChoices):
        OPEN = "open", _("Dicari")
        MET = "met", _("Terpenuhi")
        WITHDRAWN = "withdrawn", _("Ditarik")

    code = models.CharField(max_length=10, default=new_code, editable=False)
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    buyer = models.ForeignKey(Buyer, on_delete=models.PROTECT, related_name="requirements")
    contact = models.ForeignKey(
        BuyerContact, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    part_number = models.CharField(_("nomor part"), max_length=60, blank=True)
    part_name = models.CharField(_("nama part"), max_length=160)
    process = models.ForeignKey(
        Process,
        verbose_name=_("proses"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requirements",
    )
    annual_volume = models.PositiveIntegerField(_("volume per tahun"))
    unit = models.CharField(_("satuan"), max_length=12, default="pcs")
    target_price = Money(_("harga sasaran"), null=True, blank=True)
    max_ppm = models.PositiveIntegerField(_("ppm paling tinggi"), null=True, blank=True)
    min_on_time = models.DecimalField(
        _("ketepatan kirim paling rendah"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    tolerance = models.CharField(_("toleransi"), max_length=120, blank=True)
    standard = models.CharField(_("standar"), max_length=120, blank=True)
    lead_time_days = models.PositiveSmallIntegerField(_("waktu tunggu (hari)"), null=True, blank=True)
    needed_on = models.DateField(_("dibutuhkan"), null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["buyer__name", "part_name"]
        verbose_name = _("kebutuhan pembeli")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="requirement_version_is_unique"),
            models.CheckConstraint(name="requirement_volume_is_positive", condition=Q(annual_volume__gt=0)),
            models.CheckConstraint(
                name="requirement_price_is_positive", condition=Q(target_price=None) | Q(target_price__gt=0)
            ),
            models.CheckConstraint(
                name="requirement_on_time_is_a_share",
                condition=Q(min_on_time=None) | Q(min_on_time__gte=0, min_on_time__lte=1),
            ),
            models.CheckConstraint(
                name="requirement_status_is_known", condition=Q(status__in=["open", "met", "withdrawn"])
            ),
        ]

    def __str__(self):
        return f"{self.part_name}, {self.buyer}"

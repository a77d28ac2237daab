"""Large-industry buyers and their people."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core.models import Record, new_code
from participants.models import Enterprise


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

    def has_contact(self, user) -> bool:
        """Whether the person still works there, as far as the contacts say."""
        return self.contacts.active().filter(user=user).exists()


class BuyerContactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Contacts of the buyers one may know of."""
        return self.filter(buyer__in=Buyer.objects.visible_to(user))

    def active(self):
        """Those who still work there."""
        return self.filter(is_active=True)

    def accounts(self):
        """Return the accounts of these contacts that may sign in: whom to tell of what concerns their company."""
        return get_user_model().objects.active().filter(pk__in=self.filter(user__isnull=False).values("user"))


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

    objects = BuyerContactQuerySet.as_manager()

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

"""People who sign in, and the organisations of the programme they belong to."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import GRANTS, Permission
from closedloop.accounts.roles import OVERSIGHT_ROLES, PROGRAMME_ROLES, Role
from closedloop.core.models import Record


class Organisation(Record):
    """A body that runs or watches the programme: Kadin, the ministry, YDBA and its LPB, a regional office."""

    class Kind(models.TextChoices):
        KADIN = "kadin", _("Kadin")
        MINISTRY = "ministry", _("Kementerian")
        MENTOR_BODY = "mentor_body", _("Lembaga pembina (YDBA/LPB)")
        REGIONAL_OFFICE = "regional_office", _("Dinas daerah")
        OTHER = "other", _("Lainnya")

    name = models.CharField(_("nama"), max_length=160)
    short_name = models.CharField(_("singkatan"), max_length=40)
    kind = models.CharField(_("jenis"), max_length=20, choices=Kind)
    province = models.ForeignKey(
        "regions.Province", verbose_name=_("provinsi"), null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("lembaga")
        constraints = [
            models.UniqueConstraint(Lower("name"), name="organisation_name_is_unique"),
            models.CheckConstraint(
                name="regional_office_has_a_province",
                condition=~Q(kind="regional_office") | Q(province__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_kind_is_known",
                condition=Q(kind__in=["kadin", "ministry", "mentor_body", "regional_office", "other"]),
            ),
        ]

    def __str__(self):
        return self.short_name


class UserManager(BaseUserManager):
    """Make accounts; an address is stored in lower case so that it is one account however it is typed."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields) -> "User":
        return self.create_user(email, password, **{"role": Role.ADMIN, "is_superuser": True, **fields})


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Accounts this person may know of: administrators and staff all, everybody else only themselves."""
        if user.may(Permission.USER_MANAGE) or user.role == Role.STAFF:
            return self
        return self.filter(pk=user.pk)

    def active(self):
        return self.filter(is_active=True)

    def invited(self):
        """Open accounts whose link was never used."""
        return self.active().filter(last_login=None, password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def with_role(self, *roles: Role):
        return self.filter(role__in=roles)


class User(Record, AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. Which IKM or buyer they belong to is told by those apps, not here."""

    email = models.EmailField(_("email"), unique=True)
    full_name = models.CharField(_("nama lengkap"), max_length=120)
    title = models.CharField(_("jabatan"), max_length=120, blank=True)
    phone = models.CharField(_("nomor HP"), max_length=16, blank=True)
    role = models.CharField(_("peran"), max_length=10, choices=Role)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("lembaga"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
    )
    is_active = models.BooleanField(_("aktif"), default=True)

    objects = UserManager.from_queryset(UserQuerySet)()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name"]
        verbose_name = _("pengguna")
        constraints = [
            models.CheckConstraint(name="user_email_is_lower_case", condition=Q(email=Lower(F("email")))),
            models.CheckConstraint(name="user_role_is_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self):
        return self.full_name or self.email

    @property
    def is_staff(self) -> bool:
        """The name Django's own checks look for; the portal has no admin site."""
        return self.is_superuser

    @property
    def oversees(self) -> bool:
        """Whether this role may know of every IKM."""
        return self.role in OVERSIGHT_ROLES

    @property
    def works_for_programme(self) -> bool:
        return self.role in PROGRAMME_ROLES

    @property
    def initials(self) -> str:
        words = self.full_name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def get_full_name(self) -> str:
        return self.full_name

    def may(self, permission: Permission | str) -> bool:
        """Whether this person's role grants the permission; an inactive account may nothing."""
        return self.is_active and permission in GRANTS.get(self.role, set())


class InvitationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def with_token(self, token: str):
        return self.filter(token_hash=Invitation.hash_of(token))


class Invitation(Record):
    """A link that lets one invited person set a first password, once, for a limited time.

    Only the hash of the token is kept, so that a leaked table opens no account.
    """

    user = models.ForeignKey(
        User, verbose_name=_("pengguna"), on_delete=models.CASCADE, related_name="invitations"
    )
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("berlaku sampai"))
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("undangan")
        constraints = [
            models.CheckConstraint(
                name="invitation_expires_after_it_was_made", condition=Q(expires_at__gt=F("created_at"))
            ),
            models.CheckConstraint(
                name="invitation_accepted_or_revoked", condition=Q(accepted_at=None) | Q(revoked_at=None)
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation_per_user",
            ),
        ]

    def __str__(self):
        return f"{self.user}"

    @staticmethod
    def hash_of(token: str) -> str:
        return sha256(token.encode()).hexdigest()

    @staticmethod
    def new_token() -> str:
        return secrets.token_urlsafe(24)

    @staticmethod
    def default_expiry():
        return timezone.now() + timedelta(days=settings.INVITATION_DAYS)

"""The people of an enterprise, its papers, and what it agreed to."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Right
from django.utils.translation import gettext_lazy as _

from closedloop.core.identifiers import masked
from closedloop.core.models import Record, now
from participants.models.enterprise import SHOWN_DIGITS, Enterprise
from participants.models.search_words import words_in


class OfEnterpriseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What belongs to the enterprises one may know of."""
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))


class PersonQuerySet(OfEnterpriseQuerySet):
    def active(self):
        return self.filter(is_active=True)

    def accounts(self):
        """Return the accounts of these people that may sign in: whom to tell of what concerns them."""
        return get_user_model().objects.active().filter(pk__in=self.filter(user__isnull=False).values("user"))

    def of_others(self, enterprise: Enterprise) -> dict[str, str]:
        """Return {phone: names of other enterprises} for phones of this one that others use too.

        One phone in two enterprises is a family, or a duplicate: worth a look, never a refusal.
        """
        phones = self.filter(enterprise=enterprise).exclude(phone="").values("phone")
        rows = self.active().filter(phone__in=phones).exclude(enterprise=enterprise)
        found: dict[str, list[str]] = {}
        for person in rows.select_related("enterprise").order_by("enterprise__name"):
            found.setdefault(person.phone, []).append(str(person.enterprise))
        return {phone: ", ".join(dict.fromkeys(names)) for phone, names in found.items()}


class Person(Record):
    """Somebody of an enterprise. One-word names are valid; the phone is stored once, as E.164."""

    class Position(models.TextChoices):
        OWNER = "owner", _("Pemilik")
        DIRECTOR = "director", _("Direktur")
        DELEGATE = "delegate", _("Wakil")
        PRODUCTION = "production", _("Kepala produksi")
        QUALITY = "quality", _("Penanggung jawab mutu")
        FINANCE = "finance", _("Keuangan")
        OTHER = "other", _("Lainnya")

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="people")
    full_name = models.CharField(_("nama lengkap"), max_length=120)
    position = models.CharField(_("jabatan"), max_length=12, choices=Position, default=Position.OWNER)
    phone = models.CharField(_("nomor HP"), max_length=16, blank=True, db_index=True)
    email = models.EmailField(_("email"), blank=True)
    is_primary = models.BooleanField(_("narahubung utama"), default=False)
    is_active = models.BooleanField(_("aktif"), default=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("akun"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["-is_primary", "full_name"]
        verbose_name = _("orang")
        indexes = [
            GinIndex(words_in("full_name"), name="person_name_words"),
            models.Index(Right("phone", SHOWN_DIGITS), name="person_phone_end"),
        ]
        constraints = [
            models.CheckConstraint(name="person_has_a_name", condition=~Q(full_name="")),
            models.CheckConstraint(
                name="person_position_is_known",
                condition=Q(
                    position__in=[
                        "owner",
                        "director",
                        "delegate",
                        "production",
                        "quality",
                        "finance",
                        "other",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="person_phone_is_e164", condition=Q(phone="") | Q(phone__regex=r"^\+\d{8,15}$")
            ),
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(is_primary=True), name="one_primary_person_per_enterprise"
            ),
            models.UniqueConstraint(
                fields=["enterprise", "user"], condition=Q(user__isnull=False), name="one_person_per_account"
            ),
        ]

    def __str__(self):
        return self.full_name


def document_path(document: "Document", file_name: str) -> str:
    """Return where a paper is kept: under its own id, because file names tell things and clash."""
    return f"documents/{document.created_at:%Y/%m}/{document.pk}{Path(file_name).suffix.lower()}"


class DocumentQuerySet(OfEnterpriseQuerySet):
    def kept(self):
        """All but those taken out; an older version stays, since it may still be the one in force."""
        return self.filter(removed_at=None)

    def current(self):
        """The papers as lists show them: the newest version of each."""
        return self.kept().filter(replaced_by=None).select_related("confirmation")


class Document(Record):
    """A paper with a number and a date it runs out: NIB, environmental approval, ISO certificate …"""

    class Kind(models.TextChoices):
        NIB = "nib", "NIB"
        NPWP = "npwp", "NPWP"
        DEED = "deed", _("Akta dan SK")
        ENVIRONMENT = "environment", _("Persetujuan lingkungan")
        BPJS = "bpjs", "BPJS"
        SIINAS = "siinas", "SIINas"
        INTEGRITY = "integrity", _("Pakta integritas")
        ISO9001 = "iso9001", "ISO 9001"
        OTHER = "other", _("Lainnya")

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind)
    number = models.CharField(_("nomor"), max_length=80, blank=True)
    issuer = models.CharField(_("penerbit"), max_length=120, blank=True)
    issued_on = models.DateField(_("terbit"), null=True, blank=True)
    expires_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    file = models.FileField(_("berkas"), upload_to=document_path, max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("menggantikan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    removed_at = models.DateTimeField(_("dihapus"), null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    removal_reason = models.CharField(_("alasan dihapus"), max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-issued_on"]
        verbose_name = _("dokumen")
        constraints = [
            models.CheckConstraint(
                name="document_expires_after_issue",
                condition=Q(issued_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
            ),
            models.CheckConstraint(
                name="document_is_removed_by_somebody_for_a_reason",
                condition=Q(removed_at=None, removed_by=None, removal_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removal_reason="")),
            ),
            models.CheckConstraint(
                name="document_kind_is_known",
                condition=Q(
                    kind__in=[
                        "nib",
                        "npwp",
                        "deed",
                        "environment",
                        "bpjs",
                        "siinas",
                        "integrity",
                        "iso9001",
                        "other",
                    ]
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.shown_number}".strip()

    @property
    def shown_number(self) -> str:
        """The number as lists and the trail may show it: of an identity number only the last four digits."""
        is_identity = self.kind in (self.Kind.NIB, self.Kind.NPWP)
        return masked(self.number) if is_identity else self.number

    def valid_on(self, day) -> bool:
        """Whether the paper is in force on the day; without a last day it does not run out."""
        return (self.issued_on is None or self.issued_on <= day) and (
            self.expires_on is None or day <= self.expires_on
        )


class ConsentQuerySet(OfEnterpriseQuerySet):
    def in_force(self):
        return self.filter(withdrawn_at=None)

    def taken_back(self, purpose: str):
        """The ids of the enterprises that agreed to this use and do so no more; who never agreed is not among them."""
        agreeing = self.in_force().filter(purpose=purpose).values("enterprise")
        return self.filter(purpose=purpose).exclude(enterprise__in=agreeing).order_by().values("enterprise")


class Consent(Record):
    """What an enterprise agreed to, for one purpose, under one version of the text (UU 27/2022)."""

    class Purpose(models.TextChoices):
        TRAINING = "training", _("Pelatihan dan penilaian")
        SHARING = "sharing", _("Dibagikan ke mitra industri")
        PUBLICITY = "publicity", _("Publikasi")
        WHATSAPP = "whatsapp", "WhatsApp"

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="consents"
    )
    purpose = models.CharField(_("tujuan"), max_length=12, choices=Purpose)
    text_version = models.CharField(_("versi naskah"), max_length=20)
    language = models.CharField(_("bahasa naskah"), max_length=2, default="id")
    channel = models.CharField(_("saluran"), max_length=40)
    given_at = models.DateTimeField(_("diberikan"), default=now)
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, blank=True)
    withdrawn_via = models.CharField(_("ditarik lewat"), max_length=40, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at"]
        verbose_name = _("persetujuan")
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "purpose"],
                condition=Q(withdrawn_at=None),
                name="one_consent_in_force_per_purpose",
            ),
            models.CheckConstraint(
                name="consent_withdrawn_after_it_was_given",
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
            ),
            models.CheckConstraint(
                name="consent_text_is_in_a_language_of_ours", condition=Q(language__in=["id", "en"])
            ),
            models.CheckConstraint(
                name="consent_purpose_is_known",
                condition=Q(purpose__in=["training", "sharing", "publicity", "whatsapp"]),
            ),
        ]

    def __str__(self):
        return f"{self.enterprise}: {self.get_purpose_display()}"

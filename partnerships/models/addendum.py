"""Addenda: what the parties of a running agreement changed about it, and from which day (domain.md §6.2)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core.models import Money, Record, new_code
from closedloop.workflow import Workflow
from participants.models import Enterprise
from partnerships.models.agreement import Agreement, AgreementParty, ScopeLine
from partnerships.models.buyer import Buyer


class AddendumQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the agreements one may know of: those that move the end of all, or a line of one's own."""
        rows = self.filter(agreement__in=Agreement.objects.visible_to(user))
        if user.may(Permission.AGREEMENT_MANAGE):
            return rows
        own = AddendumChange.objects.visible_to(user)
        return rows.filter(Q(extends_to__isnull=False) | Q(changes__in=own)).distinct()

    def signed(self):
        """Those that bind, in the order in which they do."""
        return self.filter(status=Addendum.Status.SIGNED).order_by("sequence")


class Addendum(Workflow, Record):
    """Changed prices, volumes, parts or a later end, from a day on. Once signed it is frozen by the database.

    What it brought stands beside what was there: no promise, price or line that was agreed before is overwritten.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SIGNED = "signed", _("Ditandatangani")
        DISCARDED = "discarded", _("Dibatalkan")

    TRANSITIONS = {
        Status.DRAFT: {Status.SIGNED, Status.DISCARDED},
        Status.SIGNED: set(),
        Status.DISCARDED: set(),
    }

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="addenda")
    number = models.CharField(_("nomor"), max_length=80)
    effective_on = models.DateField(_("berlaku mulai"))
    reason = models.CharField(_("alasan"), max_length=500)
    extends_to = models.DateField(_("berlaku sampai"), null=True, blank=True)
    # kept at the signing, when the agreement takes the later day
    extended_from = models.DateField(_("semula berlaku sampai"), null=True, blank=True, editable=False)
    sequence = models.PositiveSmallIntegerField(_("urutan"), null=True, blank=True, editable=False)
    signed_on = models.DateField(_("tanggal tanda tangan"), null=True, blank=True)
    signed_at_place = models.CharField(_("tempat tanda tangan"), max_length=120, blank=True)
    scan = models.FileField(_("pindaian bertanda tangan"), upload_to="addenda/%Y", blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT, editable=False)

    objects = AddendumQuerySet.as_manager()

    class Meta:
        ordering = [F("sequence").asc(nulls_last=True), "created_at"]
        verbose_name = _("adendum")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="addendum_number_is_used_once"),
            models.UniqueConstraint(fields=["agreement", "sequence"], name="one_addendum_per_place"),
            models.CheckConstraint(
                name="addendum_status_is_known", condition=Q(status__in=["draft", "signed", "discarded"])
            ),
            models.CheckConstraint(name="addendum_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="addendum_is_signed_with_its_place",
                condition=Q(status="signed", sequence__isnull=False, signed_on__isnull=False)
                | Q(~Q(status="signed"), sequence=None, signed_on=None),
            ),
            models.CheckConstraint(
                name="addendum_ends_later_than_before",
                condition=Q(extends_to=None)
                | Q(extended_from=None, extends_to__gte=F("effective_on"))
                | Q(extended_from__lt=F("extends_to")),
            ),
            models.CheckConstraint(
                name="addendum_scan_has_its_hash",
                condition=Q(scan="", scan_sha256="") | (~Q(scan="") & ~Q(scan_sha256="")),
            ),
        ]

    def __str__(self):
        return f"{self.agreement.number} / {self.number}"

    def get_absolute_url(self):
        return reverse("partnerships:addendum", args=[self.code])

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_signed(self) -> bool:
        return self.status == self.Status.SIGNED

    def is_in_force(self, today: date | None = None) -> bool:
        """Whether it is signed and its day has come."""
        return self.is_signed and self.effective_on <= (today or timezone.localdate())


class AddendumNumber(Record):
    """The number one party gave the same paper."""

    addendum = models.ForeignKey(Addendum, on_delete=models.CASCADE, related_name="numbers")
    party = models.ForeignKey(AgreementParty, on_delete=models.PROTECT, related_name="addendum_numbers")
    number = models.CharField(_("nomor pihak ini"), max_length=80)

    class Meta:
        ordering = ["party__part", "party__created_at"]
        verbose_name = _("nomor adendum")
        constraints = [
            models.UniqueConstraint(fields=["addendum", "party"], name="one_addendum_number_per_party"),
            models.CheckConstraint(name="addendum_number_is_not_empty", condition=~Q(number="")),
        ]

    def __str__(self):
        return f"{self.party}: {self.number}"


class AddendumChangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Changes to lines of one's own company or IKM, as for the lines themselves."""
        if not user.may(Permission.AGREEMENT_VIEW):
            return self.none()
        if user.role == Role.BUYER:
            own = Buyer.objects.visible_to(user)
            return self.filter(Q(line__buyer__in=own) | Q(buyer__in=own))
        own = Enterprise.objects.visible_to(user)
        return self.filter(Q(line__enterprise__in=own) | Q(enterprise__in=own))


class AddendumChange(Record):
    """What one addendum does to one line of the scope; an empty price or volume stays as it was.

    A part that is added names its IKM, buyer and part while drafted, and from the signing on only its new line.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", _("Diubah")
        ADD = "add", _("Ditambah")
        END = "end", _("Diakhiri")

    addendum = models.ForeignKey(Addendum, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("perubahan"), max_length=6, choices=Kind)
    line = models.ForeignKey(
        ScopeLine, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="addendum_changes"
    )
    buyer = models.ForeignKey(
        Buyer, null=True, blank=True, on_delete=models.PROTECT, related_name="addendum_changes"
    )
    part_number = models.CharField(_("nomor part"), max_length=60, blank=True)
    part_name = models.CharField(_("nama part"), max_length=160, blank=True)
    unit_price = Money(_("harga acuan"), null=True, blank=True)
    monthly_volume = models.PositiveIntegerField(_("volume per bulan"), null=True, blank=True)

    objects = AddendumChangeQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("perubahan adendum")
        constraints = [
            models.UniqueConstraint(fields=["addendum", "line"], name="addendum_changes_a_line_once"),
            models.CheckConstraint(
                name="addendum_change_kind_is_known", condition=Q(kind__in=["change", "add", "end"])
            ),
            models.CheckConstraint(
                name="addendum_change_names_its_part",
                condition=Q(line__isnull=False, enterprise=None, buyer=None, part_name="")
                | Q(~Q(part_name=""), kind="add", line=None, enterprise__isnull=False, buyer__isnull=False),
            ),
            models.CheckConstraint(
                name="addendum_change_says_what",
                condition=Q(kind="end", unit_price=None, monthly_volume=None)
                | Q(kind="add", unit_price__isnull=False, monthly_volume__isnull=False)
                | (Q(kind="change") & (Q(unit_price__isnull=False) | Q(monthly_volume__isnull=False))),
            ),
            models.CheckConstraint(
                name="addendum_change_is_positive",
                condition=(Q(unit_price=None) | Q(unit_price__gt=0))
                & (Q(monthly_volume=None) | Q(monthly_volume__gt=0)),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.part}"

    @property
    def part(self) -> str:
        return self.line.part_name if self.line else self.part_name

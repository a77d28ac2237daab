"""Agreements (MoU) between many IKM and many firms, and what they promise (domain.md §6)."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.models import Organisation
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core import formats
from closedloop.core.models import Money, Record, new_code
from closedloop.workflow import Workflow
from participants.models import Enterprise
from partnerships.models.buyer import Buyer


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Agreements one is a party to, through one's enterprise or company; the programme sees all."""
        match user.role:
            case Role.BUYER:
                return self.filter(parties__buyer__in=Buyer.objects.visible_to(user)).distinct()
            case Role.OWNER | Role.VIEWER:
                return self.filter(parties__enterprise__in=Enterprise.objects.visible_to(user)).distinct()
        return self if user.may(Permission.AGREEMENT_VIEW) else self.none()

    def ending(self, today: date):
        """Those in force that end within 30 days."""
        return self.in_force().filter(ends_on__range=(today, today + timedelta(days=30)))

    def in_force(self):
        return self.filter(status=Agreement.Status.ACTIVE)

    def signed(self):
        """Those that bind: what a draft promises is not promised yet."""
        return self.exclude(status__in=Agreement.UNSIGNED)

    def in_force_between(self, first, last):
        """Those that ran on at least one day of the period and were not stopped since."""
        return self.filter(status__in=Agreement.RAN, starts_on__lte=last, ends_on__gte=first)

    def search(self, text: str):
        """Rows whose number, title, IKM, company or part holds the text."""
        text = " ".join(text.split())
        if not text:
            return self
        return self.filter(
            Q(number__icontains=text)
            | Q(title__icontains=text)
            | Q(parties__enterprise__name__icontains=text)
            | Q(parties__buyer__name__icontains=text)
            | Q(lines__part_name__icontains=text)
        ).distinct()


class Agreement(Workflow, Record):
    """A memorandum, contract or umbrella contract. `Perlu perhatian` is derived, not stored."""

    class Kind(models.TextChoices):
        MOU = "mou", _("Nota kesepahaman (NK)")
        CONTRACT = "contract", _("Perjanjian kerja sama (PKS)")
        UMBRELLA = "umbrella", _("Kontrak payung")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        IN_REVIEW = "in_review", _("Dalam peninjauan")
        SIGNED = "signed", _("Ditandatangani")
        ACTIVE = "active", _("Aktif")
        SUSPENDED = "suspended", _("Ditangguhkan")
        COMPLETED = "completed", _("Selesai")
        EXPIRED = "expired", _("Berakhir")
        EXTENDED = "extended", _("Diperpanjang")
        TERMINATED = "terminated", _("Dihentikan")

    TRANSITIONS = {
        Status.DRAFT: {Status.IN_REVIEW, Status.SIGNED},
        Status.IN_REVIEW: {Status.DRAFT, Status.SIGNED},
        Status.SIGNED: {Status.ACTIVE, Status.TERMINATED},
        Status.ACTIVE: {
            Status.SUSPENDED,
            Status.COMPLETED,
            Status.EXPIRED,
            Status.EXTENDED,
            Status.TERMINATED,
        },
        Status.SUSPENDED: {Status.ACTIVE, Status.TERMINATED},
        Status.COMPLETED: set(),
        Status.EXPIRED: set(),
        Status.EXTENDED: set(),
        Status.TERMINATED: set(),
    }
    UNSIGNED = (Status.DRAFT, Status.IN_REVIEW)
    RAN = (Status.ACTIVE, Status.COMPLETED, Status.EXPIRED, Status.EXTENDED)

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind, default=Kind.MOU)
    number = models.CharField(_("nomor"), max_length=80, unique=True)
    title = models.CharField(_("judul"), max_length=200)
    signed_on = models.DateField(_("tanggal tanda tangan"), null=True, blank=True)
    signed_at_place = models.CharField(_("tempat tanda tangan"), max_length=120, blank=True)
    starts_on = models.DateField(_("berlaku mulai"))
    ends_on = models.DateField(_("berlaku sampai"))
    max_ppm = models.PositiveIntegerField(_("ppm paling tinggi"), null=True, blank=True)
    min_on_time = models.DecimalField(
        _("ketepatan kirim paling rendah"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    payment_days = models.PositiveSmallIntegerField(_("syarat bayar (hari)"), null=True, blank=True)
    scan = models.FileField(_("pindaian bertanda tangan"), upload_to="agreements/%Y", blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    renews = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="renewals"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    status_reason = models.CharField(_("alasan"), max_length=300, blank=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = _("perjanjian")
        constraints = [
            models.CheckConstraint(
                name="agreement_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="agreement_is_signed_before_it_runs",
                condition=Q(status__in=["draft", "in_review"]) | Q(signed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_stops_with_a_reason",
                condition=~Q(status__in=["suspended", "terminated"]) | ~Q(status_reason=""),
            ),
            models.CheckConstraint(
                name="agreement_on_time_is_a_share",
                condition=Q(min_on_time=None) | Q(min_on_time__gte=0, min_on_time__lte=1),
            ),
            models.CheckConstraint(
                name="agreement_renews_another", condition=Q(renews=None) | ~Q(renews=F("id"))
            ),
            models.CheckConstraint(
                name="agreement_scan_has_its_hash",
                condition=Q(scan="", scan_sha256="") | (~Q(scan="") & ~Q(scan_sha256="")),
            ),
            models.CheckConstraint(
                name="agreement_kind_is_known", condition=Q(kind__in=["mou", "contract", "umbrella"])
            ),
            models.CheckConstraint(
                name="agreement_status_is_known",
                condition=Q(
                    status__in=[
                        "draft",
                        "in_review",
                        "signed",
                        "active",
                        "suspended",
                        "completed",
                        "expired",
                        "extended",
                        "terminated",
                    ]
                ),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("partnerships:agreement", args=[self.code])

    @property
    def is_editable(self) -> bool:
        """Whether parties and lines may still change."""
        return self.status == self.Status.DRAFT

    @property
    def is_signed(self) -> bool:
        return self.status not in self.UNSIGNED

    @property
    def has_run(self) -> bool:
        """Whether it runs or ran to its end, so that its promise can be held against what arrived."""
        return self.status in self.RAN


class AgreementParty(Record):
    """One signatory, facilitator or witness, with its own number for the same paper."""

    class Part(models.TextChoices):
        ENTERPRISE = "enterprise", "IKM"
        BUYER = "buyer", _("Pembeli")
        FACILITATOR = "facilitator", _("Pembina")
        WITNESS = "witness", _("Saksi")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    part = models.CharField(_("peran"), max_length=11, choices=Part)
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="agreement_parties"
    )
    buyer = models.ForeignKey(Buyer, null=True, blank=True, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="agreement_parties"
    )
    own_number = models.CharField(_("nomor pihak ini"), max_length=80, blank=True)
    signatory = models.CharField(_("penanda tangan"), max_length=120, blank=True)
    signatory_title = models.CharField(_("jabatan"), max_length=120, blank=True)

    class Meta:
        ordering = ["part", "created_at"]
        verbose_name = _("pihak")
        constraints = [
            models.CheckConstraint(
                name="agreement_party_is_exactly_one",
                condition=Q(part="enterprise", enterprise__isnull=False, buyer=None, organisation=None)
                | Q(part="buyer", buyer__isnull=False, enterprise=None, organisation=None)
                | Q(
                    part__in=["facilitator", "witness"],
                    organisation__isnull=False,
                    enterprise=None,
                    buyer=None,
                ),
            ),
            models.UniqueConstraint(
                fields=["agreement", "enterprise"],
                condition=Q(enterprise__isnull=False),
                name="enterprise_once_per_agreement",
            ),
            models.UniqueConstraint(
                fields=["agreement", "buyer"],
                condition=Q(buyer__isnull=False),
                name="buyer_once_per_agreement",
            ),
        ]

    def __str__(self):
        return str(self.enterprise or self.buyer or self.organisation)


class ScopeLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Lines of one's own company or IKM: in an agreement of many, nobody reads another's prices."""
        if not user.may(Permission.AGREEMENT_VIEW):
            return self.none()
        if user.role == Role.BUYER:
            return self.filter(buyer__in=Buyer.objects.visible_to(user))
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))


class ScopeLine(Record):
    """One part that one IKM makes for one buyer under an agreement, at a reference price."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="lines")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="scope_lines")
    buyer = models.ForeignKey(Buyer, on_delete=models.PROTECT, related_name="scope_lines")
    part_number = models.CharField(_("nomor part"), max_length=60, blank=True)
    part_name = models.CharField(_("nama part"), max_length=160)
    unit = models.CharField(_("satuan"), max_length=12, default="pcs")
    unit_price = Money(_("harga acuan"))

    objects = ScopeLineQuerySet.as_manager()

    class Meta:
        ordering = ["part_name"]
        verbose_name = _("ruang lingkup")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "enterprise", "buyer", "part_name"], name="scope_line_is_said_once"
            ),
            models.CheckConstraint(name="scope_line_price_is_positive", condition=Q(unit_price__gt=0)),
        ]

    def __str__(self):
        return self.part_name


class PromiseQuerySet(models.QuerySet):
    def counted(self):
        """Those that no addendum replaced: what is promised for each day, said once."""
        return self.filter(replaced_by=None)


class Promise(Record):
    """Value and volume promised (*dijanjikan*) for one line and the days of one quarter from `starts_on` to `ends_on`.

    Never overwritten: an addendum marks what it replaces and brings rows of its own for the days from its own on.
    """

    line = models.ForeignKey(ScopeLine, on_delete=models.CASCADE, related_name="promises")
    quarter_starts_on = models.DateField(_("triwulan"))
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"))
    volume = models.PositiveIntegerField(_("volume"))
    value = Money(_("nilai"))
    addendum = models.ForeignKey(
        "Addendum", null=True, blank=True, on_delete=models.PROTECT, related_name="promises"
    )
    replaced_by = models.ForeignKey(
        "Addendum", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_promises"
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        verbose_name = _("janji")
        constraints = [
            models.UniqueConstraint(
                fields=["line", "starts_on"],
                condition=Q(replaced_by=None),
                name="one_promise_per_quarter",
            ),
            models.CheckConstraint(
                name="promise_days_are_in_order",
                condition=Q(starts_on__gte=F("quarter_starts_on"), ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="promise_is_replaced_by_another",
                condition=Q(replaced_by=None) | Q(addendum=None) | ~Q(replaced_by=F("addendum")),
            ),
            models.CheckConstraint(
                name="promise_quarter_is_a_first_day",
                condition=Q(quarter_starts_on__day=1, quarter_starts_on__month__in=[1, 4, 7, 10]),
            ),
            models.CheckConstraint(name="promise_value_is_not_negative", condition=Q(value__gte=0)),
        ]

    def __str__(self):
        return f"{self.line} {formats.month_long(self.quarter_starts_on)}"

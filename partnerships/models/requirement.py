"""What a buyer needs made: one row per version, each line with what satisfies it (features.md E1)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core.models import Money, Record, new_code
from participants.models import Enterprise, Process
from partnerships.models.buyer import Buyer, BuyerContact


class RequirementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A buyer's own; to owners and mentors what is published and open to all or addressed to their IKM."""
        match user.role:
            case Role.BUYER:
                return self.filter(buyer__in=Buyer.objects.visible_to(user))
            case Role.OWNER | Role.MENTOR:
                known = self.published().filter(
                    Q(is_open=True) | Q(addressees__in=Enterprise.objects.visible_to(user))
                )
                return known.distinct()
        return self if user.may(Permission.BUYER_VIEW) else self.none()

    def priced_for(self, user):
        """Those whose target price this person may read: of one's own company, or addressed to one's own IKM."""
        rows = self.visible_to(user)
        if user.role == Role.OWNER:
            return rows.filter(addressees__in=Enterprise.objects.visible_to(user)).distinct()
        return rows.none() if user.role == Role.MENTOR else rows

    def published(self):
        return self.filter(published_at__isnull=False)

    def drafts(self):
        """Versions still being written; at most one of each code."""
        return self.filter(published_at=None)

    def current(self):
        """The version of each code that was published last."""
        later = Requirement.objects.published().filter(code=OuterRef("code"), version__gt=OuterRef("version"))
        return self.published().filter(~Exists(later))

    def wanted(self):
        """Current, and neither met nor withdrawn."""
        return self.current().filter(status=Requirement.Status.OPEN)

    def search(self, text: str):
        """Rows whose part, number, process, standard or company holds the text."""
        text = " ".join(text.split())
        if not text:
            return self
        return self.filter(
            Q(code__iexact=text)
            | Q(part_name__icontains=text)
            | Q(part_number__icontains=text)
            | Q(process__name__icontains=text)
            | Q(standard__icontains=text)
            | Q(buyer__name__icontains=text)
        )

    def with_parties(self):
        """Everything a row of a list shows, in two queries."""
        return self.select_related("buyer", "process", "contact").prefetch_related("lines")


class Requirement(Record):
    """A part or process a buyer needs made. The database refuses every change once it is published, but its end."""

    class Status(models.TextChoices):
        OPEN = "open", _("Dicari")
        MET = "met", _("Terpenuhi")
        WITHDRAWN = "withdrawn", _("Ditarik")

    class Per(models.TextChoices):
        MONTH = "month", _("per bulan")
        QUARTER = "quarter", _("per triwulan")
        YEAR = "year", _("per tahun")

    code = models.CharField(max_length=10, default=new_code, editable=False)
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    buyer = models.ForeignKey(Buyer, on_delete=models.PROTECT, related_name="requirements")
    contact = models.ForeignKey(
        BuyerContact,
        verbose_name=_("penanggung jawab"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
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
    volume = models.PositiveIntegerField(_("volume"))
    per = models.CharField(_("tiap"), max_length=7, choices=Per, default=Per.YEAR)
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
    evidence_months = models.PositiveSmallIntegerField(_("bukti berlaku (bulan)"), default=12)
    is_open = models.BooleanField(_("terlihat oleh semua IKM"), default=False)
    # not frozen: whom it is offered to is no part of what it asks
    addressees = models.ManyToManyField(
        Enterprise, verbose_name=_("ditujukan kepada"), blank=True, related_name="addressed_requirements"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN, editable=False)
    status_reason = models.CharField(_("alasan"), max_length=300, blank=True, editable=False)
    published_at = models.DateTimeField(_("diterbitkan"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    based_on = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    change_note = models.CharField(_("alasan perubahan"), max_length=300, blank=True, editable=False)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["buyer__name", "part_name", "-version"]
        verbose_name = _("kebutuhan pembeli")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="requirement_version_is_unique"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(published_at=None), name="one_draft_per_requirement"
            ),
            models.CheckConstraint(name="requirement_volume_is_positive", condition=Q(volume__gt=0)),
            models.CheckConstraint(
                name="requirement_period_is_known", condition=Q(per__in=["month", "quarter", "year"])
            ),
            models.CheckConstraint(
                name="requirement_price_is_positive", condition=Q(target_price=None) | Q(target_price__gt=0)
            ),
            models.CheckConstraint(
                name="requirement_on_time_is_a_share",
                condition=Q(min_on_time=None) | Q(min_on_time__gte=0, min_on_time__lte=1),
            ),
            models.CheckConstraint(
                name="requirement_evidence_counts_for_a_while",
                condition=Q(evidence_months__gte=1, evidence_months__lte=36),
            ),
            models.CheckConstraint(
                name="requirement_status_is_known", condition=Q(status__in=["open", "met", "withdrawn"])
            ),
            models.CheckConstraint(
                name="requirement_is_published_by_its_owner",
                condition=Q(published_at=None, published_by=None, status="open")
                | Q(published_at__isnull=False, contact__isnull=False),
            ),
            models.CheckConstraint(
                name="requirement_version_follows_another",
                condition=Q(version=1, based_on=None) | Q(version__gt=1, based_on__isnull=False),
            ),
            models.CheckConstraint(
                name="requirement_change_has_a_reason",
                condition=Q(published_at=None) | Q(based_on=None) | ~Q(change_note=""),
            ),
            models.CheckConstraint(
                name="requirement_is_withdrawn_for_a_reason",
                condition=~Q(status="withdrawn") | ~Q(status_reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.part_name}, {self.buyer}"

    def get_absolute_url(self):
        return reverse("partnerships:requirement_version", args=[self.code, self.version])

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def state(self) -> str:
        """The word of its badge: draft, or what became of it."""
        return str(_("Draf") if self.is_draft else self.get_status_display())

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return "" if self.is_draft else {"open": "todo", "met": "ok", "withdrawn": ""}[self.status]


class RequirementLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Lines of the requirements one may know of."""
        return self.filter(requirement__in=Requirement.objects.visible_to(user))

    def current(self):
        """Lines of the versions that count now, with their requirement."""
        rows = self.filter(requirement__in=Requirement.objects.current()).select_related("requirement")
        return rows.order_by("requirement__part_name", "order")


class RequirementLine(Record):
    """One thing asked, in the buyer's words, and what in the portal satisfies it: see partnerships.asks."""

    class Kind(models.TextChoices):
        CRITERION = "criterion", _("Butir penilaian")
        DOCUMENT = "document", _("Dokumen")
        CERTIFICATE = "certificate", _("Sertifikat lain")
        MACHINE = "machine", _("Mesin")
        MATERIAL = "material", _("Bahan")
        TOOL = "tool", _("Alat ukur")
        TOLERANCE = "tolerance", _("Ketelitian (mm)")

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField(_("urutan"), default=1)
    kind = models.CharField(_("dipenuhi oleh"), max_length=11, choices=Kind)
    text = models.CharField(_("yang diminta"), max_length=160)
    subject = models.CharField(_("rincian"), max_length=80, blank=True)
    threshold = models.DecimalField(_("batas"), max_digits=12, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=20, blank=True)

    objects = RequirementLineQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("baris kebutuhan")
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "kind", "subject"], name="requirement_line_is_asked_once"
            ),
            models.CheckConstraint(
                name="requirement_line_kind_is_known",
                condition=Q(
                    kind__in=[
                        "criterion",
                        "document",
                        "certificate",
                        "machine",
                        "material",
                        "tool",
                        "tolerance",
                    ]
                ),
            ),
            models.CheckConstraint(name="requirement_line_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="requirement_line_names_what_satisfies_it",
                condition=Q(kind="tolerance") | ~Q(subject=""),
            ),
            models.CheckConstraint(
                name="requirement_line_has_the_limit_of_its_kind",
                condition=Q(
                    kind__in=["criterion", "tolerance"], threshold__isnull=False, threshold__gte=0, unit=""
                )
                | Q(kind__in=["document", "certificate", "material"], threshold=None, unit="")
                | Q(kind="tool", unit="")
                | (
                    Q(kind="machine", threshold=None, unit="")
                    | (Q(kind="machine", threshold__gt=0) & ~Q(unit=""))
                ),
            ),
        ]

    def __str__(self):
        return self.text

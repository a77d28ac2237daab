"""What an enterprise can make: its machines, materials, measuring tools, and pictures of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models.enterprise import Enterprise, Process, Product
from participants.models.people import OfEnterpriseQuerySet


class Capability(Record):
    """How finely and how long an enterprise works. What nobody told is null, never zero.

    How much it makes in a month is a figure that is asked again, so it is an answer to an indicator.
    """

    enterprise = models.OneToOneField(Enterprise, on_delete=models.CASCADE, related_name="capability")
    tolerance_mm = models.DecimalField(
        _("toleransi tercapai (mm)"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    tolerance_note = models.CharField(_("pada pekerjaan apa"), max_length=120, blank=True)
    shift_count = models.PositiveSmallIntegerField(_("jumlah giliran kerja"), null=True, blank=True)
    hours_per_shift = models.PositiveSmallIntegerField(_("jam per giliran"), null=True, blank=True)
    days_per_week = models.PositiveSmallIntegerField(_("hari kerja seminggu"), null=True, blank=True)
    # when the owner or staff last said that the whole profile is right
    confirmed_on = models.DateField(_("terakhir dipastikan"), null=True, blank=True, editable=False)

    objects = OfEnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("kemampuan")
        constraints = [
            models.CheckConstraint(
                name="capability_tolerance_is_positive",
                condition=Q(tolerance_mm=None) | Q(tolerance_mm__gt=0),
            ),
            models.CheckConstraint(
                name="capability_shifts_fit_a_day",
                condition=(Q(shift_count=None) | Q(shift_count__gte=1, shift_count__lte=4))
                & (Q(hours_per_shift=None) | Q(hours_per_shift__gte=1, hours_per_shift__lte=24)),
            ),
            models.CheckConstraint(
                name="capability_days_fit_a_week",
                condition=Q(days_per_week=None) | Q(days_per_week__gte=1, days_per_week__lte=7),
            ),
        ]

    def __str__(self):
        return str(self.enterprise)


class Machine(Record):
    """A kind of machine, how many there are of it, and how much one can do."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="machines")
    process = models.ForeignKey(
        Process,
        verbose_name=_("proses"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="machines",
    )
    kind = models.CharField(_("jenis mesin"), max_length=80)
    brand = models.CharField(_("merek"), max_length=80, blank=True)
    count = models.PositiveSmallIntegerField(_("jumlah"), default=1)
    year = models.PositiveSmallIntegerField(_("tahun buat"), null=True, blank=True)
    capacity = models.DecimalField(
        _("kapasitas atau tonase"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    capacity_unit = models.CharField(_("satuan"), max_length=20, blank=True)

    objects = OfEnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "brand", "id"]
        verbose_name = _("mesin")
        constraints = [
            models.CheckConstraint(name="machine_has_a_kind", condition=~Q(kind="")),
            models.CheckConstraint(name="machine_is_there", condition=Q(count__gte=1)),
            models.CheckConstraint(
                name="machine_year_is_plausible", condition=Q(year=None) | Q(year__gte=1900, year__lte=2100)
            ),
            models.CheckConstraint(
                name="machine_capacity_has_its_unit",
                condition=Q(capacity=None, capacity_unit="") | (Q(capacity__gt=0) & ~Q(capacity_unit="")),
            ),
        ]

    def __str__(self):
        return " ".join(filter(None, [self.kind, self.brand]))


class Material(Record):
    """A material that the enterprise works."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="materials")
    name = models.CharField(_("bahan"), max_length=80)
    grade = models.CharField(_("mutu atau ukuran"), max_length=80, blank=True)

    objects = OfEnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("bahan")
        constraints = [
            models.CheckConstraint(name="material_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(
                fields=["enterprise", "name", "grade"], name="material_once_per_enterprise"
            ),
        ]

    def __str__(self):
        return " ".join(filter(None, [self.name, self.grade]))


class MeasuringTool(Record):
    """A measuring tool, how finely it reads, and until when its calibration holds."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="measuring_tools")
    name = models.CharField(_("alat ukur"), max_length=80)
    accuracy_mm = models.DecimalField(
        _("ketelitian (mm)"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    count = models.PositiveSmallIntegerField(_("jumlah"), default=1)
    calibrated_until = models.DateField(_("kalibrasi berlaku sampai"), null=True, blank=True)

    objects = OfEnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("alat ukur")
        constraints = [
            models.CheckConstraint(name="measuring_tool_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="measuring_tool_is_there", condition=Q(count__gte=1)),
            models.CheckConstraint(
                name="measuring_tool_accuracy_is_positive",
                condition=Q(accuracy_mm=None) | Q(accuracy_mm__gt=0),
            ),
        ]

    def __str__(self):
        return self.name


def photo_path(photo: "Photo", file_name: str) -> str:
    """Return where a photo is kept: under its own id, beside its small copy."""
    size = "kecil-" if file_name.startswith("kecil-") else ""
    return f"photos/{photo.created_at:%Y/%m}/{size}{photo.pk}.jpg"


class Photo(Record):
    """A picture of the workshop or a product, rebuilt from its pixels, with a small copy for lists."""

    class Subject(models.TextChoices):
        WORKSHOP = "workshop", _("Bengkel")
        PRODUCT = "product", _("Produk")
        MACHINE = "machine", _("Mesin")

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="photos")
    product = models.ForeignKey(
        Product,
        verbose_name=_("produk"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="photos",
    )
    subject = models.CharField(_("foto tentang"), max_length=8, choices=Subject)
    caption = models.CharField(_("keterangan"), max_length=120)
    order = models.PositiveSmallIntegerField(_("urutan"))
    file = models.ImageField(_("foto"), upload_to=photo_path, max_length=200)
    thumbnail = models.ImageField(_("foto kecil"), upload_to=photo_path, max_length=200)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OfEnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ["order", "created_at"]
        verbose_name = _("foto")
        constraints = [
            models.CheckConstraint(
                name="photo_subject_is_known", condition=Q(subject__in=["workshop", "product", "machine"])
            ),
            models.CheckConstraint(name="photo_says_what_it_shows", condition=~Q(caption="")),
            models.UniqueConstraint(fields=["enterprise", "sha256"], name="photo_once_per_enterprise"),
        ]

    def __str__(self):
        return self.caption

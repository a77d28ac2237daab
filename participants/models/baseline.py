"""The few figures an enterprise is asked for: what each means, which cohort asks which, what was answered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record, now
from participants.models.cohort import Cohort
from participants.models.enterprise import Enterprise
from participants.models.pins import CohortPin

# features.md A9: an owner is asked for ten figures, never for more
MOST_INDICATORS = 10


class Indicator(Record):
    """One figure. Its code keeps its meaning for ever; what it is called may change.

    `source` says where an exact answer is kept: a column of AnnualFigure, so that sales are stored once,
    or the answer itself.
    """

    class Unit(models.TextChoices):
        RUPIAH = "rupiah", "Rp"
        PEOPLE = "people", _("orang")
        PERCENT = "percent", "%"
        COUNT = "count", _("perusahaan")
        OWN = "own", _("satuan sendiri")

    class Source(models.TextChoices):
        ANSWER = "answer", _("Jawaban")
        ANNUAL_SALES = "annual_sales", _("Angka tahunan: hasil penjualan")
        EMPLOYEE_COUNT = "employee_count", _("Angka tahunan: jumlah karyawan")

    code = models.SlugField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("nama"), max_length=80)
    name_en = models.CharField(_("nama (Inggris)"), max_length=80)
    question = models.CharField(_("pertanyaan"), max_length=200)
    question_en = models.CharField(_("pertanyaan (Inggris)"), max_length=200)
    unit = models.CharField(_("satuan"), max_length=8, choices=Unit)
    source = models.CharField(_("disimpan di"), max_length=16, choices=Source, default=Source.ANSWER)
    is_better_lower = models.BooleanField(_("makin kecil makin baik"), default=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("indikator")
        constraints = [
            models.CheckConstraint(
                name="indicator_unit_is_known",
                condition=Q(unit__in=["rupiah", "people", "percent", "count", "own"]),
            ),
            models.CheckConstraint(
                name="indicator_source_is_known",
                condition=Q(source__in=["answer", "annual_sales", "employee_count"]),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        return self.name_en if get_language() == "en" else self.name

    @property
    def asked(self) -> str:
        """The question as it is put to the owner."""
        return self.question_en if get_language() == "en" else self.question

    @property
    def is_money(self) -> bool:
        return self.unit == self.Unit.RUPIAH


class IndicatorSet(Record):
    """One version of which figures are asked for. Frozen once published; a change is a new version."""

    code = models.SlugField(_("kode"), max_length=20)
    version = models.PositiveSmallIntegerField(_("versi"))
    name = models.CharField(_("nama"), max_length=120)
    published_at = models.DateTimeField(_("diterbitkan"), null=True, blank=True)

    class Meta:
        ordering = ["code", "-version"]
        verbose_name = _("set indikator")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="indicator_set_version_is_unique")
        ]

    def __str__(self):
        return f"{self.name} v{self.version}"


class IndicatorLine(Record):
    """One figure of a set: how often it is asked, and about which time."""

    class Frequency(models.TextChoices):
        YEARLY = "yearly", _("Setahun sekali")
        QUARTERLY = "quarterly", _("Setiap triwulan")

    class About(models.TextChoices):
        PRESENT = "present", _("Masa ini")
        PAST = "past", _("Masa yang baru lewat")

    indicator_set = models.ForeignKey(IndicatorSet, on_delete=models.CASCADE, related_name="lines")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="lines")
    order = models.PositiveSmallIntegerField(_("urutan"))
    frequency = models.CharField(_("ditanyakan"), max_length=9, choices=Frequency)
    about = models.CharField(_("tentang"), max_length=7, choices=About)
    allows_range = models.BooleanField(_("boleh kisaran pada awal"), default=False)

    class Meta:
        ordering = ["order"]
        verbose_name = _("baris indikator")
        constraints = [
            models.UniqueConstraint(fields=["indicator_set", "indicator"], name="indicator_once_per_set"),
            models.UniqueConstraint(fields=["indicator_set", "order"], name="indicator_place_once_per_set"),
            # with one figure per place, ten places are at most ten figures
            models.CheckConstraint(
                name="indicator_set_has_at_most_ten", condition=Q(order__gte=1, order__lte=MOST_INDICATORS)
            ),
            models.CheckConstraint(
                name="indicator_frequency_is_known", condition=Q(frequency__in=["yearly", "quarterly"])
            ),
            models.CheckConstraint(
                name="indicator_time_is_known", condition=Q(about__in=["present", "past"])
            ),
        ]

    def __str__(self):
        return f"{self.indicator_set}: {self.indicator}"


class CohortIndicators(CohortPin):
    """The indicator set a cohort started with."""

    PINS = _("indikator")

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="indicator_pin")
    indicator_set = models.ForeignKey(IndicatorSet, on_delete=models.PROTECT, related_name="cohort_pins")

    class Meta:
        verbose_name = _("indikator angkatan")

    def __str__(self):
        return f"{self.cohort}: {self.indicator_set}"


class IndicatorAnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Answers of the enterprises one may know of; buyers know of none."""
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))


class IndicatorAnswer(Record):
    """What an enterprise said of one figure for one time: a value, a range, or that it does not know.

    `quarter` is 0 for a whole year. `unit` is the enterprise's own where the indicator leaves it open.
    """

    class Channel(models.TextChoices):
        OWNER = "owner", _("Diisi pemilik")
        ON_BEHALF = "on_behalf", _("Diisikan petugas atau mentor")

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="indicator_answers")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="answers")
    year = models.PositiveSmallIntegerField(_("tahun"))
    quarter = models.PositiveSmallIntegerField(_("triwulan"), default=0)
    value = models.DecimalField(_("nilai"), max_digits=17, decimal_places=2, null=True, blank=True)
    low = models.DecimalField(_("paling sedikit"), max_digits=17, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("paling banyak"), max_digits=17, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=20, blank=True)
    is_unknown = models.BooleanField(_("tidak tahu"), default=False)
    is_baseline = models.BooleanField(_("angka awal"), default=False)
    channel = models.CharField(_("saluran"), max_length=9, choices=Channel)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(_("dicatat"), default=now)

    objects = IndicatorAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-quarter"]
        verbose_name = _("jawaban indikator")
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "indicator", "year", "quarter"], name="one_answer_per_time"
            ),
            models.UniqueConstraint(
                fields=["enterprise", "indicator"],
                condition=Q(is_baseline=True),
                name="one_baseline_answer_per_indicator",
            ),
            models.CheckConstraint(
                name="answer_is_a_value_a_range_or_unknown",
                condition=Q(is_unknown=True, value=None, low=None, high=None)
                | Q(is_unknown=False, value__isnull=False, low=None, high=None)
                | Q(is_unknown=False, value=None, low__isnull=False, high__isnull=False),
            ),
            models.CheckConstraint(
                name="answer_is_not_negative",
                condition=(Q(value=None) | Q(value__gte=0)) & (Q(low=None) | Q(low__gte=0)),
            ),
            models.CheckConstraint(
                name="answer_range_is_in_order", condition=Q(low=None) | Q(high__gte=F("low"))
            ),
            models.CheckConstraint(
                name="answer_is_about_a_plausible_time",
                condition=Q(year__gte=1990, year__lte=2100, quarter__gte=0, quarter__lte=4),
            ),
            models.CheckConstraint(
                name="answer_channel_is_known", condition=Q(channel__in=["owner", "on_behalf"])
            ),
        ]

    def __str__(self):
        return f"{self.enterprise}: {self.indicator} {self.year}"

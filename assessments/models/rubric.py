"""What is assessed and what a class asks for: data with a version, pinned per cohort (domain.md §5.3)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessments.models.versions import WHOLE_PUBLICATION, Version
from closedloop.core.models import Record
from participants.models import ClassLevel, Cohort, CohortPin


class Rubric(Version):
    """One version of dimensions and criteria."""

    scale_max = models.PositiveSmallIntegerField(_("skala tertinggi"), default=4)
    # proposed for dimensions filled per area: [{"code", "name", "name_en", "is_default"}]
    area_kinds = models.JSONField(_("jenis area"), default=list, blank=True)

    class Meta(Version.Meta):
        verbose_name = _("rubrik")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(published_at=None), name="one_draft_per_rubric"
            ),
            models.CheckConstraint(name="rubric_publication_is_whole", condition=WHOLE_PUBLICATION),
            models.UniqueConstraint(fields=["code", "version"], name="rubric_version_is_unique"),
            models.CheckConstraint(name="rubric_scale_is_positive", condition=Q(scale_max__gte=1)),
        ]

    def get_absolute_url(self):
        return reverse("assessments:rubric", args=[self.code, self.version])


class Dimension(Record):
    """One field of the rubric with its weight in percent; the weights of a rubric total 100."""

    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="dimensions")
    code = models.CharField(_("kode"), max_length=6)
    name = models.CharField(_("bidang"), max_length=120)
    name_en = models.CharField(_("bidang (Inggris)"), max_length=120)
    weight = models.DecimalField(_("bobot"), max_digits=5, decimal_places=2)
    photo_scores = models.JSONField(_("nilai yang wajib berfoto"), default=list, blank=True)
    is_per_area = models.BooleanField(_("diisi per area"), default=False)
    # words for scores, lowest first: [{"from": 50, "name", "name_en"}]
    bands = models.JSONField(_("sebutan nilai"), default=list, blank=True)
    pass_score = models.DecimalField(_("nilai lulus"), max_digits=5, decimal_places=2, null=True, blank=True)
    evidence_scores = models.JSONField(_("nilai yang wajib berbukti"), default=list, blank=True)
    # days before the visit, by kind of evidence; a kind that is not named may be of any age
    evidence_max_age_days = models.JSONField(_("umur bukti paling lama (hari)"), default=dict, blank=True)
    order = models.PositiveSmallIntegerField(_("urutan"))

    class Meta:
        ordering = ["order"]
        verbose_name = _("bidang")
        constraints = [
            models.UniqueConstraint(fields=["rubric", "code"], name="dimension_code_once_per_rubric"),
            models.CheckConstraint(
                name="dimension_weight_is_a_percentage", condition=Q(weight__gt=0, weight__lte=100)
            ),
            models.CheckConstraint(
                name="dimension_pass_score_is_a_percentage",
                condition=Q(pass_score=None) | Q(pass_score__gte=0, pass_score__lte=100),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class Criterion(Record):
    """One check item. A critical one scored 0 or 1 raises a critical finding.

    `anchors` says what each score means, from 0 up. `english` holds group, evidence_hint, threshold and anchors
    in English; what it lacks is shown in Indonesian.
    """

    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="criteria")
    code = models.CharField(_("kode"), max_length=8)
    group = models.CharField(_("kelompok"), max_length=60, blank=True)
    text = models.CharField(_("butir"), max_length=300)
    text_en = models.CharField(_("butir (Inggris)"), max_length=300, blank=True)
    evidence_hint = models.CharField(_("bukti"), max_length=200, blank=True)
    threshold = models.CharField(_("ambang"), max_length=120, blank=True)
    anchors = models.JSONField(_("arti tiap nilai"), default=list)
    english = models.JSONField(_("kata Inggris"), default=dict, blank=True)
    is_critical = models.BooleanField(_("kritis"), default=False)
    is_yes_no = models.BooleanField(_("ya/tidak"), default=False)
    weight = models.DecimalField(_("bobot"), max_digits=5, decimal_places=2, default=1)
    order = models.PositiveSmallIntegerField(_("urutan"))

    class Meta:
        ordering = ["dimension__order", "order"]
        verbose_name = _("butir")
        verbose_name_plural = _("butir")
        constraints = [
            models.UniqueConstraint(fields=["dimension", "code"], name="criterion_code_once_per_dimension"),
            models.CheckConstraint(name="criterion_weight_is_positive", condition=Q(weight__gt=0)),
        ]

    def __str__(self):
        return f"{self.code} {self.text}"

    @property
    def title(self) -> str:
        """The item's text; Indonesian where no English was written."""
        return (self.text_en or self.text) if get_language() == "en" else self.text

    @property
    def group_title(self) -> str:
        return self.in_language("group")

    @property
    def hint(self) -> str:
        return self.in_language("evidence_hint")

    @property
    def threshold_title(self) -> str:
        return self.in_language("threshold")

    @property
    def meanings(self) -> list[tuple[int, str]]:
        """The scores that may be given, lowest first, each with what it means."""
        return [(value, words) for value, words in enumerate(self.in_language("anchors")) if words]

    @property
    def scores_allowed(self) -> list[int]:
        return [value for value, _words in self.meanings]

    def in_language(self, name: str):
        return (get_language() == "en" and self.english.get(name)) or getattr(self, name)


class ClassScheme(Version):
    """One version of what each class asks for; labelled *contoh* until the programme sets its own."""

    is_example = models.BooleanField(_("contoh"), default=True)

    class Meta(Version.Meta):
        verbose_name = _("syarat kelas")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(published_at=None), name="one_draft_per_class_scheme"
            ),
            models.CheckConstraint(name="class_scheme_publication_is_whole", condition=WHOLE_PUBLICATION),
            models.UniqueConstraint(fields=["code", "version"], name="class_scheme_version_is_unique"),
        ]

    def get_absolute_url(self):
        return reverse("assessments:class_scheme", args=[self.code, self.version])


class ClassRequirement(Record):
    """One entry criterion of one class; all of a class must hold."""

    class Measure(models.TextChoices):
        OVERALL = "overall", _("Nilai total")
        EVERY_DIMENSION = "every_dimension", _("Setiap bidang")
        EVERY_AREA = "every_area", _("Setiap area")
        DIMENSION = "dimension", _("Nilai bidang")
        MODULE_PASSED = "module_passed", _("Modul lulus")
        CRITICAL_FINDINGS = "critical_findings", _("Temuan kritis terbuka")
        DOCUMENT = "document", _("Dokumen berlaku")
        ON_TIME = "on_time", _("Ketepatan kirim")
        REJECT_PPM = "reject_ppm", _("Tingkat cacat (ppm)")
        ACTIVE_AGREEMENT = "active_agreement", _("MoU aktif")
        CRITERION = "criterion", _("Nilai butir")
        REALISATION = "realisation", _("Realisasi MoU (diterima baik)")
        BUYERS = "buyers", _("Pembeli")

    scheme = models.ForeignKey(ClassScheme, on_delete=models.PROTECT, related_name="requirements")
    level = models.PositiveSmallIntegerField(_("kelas"), choices=ClassLevel)
    measure = models.CharField(_("ukuran"), max_length=20, choices=Measure)
    subject = models.CharField(_("kode bidang, butir, modul, atau dokumen"), max_length=20, blank=True)
    threshold = models.DecimalField(_("ambang"), max_digits=12, decimal_places=3, null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("bulan berturut-turut"), null=True, blank=True)
    max_age_days = models.PositiveSmallIntegerField(
        _("umur temuan paling lama (hari)"), null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(_("urutan"))

    class Meta:
        ordering = ["level", "order"]
        verbose_name = _("syarat")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "level", "measure", "subject"], name="class_requirement_is_said_once"
            ),
            models.CheckConstraint(
                name="class_requirement_level_is_known", condition=Q(level__in=ClassLevel.values)
            ),
            models.CheckConstraint(
                name="class_requirement_measure_is_known",
                condition=Q(
                    measure__in=[
                        "overall",
                        "every_dimension",
                        "every_area",
                        "dimension",
                        "module_passed",
                        "critical_findings",
                        "document",
                        "on_time",
                        "reject_ppm",
                        "active_agreement",
                        "criterion",
                        "realisation",
                        "buyers",
                    ]
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_level_display()}: {self.get_measure_display()} {self.subject}".strip()


class CohortRubric(CohortPin):
    """The rubric and class scheme a cohort started with."""

    PINS = _("rubrik dan syarat kelas")

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="rubric_pin")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="cohort_pins")
    scheme = models.ForeignKey(ClassScheme, on_delete=models.PROTECT, related_name="cohort_pins")

    class Meta:
        verbose_name = _("rubrik angkatan")

    def __str__(self):
        return f"{self.cohort}: {self.rubric}"

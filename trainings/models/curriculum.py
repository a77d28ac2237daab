"""What is taught: versioned, and pinned by each cohort so that a later edit rewrites no past."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models import Cohort, CohortPin


class CurriculumQuerySet(models.QuerySet):
    def published(self):
        """Versions a cohort may follow."""
        return self.filter(published_at__isnull=False)

    def drafts(self):
        """Versions still being edited; at most one of each curriculum."""
        return self.filter(published_at=None)


class Curriculum(Record):
    """One version of the modules. Once published it is never edited; a change is a new version."""

    code = models.SlugField(_("kode"), max_length=20)
    version = models.PositiveSmallIntegerField(_("versi"))
    name = models.CharField(_("nama"), max_length=120)
    published_at = models.DateTimeField(_("diterbitkan"), null=True, blank=True)
    based_on = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    change_note = models.CharField(_("alasan perubahan"), max_length=300, blank=True)

    objects = CurriculumQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-version"]
        verbose_name = _("kurikulum")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(published_at=None), name="one_draft_per_curriculum"
            ),
            models.UniqueConstraint(fields=["code", "version"], name="curriculum_version_is_unique"),
            models.CheckConstraint(name="curriculum_version_is_positive", condition=Q(version__gte=1)),
        ]

    def __str__(self):
        return f"{self.name} v{self.version}"

    def get_absolute_url(self):
        return reverse("trainings:curriculum", args=[self.code, self.version])

    @property
    def is_draft(self) -> bool:
        return self.published_at is None


class Module(Record):
    """One subject, its lesson hours (JP, 45 minutes) and what it takes to pass it (domain.md §1.6)."""

    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="modules")
    code = models.CharField(_("kode"), max_length=6)
    name = models.CharField(_("nama"), max_length=120)
    name_en = models.CharField(_("nama (Inggris)"), max_length=120)
    order = models.PositiveSmallIntegerField(_("urutan"))
    lesson_hours = models.PositiveSmallIntegerField(_("jam pelajaran (JP)"))
    visits = models.PositiveSmallIntegerField(_("kunjungan"), default=0)
    # what one can do afterwards, one a line
    outcomes = models.TextField(_("capaian belajar"), max_length=2000, blank=True)
    outcomes_en = models.TextField(_("capaian belajar (Inggris)"), max_length=2000, blank=True)
    prerequisite = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    needed_for_supply = models.BooleanField(_("wajib untuk pasok"), default=True)
    owner_must_attend = models.BooleanField(_("pemilik wajib hadir"), default=False)
    # whether passing also asks for a factory action checked at the IKM; versions of before do not ask
    action_required = models.BooleanField(_("aksi pabrik wajib"), default=False)
    min_attendance = models.DecimalField(
        _("kehadiran paling sedikit"), max_digits=4, decimal_places=3, default=Decimal("0.8")
    )
    pass_mark = models.DecimalField(
        _("nilai tes paling rendah"), max_digits=5, decimal_places=2, default=Decimal(70)
    )

    class Meta:
        ordering = ["order"]
        verbose_name = _("modul")
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "code"], name="module_code_once_per_curriculum"),
            models.CheckConstraint(name="module_has_hours", condition=Q(lesson_hours__gt=0)),
            models.CheckConstraint(
                name="module_attendance_is_a_share", condition=Q(min_attendance__gte=0, min_attendance__lte=1)
            ),
            models.CheckConstraint(
                name="module_pass_mark_is_a_mark", condition=Q(pass_mark__gte=0, pass_mark__lte=100)
            ),
            models.CheckConstraint(
                name="module_is_not_its_own_prerequisite",
                condition=Q(prerequisite=None) | ~Q(prerequisite=F("id")),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        """The module's name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name

    @property
    def outcome_list(self) -> list[str]:
        """What one can do after the module, in the reader's language."""
        return (self.outcomes_en if get_language() == "en" else self.outcomes).splitlines()

    @property
    def heading(self) -> str:
        """Code and name, without saying "5R · 5R: …"."""
        return self.title if self.title.startswith(self.code) else f"{self.code} · {self.title}"


class CohortCurriculum(CohortPin):
    """The curriculum version a cohort started with."""

    PINS = _("kurikulum")

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="curriculum_pin")
    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="cohort_pins")

    class Meta:
        verbose_name = _("kurikulum angkatan")

    def __str__(self):
        return f"{self.cohort}: {self.curriculum}"

"""One filled rubric, with a score and evidence per criterion."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.area import Area
from assessments.models.rubric import Criterion, Rubric
from closedloop.accounts.roles import Role
from closedloop.core.models import Record, new_code
from closedloop.workflow import Workflow
from participants.models import Enrolment, Enterprise


def count_of(rows, group: str):
    """Return the number of rows as a subquery; `group` is what ties them to the outer row."""
    return Coalesce(Subquery(rows.order_by().values(group).annotate(n=Count("*")).values("n")), 0)


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Assessments of the enterprises one may know of.

        An owner sees only what is official, and their own; nobody else sees an owner's unfinished one.
        """
        rows = self.filter(enterprise__in=Enterprise.objects.visible_to(user))
        if user.role == Role.OWNER:
            return rows.filter(Q(status=Assessment.Status.APPROVED) | Q(kind=Assessment.Kind.SELF))
        rows = rows.exclude(kind=Assessment.Kind.SELF, status=Assessment.Status.DRAFT)
        return rows.not_blind_to(user) if user.role == Role.ASSESSOR else rows

    def not_blind_to(self, user):
        """Leave out what waits for a second assessor's own look, but for its assessor and its reviewer.

        Any other assessor may become the second, who must not know what the first said.
        """
        is_open = Q(second__isnull=True) | Q(second__status__in=["handed_in", "settled"])
        return self.filter(is_open | Q(assessor=user) | Q(reviewed_by=user))

    def approved(self):
        return self.filter(status=Assessment.Status.APPROVED)

    def official(self):
        """Approved, made by an assessor or mentor and not by the owner, and not replaced by an approved correction."""
        corrected = Assessment.objects.filter(supersedes=OuterRef("pk"), status=Assessment.Status.APPROVED)
        return self.approved().exclude(kind=Assessment.Kind.SELF).filter(~Exists(corrected))

    def writable(self):
        return self.filter(status__in=Assessment.WRITABLE)

    def awaiting_review(self):
        """Handed in for a review; an owner's own rating is handed in and stays so."""
        waiting = [Assessment.Status.SUBMITTED, Assessment.Status.IN_REVIEW]
        return self.filter(status__in=waiting).exclude(kind=Assessment.Kind.SELF)

    def unfinished(self):
        """Neither approved nor, for an owner's own rating, handed in."""
        ended = Q(status=Assessment.Status.APPROVED) | Q(
            kind=Assessment.Kind.SELF, status=Assessment.Status.SUBMITTED
        )
        return self.exclude(ended)

    def self_rated(self):
        """Owners' own ratings that were handed in."""
        return self.filter(kind=Assessment.Kind.SELF, status=Assessment.Status.SUBMITTED)

    def with_counts(self):
        """Add `scored` and `asked`: items scored, of the items of the rubric; those per area once for each area."""
        scored = Score.objects.filter(assessment=OuterRef("pk"))
        areas = Area.objects.filter(assessment=OuterRef("pk"))
        items = Criterion.objects.filter(dimension__rubric=OuterRef("rubric"))
        per_area = items.filter(dimension__is_per_area=True)
        return self.annotate(
            scored=count_of(scored, "assessment"),
            asked=count_of(items.filter(dimension__is_per_area=False), "dimension__rubric")
            + count_of(per_area, "dimension__rubric") * Greatest(count_of(areas, "assessment"), 1),
        )

    def for_lists(self):
        """Everything a line of a list shows, in one query."""
        return self.select_related("enterprise", "enrolment__cohort", "assessor").with_counts()


class Assessment(Workflow, Record):
    """A visit's scores on one rubric version. Approved ones never change; a correction is a new version."""

    class Kind(models.TextChoices):
        BASELINE = "baseline", _("Asesmen awal")
        MIDYEAR = "midyear", _("Asesmen tengah")
        FINAL = "final", _("Asesmen akhir")
        SELF = "self", _("Penilaian mandiri")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Diajukan")
        IN_REVIEW = "in_review", _("Ditinjau")
        RETURNED = "returned", _("Dikembalikan")
        APPROVED = "approved", _("Disetujui")

    TRANSITIONS = {
        Status.DRAFT: {Status.SUBMITTED},
        Status.SUBMITTED: {Status.IN_REVIEW, Status.APPROVED, Status.RETURNED},
        Status.IN_REVIEW: {Status.APPROVED, Status.RETURNED},
        Status.RETURNED: {Status.SUBMITTED},
        Status.APPROVED: set(),
    }
    WRITABLE = (Status.DRAFT, Status.RETURNED)

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="assessments")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="assessments")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="assessments")
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind)
    visited_on = models.DateField(_("tanggal kunjungan"))
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("penilai"), on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT, editable=False)
    recommendation = models.TextField(_("rekomendasi"), blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    return_reason = models.TextField(_("alasan pengembalian"), blank=True, editable=False)
    overall = models.DecimalField(
        _("nilai total"), max_digits=20, decimal_places=16, null=True, blank=True, editable=False
    )
    dimension_scores = models.JSONField(default=dict, blank=True, editable=False)
    # frozen with the rest: [{"dimension": "5R", "area": "Produksi", "weight": "1.00", "score": "76.00…"}] in order
    area_scores = models.JSONField(default=list, blank=True, editable=False)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="superseded_by"
    )
    correction_reason = models.TextField(_("alasan koreksi"), blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-visited_on", "-created_at"]
        verbose_name = _("penilaian")
        constraints = [
            models.CheckConstraint(
                name="assessment_approval_is_whole",
                condition=Q(
                    status="approved",
                    approved_at__isnull=False,
                    reviewed_by__isnull=False,
                    overall__isnull=False,
                )
                | (~Q(status="approved") & Q(approved_at=None, overall=None)),
            ),
            models.CheckConstraint(
                name="assessment_reviewer_is_not_its_assessor",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("assessor")),
            ),
            models.CheckConstraint(
                name="assessment_overall_is_between_0_and_100",
                condition=Q(overall=None) | Q(overall__gte=0, overall__lte=100),
            ),
            models.CheckConstraint(
                name="assessment_submission_has_its_time",
                condition=Q(status="draft") | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assessment_return_has_a_reason", condition=~Q(status="returned") | ~Q(return_reason="")
            ),
            models.UniqueConstraint(
                fields=["enrolment", "kind", "assessor"],
                condition=~Q(status="approved") & ~Q(kind="self", status="submitted") & Q(supersedes=None),
                name="one_open_assessment_per_kind_and_assessor",
            ),
            models.CheckConstraint(
                name="assessment_correction_has_its_reason",
                condition=Q(supersedes=None, correction_reason="")
                | (Q(supersedes__isnull=False) & ~Q(correction_reason="") & ~Q(supersedes=F("id"))),
            ),
            models.CheckConstraint(
                name="assessment_status_is_known",
                condition=Q(status__in=["draft", "submitted", "in_review", "returned", "approved"]),
            ),
            models.CheckConstraint(
                name="assessment_kind_is_known",
                condition=Q(kind__in=["baseline", "midyear", "final", "self"]),
            ),
            models.CheckConstraint(
                name="self_assessment_is_nobodys_to_approve",
                condition=~Q(kind="self") | Q(status__in=["draft", "submitted"], reviewed_by=None),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.enterprise}"

    def get_absolute_url(self):
        return reverse("assessments:detail", args=[self.code])

    @property
    def counts(self) -> bool:
        """Whether it is official today: approved, and no approved correction has taken its place."""
        return Assessment.objects.official().filter(pk=self.pk).exists()

    @property
    def is_writable(self) -> bool:
        return self.status in self.WRITABLE

    def is_written_by(self, user) -> bool:
        """Whether this person may change the scores now: only its own assessor, only before submission."""
        return self.is_writable and self.assessor_id == user.pk


class Score(Record):
    """The score of one criterion. No row means not yet scored, which is neither 0 nor N/A.

    `area` says where, for the items of a dimension that is filled per area; None for all others.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.CASCADE, related_name="scores")
    value = models.PositiveSmallIntegerField(
        _("nilai"), null=True, blank=True, validators=[MaxValueValidator(4)]
    )
    not_applicable = models.BooleanField(_("tidak berlaku"), default=False)
    note = models.TextField(_("catatan"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["criterion__dimension__order", "criterion__order"]
        verbose_name = _("nilai butir")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion", "area"],
                nulls_distinct=False,
                name="one_score_per_criterion",
            ),
            models.CheckConstraint(
                name="score_is_a_value_or_not_applicable",
                condition=Q(value__isnull=False, not_applicable=False) | Q(value=None, not_applicable=True),
            ),
            models.CheckConstraint(
                name="score_is_on_the_scale", condition=Q(value=None) | Q(value__gte=0, value__lte=4)
            ),
            models.CheckConstraint(
                name="not_applicable_needs_a_reason", condition=Q(not_applicable=False) | ~Q(note="")
            ),
        ]

    def __str__(self):
        return f"{self.criterion.code}: {'N/A' if self.not_applicable else self.value}"


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What backs the assessments one may know of, and those one looks at as the second assessor."""
        seen = Q(assessment__in=Assessment.objects.visible_to(user))
        return self.filter(seen | Q(assessment__second__assessor=user))

    def photos(self):
        return self.filter(kind=Evidence.Kind.PHOTO)


class Evidence(Record):
    """What backs a score: a photo rebuilt from its pixels, a document, a measurement, a visit note."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Foto")
        DOCUMENT = "document", _("Dokumen")
        MEASUREMENT = "measurement", _("Pengukuran")
        NOTE = "note", _("Catatan kunjungan")

    class Basis(models.TextChoices):
        """Seen at the workplace, or read in a paper: supplier audits tell them apart (domain.md §4.1)."""

        GENBA = "genba", _("Genba")
        DOCUMENT = "dokumen", _("Dokumen")

    PHOTOS_PER_CRITERION = 8

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="evidence")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="evidence")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind, default=Kind.PHOTO)
    file = models.FileField(_("berkas"), upload_to="evidence/%Y/%m", blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    caption = models.CharField(_("keterangan"), max_length=200, blank=True)
    taken_on = models.DateField(_("tanggal bukti"))
    basis = models.CharField(_("dasar"), max_length=8, choices=Basis, default=Basis.GENBA)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    value = models.DecimalField(_("hasil ukur"), max_digits=14, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=20, blank=True)
    instrument = models.CharField(_("alat ukur"), max_length=80, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("bukti")
        verbose_name_plural = _("bukti")
        constraints = [
            models.CheckConstraint(
                name="evidence_is_a_file_with_its_hash_or_a_text",
                condition=(~Q(file="") & ~Q(sha256="")) | (Q(file="", sha256="") & ~Q(caption="")),
            ),
            models.UniqueConstraint(
                fields=["assessment", "criterion", "area", "sha256"],
                condition=~Q(sha256=""),
                nulls_distinct=False,
                name="evidence_file_once_per_criterion",
            ),
            models.CheckConstraint(
                name="evidence_kind_is_known",
                condition=Q(kind__in=["photo", "document", "measurement", "note"]),
            ),
            models.CheckConstraint(
                name="evidence_basis_is_known", condition=Q(basis__in=["genba", "dokumen"])
            ),
            models.CheckConstraint(
                name="measurement_has_its_figure_and_unit",
                condition=(Q(kind="measurement", value__isnull=False) & ~Q(unit=""))
                | (~Q(kind="measurement") & Q(value=None, unit="", instrument="")),
            ),
            models.CheckConstraint(
                name="evidence_expires_after_its_day",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("taken_on")),
            ),
        ]

    def __str__(self):
        return f"{self.criterion.code}: {self.get_kind_display()}"

    @property
    def url(self) -> str:
        return reverse("assessments:evidence", args=[self.pk])

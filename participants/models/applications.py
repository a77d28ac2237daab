"""Enterprises that apply themselves, and what two reviewers think of each."""

from typing import cast

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.core.identifiers import masked
from closedloop.core.models import Money, Record, new_code
from closedloop.workflow import Workflow
from participants.models.cohort import Cohort
from participants.models.enterprise import Enterprise, LegalForm
from participants.models.selection import SelectionForm
from participants.selection import (
    REVIEWERS,
    Advice,
    Candidate,
    Dispute,
    Opinion,
    Place,
    agreed,
    average,
    disputes,
    shortlist,
    total,
)

SIGNER = Signer(salt="participants.application", sep=".")


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sent applications: all for those who run the selection, to a reviewer those they are asked about."""
        sent = self.exclude(status=Application.Status.DRAFT)
        if user.may(Permission.APPLICATION_VIEW):
            return sent
        if user.may(Permission.APPLICATION_REVIEW):
            return sent.filter(reviews__reviewer=user)
        return self.none()

    def with_token(self, token: str):
        """The one application that the link belongs to, or none."""
        try:
            return self.filter(code=SIGNER.unsign(token))
        except BadSignature:
            return self.none()

    def undecided(self):
        """Those that wait for a reviewer or for the lead."""
        return self.filter(status__in=[Application.Status.SUBMITTED, Application.Status.IN_REVIEW])

    def judged(self):
        """Those that both reviewers have filed and the lead has not decided."""
        return self.with_filed_count().filter(status=Application.Status.IN_REVIEW, filed_count=REVIEWERS)

    def with_filed_count(self):
        """Each with `seat_count`, its reviewers, and `filed_count`, those of them who have filed."""
        filed = Q(reviews__filed_at__isnull=False)
        return self.annotate(
            seat_count=models.Count("reviews"), filed_count=models.Count("reviews", filter=filed)
        )


class Application(Workflow, Record):
    """What an enterprise wrote of itself on the public form. Accepted, its id becomes the enterprise's."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Diterima")
        IN_REVIEW = "in_review", _("Dinilai")
        WAITING = "waiting", _("Daftar tunggu")
        ACCEPTED = "accepted", _("Diterima sebagai calon")
        REJECTED = "rejected", _("Belum terpilih")
        WITHDRAWN = "withdrawn", _("Ditarik")

    TRANSITIONS = {
        Status.DRAFT: {Status.SUBMITTED},
        Status.SUBMITTED: {Status.IN_REVIEW, Status.REJECTED, Status.WITHDRAWN},
        Status.IN_REVIEW: {Status.ACCEPTED, Status.WAITING, Status.REJECTED, Status.WITHDRAWN},
        Status.WAITING: {Status.ACCEPTED, Status.REJECTED, Status.WITHDRAWN},
        Status.ACCEPTED: set(),
        Status.REJECTED: set(),
        Status.WITHDRAWN: set(),
    }
    DECIDED = (Status.ACCEPTED, Status.REJECTED, Status.WAITING)
    LEAST_NOTE = 10

    cohort = models.ForeignKey(
        Cohort, verbose_name=_("angkatan"), on_delete=models.PROTECT, related_name="applications"
    )
    code = models.CharField(_("nomor"), max_length=10, unique=True, default=new_code, editable=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    form = models.ForeignKey(
        SelectionForm, null=True, editable=False, on_delete=models.PROTECT, related_name="applications"
    )
    answers = models.JSONField(default=dict, editable=False)  # as typed, until it is sent
    saved_at = models.DateTimeField(null=True, editable=False)
    name = models.CharField(_("nama usaha"), max_length=160, blank=True)
    legal_form = models.CharField(_("bentuk usaha"), max_length=16, choices=LegalForm, blank=True)
    nib = models.CharField("NIB", max_length=13, null=True, blank=True)
    regency = models.ForeignKey(
        "regions.Regency",
        verbose_name=_("kabupaten/kota"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    products = models.CharField(_("produk"), max_length=300, blank=True)
    employee_count = models.PositiveIntegerField(_("jumlah karyawan"), null=True, blank=True)
    annual_sales = Money(_("omzet"), null=True, blank=True)
    sales_year = models.PositiveSmallIntegerField(_("tahun omzet"), null=True, blank=True)
    motivation = models.CharField(_("alasan ikut"), max_length=600, blank=True)
    owner_name = models.CharField(_("nama pemilik"), max_length=120, blank=True)
    phone = models.CharField(_("nomor HP"), max_length=16, blank=True)
    email = models.EmailField(_("email"), blank=True)
    consent_version = models.CharField(_("versi naskah"), max_length=20, blank=True, editable=False)
    consent_language = models.CharField(_("bahasa naskah"), max_length=2, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("dikirim"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, editable=False)
    reason = models.CharField(_("alasan untuk pendaftar"), max_length=500, blank=True, editable=False)
    note = models.CharField(_("pertimbangan"), max_length=500, blank=True, editable=False)
    registered_as = models.ForeignKey(
        Enterprise, null=True, editable=False, on_delete=models.PROTECT, related_name="applications"
    )
    forgotten_at = models.DateTimeField(null=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["submitted_at"]
        verbose_name = _("pendaftaran")
        constraints = [
            models.CheckConstraint(
                name="application_status_is_known",
                condition=Q(
                    status__in=[
                        "draft",
                        "submitted",
                        "in_review",
                        "waiting",
                        "accepted",
                        "rejected",
                        "withdrawn",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="application_sent_is_whole",
                condition=Q(status="draft", submitted_at=None)
                | (
                    ~Q(status="draft")
                    & Q(submitted_at__isnull=False, form__isnull=False, regency__isnull=False)
                    & ~Q(consent_version="")
                ),
            ),
            models.CheckConstraint(
                name="application_knows_its_applicant",
                condition=Q(status="draft")
                | Q(forgotten_at__isnull=False)
                | (~Q(name="") & ~Q(owner_name="") & ~Q(phone="")),
            ),
            models.CheckConstraint(
                name="application_forgotten_names_nobody",
                condition=Q(forgotten_at=None)
                | Q(name="", owner_name="", phone="", email="", motivation="", nib=None),
            ),
            models.CheckConstraint(
                name="application_is_decided_by_somebody",
                condition=Q(
                    status__in=["accepted", "rejected", "waiting", "withdrawn"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                )
                | (
                    ~Q(status__in=["accepted", "rejected", "waiting"])
                    & Q(decided_at__isnull=True, decided_by__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="application_accepted_is_registered",
                condition=Q(status="accepted", registered_as__isnull=False)
                | (~Q(status="accepted") & Q(registered_as__isnull=True)),
            ),
            models.CheckConstraint(
                name="application_refused_says_why",
                condition=~Q(status__in=["rejected", "waiting"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="application_legal_form_is_known",
                condition=Q(legal_form="") | Q(legal_form__in=LegalForm.values),
            ),
            models.CheckConstraint(
                name="application_nib_has_13_digits", condition=Q(nib=None) | Q(nib__regex=r"^\d{13}$")
            ),
            models.CheckConstraint(
                name="application_phone_is_e164", condition=Q(phone="") | Q(phone__regex=r"^\+\d{8,15}$")
            ),
            models.CheckConstraint(
                name="application_sales_are_not_negative",
                condition=Q(annual_sales=None) | Q(annual_sales__gte=0),
            ),
            models.UniqueConstraint(
                fields=["cohort", "nib"],
                condition=Q(
                    nib__isnull=False,
                    status__in=["submitted", "in_review", "waiting", "accepted", "rejected"],
                ),
                name="one_application_per_nib_and_cohort",
            ),
        ]

    def __str__(self):
        # the trail keeps this for ever, so it names nobody
        return str(_("Pendaftaran %(code)s") % {"code": self.code})

    def get_absolute_url(self):
        return reverse("participants:application", args=[self.code])

    @property
    def enterprise_id(self):
        """Whose timeline its events stand on: the enterprise's it was linked to, else the one it may become."""
        return self.registered_as_id or self.pk

    @property
    def token(self) -> str:
        """What makes its public link unguessable: the code, signed. It is kept nowhere."""
        return SIGNER.sign(self.code)

    @property
    def public_path(self) -> str:
        return reverse("participants:application_form", args=[self.token])

    @property
    def display_name(self) -> str:
        """Legal form and name, or only its number once the applicant is forgotten."""
        if not self.name:
            return str(self)
        shown = "" if self.legal_form in ("", LegalForm.INDIVIDUAL) else self.get_legal_form_display()
        return f"{shown.split('/')[0]} {self.name}".strip()

    @property
    def masked_nib(self) -> str:
        return masked(self.nib) if self.nib else ""

    @property
    def terms(self) -> SelectionForm:
        """The version that it is judged by; every sent application has one (application_sent_is_whole)."""
        return cast(SelectionForm, self.form)

    @property
    def is_judged(self) -> bool:
        """Whether both reviewers have filed; until then nobody is shown either's scores."""
        return len(self.opinions()) == REVIEWERS

    def opinions(self) -> list[Opinion]:
        """What was filed so far, by seat."""
        criteria = self.form.read() if self.form else ()
        return [
            Opinion(total(review.scores, criteria), Advice(review.recommendation))
            for review in self.reviews.all()
            if review.filed_at
        ]

    def agreed(self) -> Advice | None:
        """What both recommend, or None."""
        return agreed(self.opinions())

    def disputes(self) -> list[Dispute]:
        """Why the lead must break the tie; empty when the reviewers settle it."""
        place = self.place()
        border = place is not None and place.on_border
        return disputes(self.opinions(), tolerance=self.terms.tolerance, on_border=border)

    def place(self) -> Place | None:
        """Where it stands on its cohort's ranked list, or None when it is not on it."""
        return next((place for place in ranked(self.cohort) if place.key == self.pk), None)


def ranked(cohort: Cohort) -> list[Place]:
    """Return the cohort's judged applications that nobody has decided for good, best first, with the line of
    the places that are left.
    """
    waiting = [Application.Status.IN_REVIEW, Application.Status.WAITING]
    rows = cohort.applications.filter(status__in=waiting).select_related("form").prefetch_related("reviews")
    averages = [(row, average(row.opinions())) for row in rows]
    candidates = [Candidate(row.pk, mean, row.submitted_at) for row, mean in averages if mean is not None]
    return shortlist(candidates, cohort.places_left)


class ApplicationReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; those who run the selection see who was asked, and the views when both have filed."""
        if user.may(Permission.APPLICATION_VIEW):
            return self
        return self.filter(reviewer=user) if user.may(Permission.APPLICATION_REVIEW) else self.none()

    def filed(self):
        return self.filter(filed_at__isnull=False)

    def waiting(self):
        """Not yet filed, of applications that still wait for it."""
        return self.filter(filed_at=None, application__status=Application.Status.IN_REVIEW)


class ApplicationReview(Record):
    """One reviewer's scores of one application; blind to the other's until both are filed, then final."""

    class Recommendation(models.TextChoices):
        ACCEPT = "accept", _("Terima sebagai calon")
        REJECT = "reject", _("Belum")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    seat = models.PositiveSmallIntegerField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scores = models.JSONField(default=dict, editable=False)
    recommendation = models.CharField(
        _("rekomendasi"), max_length=6, choices=Recommendation, blank=True, editable=False
    )
    remark = models.CharField(_("catatan"), max_length=500, blank=True, editable=False)
    filed_at = models.DateTimeField(null=True, editable=False)

    objects = ApplicationReviewQuerySet.as_manager()

    class Meta:
        ordering = ["seat"]
        verbose_name = _("penilaian pendaftaran")
        constraints = [
            models.UniqueConstraint(fields=["application", "seat"], name="one_review_per_seat"),
            models.UniqueConstraint(fields=["application", "reviewer"], name="one_review_per_reviewer"),
            models.CheckConstraint(name="application_has_two_reviewers", condition=Q(seat__in=[1, 2])),
            models.CheckConstraint(
                name="application_review_is_filed_whole",
                condition=Q(filed_at=None, recommendation="")
                | Q(filed_at__isnull=False, recommendation__in=["accept", "reject"]),
            ),
        ]

    def __str__(self):
        # the trail tells it to people who must not know who the reviewer is
        return f"{self.application}, {self._meta.verbose_name} {self.seat}"

    @property
    def enterprise_id(self):
        return self.application.enterprise_id

"""Cohorts, who is enrolled in them, and who mentors whom."""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.roles import Role
from closedloop.core.models import Record
from closedloop.workflow import Workflow
from participants.models.enterprise import Enterprise
from participants.models.people import Consent
from participants.models.pins import CohortPin
from participants.presence import ON_ROSTER, Presence, presence_of


class CohortQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cohorts one may know of: all for the programme's own people, else those one has an enrolment in."""
        if user.works_for_programme and user.role != Role.MENTOR:
            return self
        return self.filter(enrolments__in=Enrolment.objects.visible_to(user)).distinct()

    def running(self):
        return self.filter(status=Cohort.Status.RUNNING)

    def not_closed(self):
        """Cohorts one may still enrol into."""
        return self.exclude(status=Cohort.Status.CLOSED)

    def accepting(self, today):
        """Cohorts that enterprises may apply to by themselves: opened, not yet begun, and no practice."""
        return self.filter(status=Cohort.Status.OPEN, starts_on__gt=today, is_practice=False)

    def with_member_count(self):
        """Each with `member_count`: those who take a place of the quota, neither leavers nor graduates.

        A closed cohort has none left, so `graduate_count` says how many came through.
        """
        return self.annotate(
            member_count=Count("enrolments", filter=Q(enrolments__status__in=Enrolment.OPEN)),
            graduate_count=Count("enrolments", filter=Q(enrolments__status=Enrolment.Status.GRADUATED)),
        ).order_by("-starts_on")


class Cohort(Workflow, Record):
    """A round of the programme. Which curriculum and rubric it started with is pinned by those apps."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Direncanakan")
        OPEN = "open", _("Pendaftaran dibuka")
        RUNNING = "running", _("Berjalan")
        CLOSED = "closed", _("Ditutup")

    TRANSITIONS = {
        Status.PLANNED: {Status.OPEN, Status.RUNNING},
        Status.OPEN: {Status.RUNNING},
        Status.RUNNING: {Status.CLOSED},
        Status.CLOSED: set(),
    }
    NEEDS_PINS = (Status.OPEN, Status.RUNNING)
    # a start so far from its planned day is worth a second look
    NEAR = timedelta(weeks=3)

    code = models.SlugField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    sector = models.CharField(_("sektor"), max_length=120, blank=True)
    region = models.CharField(_("wilayah"), max_length=160, blank=True)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("selesai"))
    quota = models.PositiveSmallIntegerField(_("kuota"))
    is_practice = models.BooleanField(_("latihan"), default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = _("angkatan")
        constraints = [
            models.CheckConstraint(
                name="cohort_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(name="cohort_quota_is_positive", condition=Q(quota__gt=0)),
            models.CheckConstraint(
                name="cohort_status_is_known",
                condition=Q(status__in=["planned", "open", "running", "closed"]),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("dashboard:cohort", args=[self.code])

    def move_to(self, status, *, by, reason: str = "", **changes) -> None:
        """Move along the table; raises UnpinnedError where it would open or start without its versions."""
        if status in self.NEEDS_PINS and self.can_become(status):
            CohortPin.refuse_missing(self)
        super().move_to(status, by=by, reason=reason, **changes)

    def is_far_from(self, day: date) -> bool:
        """Whether its planned first day lies weeks before or after the day."""
        return abs(self.starts_on - day) > self.NEAR

    @property
    def places_left(self) -> int:
        """Places of the quota nobody takes; below zero when more are enrolled than planned."""
        return self.quota - self.enrolments.open().count()


TAKING_PART = ("registered", "active", "on_leave", "graduated")


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Enrolments of the enterprises one may know of; a mentor sees those assigned to them."""
        if user.role == Role.MENTOR:
            return self.filter(mentor_assignments__mentor=user, mentor_assignments__ends_on=None).distinct()
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))

    def on_roster(self):
        """Those who count on every roster, reminder and denominator: neither applicants nor leavers."""
        return self.filter(status__in=ON_ROSTER)

    def invited(self):
        """Those on the roster who may be invited, reminded and asked: all but who took the consent back."""
        return self.on_roster().exclude(enterprise__in=Consent.objects.taken_back(Consent.Purpose.TRAINING))

    def open(self):
        return self.filter(status__in=Enrolment.OPEN)

    def without_consent(self):
        """Those on their way whose consent to training was taken back: staff still have to pause or end them."""
        return self.open().filter(enterprise__in=Consent.objects.taken_back(Consent.Purpose.TRAINING))

    def with_consent(self):
        """Each with `took_consent_back`."""
        taken_back = Consent.objects.taken_back(Consent.Purpose.TRAINING)
        return self.annotate(took_consent_back=Exists(taken_back.filter(enterprise=OuterRef("enterprise"))))

    def not_left(self):
        """All but the leavers: those on their way and those who arrived."""
        return self.exclude(status=Enrolment.Status.WITHDRAWN)

    def taking_part(self):
        """Those who take or took part: neither applicants nor leavers. Shares of a cohort are theirs."""
        return self.filter(status__in=TAKING_PART)

    def away(self):
        """Leavers and those on leave, unless their enterprise takes part by another enrolment."""
        here = (Enrolment.Status.REGISTERED, Enrolment.Status.ACTIVE, Enrolment.Status.GRADUATED)
        return self.filter(status__in=[Enrolment.Status.WITHDRAWN, Enrolment.Status.ON_LEAVE]).exclude(
            enterprise__in=Enrolment.objects.filter(status__in=here).values("enterprise")
        )

    def presences(self) -> dict[UUID, Presence | None]:
        """Return when each was on the roster, by its id; None where no move says so.

        Whoever is on the roster without a recorded move has been so since the day of the status.
        """
        moves: dict[UUID, list] = {}
        known: dict[UUID, Presence | None] = {}
        rows = self.order_by("pk", "moves__on", "moves__created_at")
        for pk, status, since, day, after in rows.values_list(
            "pk", "status", "status_since", "moves__on", "moves__after"
        ):
            known[pk] = presence_of([(since, status)]) if status in ON_ROSTER else None
            if after:
                moves.setdefault(pk, []).append((day, after))
        return known | {pk: presence_of(found) for pk, found in moves.items()}

    def with_mentor(self):
        """Each with `present_mentors`: a list with the assignment in force, or empty."""
        present = MentorAssignment.objects.filter(ends_on=None).select_related("mentor")
        return self.prefetch_related(
            Prefetch("mentor_assignments", queryset=present, to_attr="present_mentors")
        )


class Enrolment(Workflow, Record):
    """An enterprise's part in one cohort, from applicant to graduate."""

    class Status(models.TextChoices):
        APPLICANT = "applicant", _("Calon")
        REGISTERED = "registered", _("Terdaftar")
        ACTIVE = "active", _("Aktif")
        ON_LEAVE = "on_leave", _("Cuti")
        GRADUATED = "graduated", _("Lulus")
        WITHDRAWN = "withdrawn", _("Keluar")

    TRANSITIONS = {
        Status.APPLICANT: {Status.REGISTERED, Status.WITHDRAWN},
        Status.REGISTERED: {Status.ACTIVE, Status.WITHDRAWN},
        Status.ACTIVE: {Status.ON_LEAVE, Status.GRADUATED, Status.WITHDRAWN},
        Status.ON_LEAVE: {Status.ACTIVE, Status.WITHDRAWN},
        Status.GRADUATED: set(),
        Status.WITHDRAWN: set(),
    }
    OPEN = (Status.APPLICANT, Status.REGISTERED, Status.ACTIVE, Status.ON_LEAVE)

    enterprise = models.ForeignKey(
        Enterprise, verbose_name="IKM", on_delete=models.PROTECT, related_name="enrolments"
    )
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("angkatan"), on_delete=models.PROTECT, related_name="enrolments"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.APPLICANT, editable=False)
    status_since = models.DateField(_("sejak"), editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["enterprise__name"]
        verbose_name = _("kepesertaan")
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "cohort"], name="one_enrolment_per_cohort"),
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(status__in=["applicant", "registered", "active", "on_leave"]),
                name="one_open_enrolment_per_enterprise",
            ),
            models.CheckConstraint(
                name="enrolment_status_is_known",
                condition=Q(
                    status__in=["applicant", "registered", "active", "on_leave", "graduated", "withdrawn"]
                ),
            ),
        ]

    def __str__(self):
        return f"{self.enterprise}, {self.cohort}"

    def get_absolute_url(self):
        return reverse("participants:enrolment", args=[self.pk])

    @property
    def mentor(self):
        """Who accompanies now, or None; needs with_mentor()."""
        present = getattr(self, "present_mentors")  # noqa: B009 mypy does not know what a prefetch sets
        return present[0].mentor if present else None

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_on_roster(self) -> bool:
        """Whether sessions, reminders and denominators count with it today."""
        return self.status in ON_ROSTER


class EnrolmentMove(Record):
    """One change of an enrolment's status: when, by whom, why."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10, choices=Enrolment.Status, blank=True)
    after = models.CharField(max_length=10, choices=Enrolment.Status)
    on = models.DateField(_("tanggal"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    class Meta:
        ordering = ["-on", "-created_at"]
        verbose_name = _("perubahan kepesertaan")
        constraints = [
            models.CheckConstraint(name="enrolment_move_changes_something", condition=~Q(before=F("after"))),
            models.CheckConstraint(
                name="leaving_and_pausing_need_a_reason",
                condition=~Q(after__in=["withdrawn", "on_leave"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.enrolment}: {self.get_after_display()}"


class MentorAssignment(Record):
    """Who accompanies an enrolled enterprise, from when to when."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="mentor_assignments")
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("mentor"), on_delete=models.PROTECT, related_name="+"
    )
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("selesai"), null=True, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = _("penugasan mentor")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(ends_on=None), name="one_present_mentor_per_enrolment"
            ),
            models.CheckConstraint(
                name="mentor_assignment_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self):
        return f"{self.mentor}: {self.enrolment}"

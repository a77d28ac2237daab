"""A second assessor's blind look at some items, and what both agreed on where they differ (domain.md §5.3)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.area import Area
from assessments.models.assessment import Assessment
from assessments.models.rubric import Criterion
from assessments.side_by_side import LARGE
from closedloop.accounts.roles import Role
from closedloop.core.models import Record
from closedloop.workflow import Workflow
from participants.models import Enterprise


def told(value: int | None, not_applicable: bool) -> str | None:
    """Return one person's word on an item, "3" or "N/A"; None where nothing was said."""
    return "N/A" if not_applicable else None if value is None else str(value)


class SecondAssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those on enterprises one may know of; an owner's or a buyer's business never, a mentor's only their own."""
        if user.role in (Role.OWNER, Role.BUYER):
            return self.none()
        if user.role == Role.MENTOR:
            return self.filter(first=user)
        return self.filter(assessment__enterprise__in=Enterprise.objects.visible_to(user))

    def waiting(self):
        """Those for which nobody has been found yet."""
        return self.filter(status=SecondAssessment.Status.WAITING)

    def blind(self):
        """Those whose second assessor has not handed in yet, or is still to be found."""
        return self.filter(status__in=SecondAssessment.BLIND)

    def for_lists(self):
        return self.select_related("assessment__enterprise", "first", "assessor")


class SecondAssessment(Workflow, Record):
    """The second look at one assessment. Who gives it does not see the first scores until it is handed in."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Mencari penilai kedua")
        TAKEN = "taken", _("Sedang dinilai")
        HANDED_IN = "handed_in", _("Menunggu kesepakatan")
        SETTLED = "settled", _("Selesai")

    TRANSITIONS = {
        Status.WAITING: {Status.TAKEN},
        Status.TAKEN: {Status.WAITING, Status.HANDED_IN, Status.SETTLED},
        Status.HANDED_IN: {Status.TAKEN, Status.SETTLED},
        Status.SETTLED: {Status.TAKEN},
    }
    BLIND = (Status.WAITING, Status.TAKEN)

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="second")
    first = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=9, choices=Status, default=Status.WAITING, editable=False)
    taken_at = models.DateTimeField(null=True, blank=True, editable=False)
    handed_in_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SecondAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("penilaian kedua")
        constraints = [
            models.CheckConstraint(
                name="second_assessor_is_known_once_taken",
                condition=Q(status="waiting", assessor=None, taken_at=None)
                | (~Q(status="waiting") & Q(assessor__isnull=False, taken_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="second_assessor_is_not_the_first", condition=Q(assessor=None) | ~Q(assessor=F("first"))
            ),
            models.CheckConstraint(
                name="second_handing_in_has_its_time",
                condition=Q(status__in=["waiting", "taken"], handed_in_at=None)
                | Q(status__in=["handed_in", "settled"], handed_in_at__isnull=False),
            ),
            models.CheckConstraint(
                name="second_settling_has_its_time",
                condition=Q(status="settled", settled_at__isnull=False)
                | (~Q(status="settled") & Q(settled_at=None)),
            ),
            models.CheckConstraint(
                name="second_status_is_known",
                condition=Q(status__in=["waiting", "taken", "handed_in", "settled"]),
            ),
        ]

    def __str__(self):
        return str(_("Penilaian kedua %(ikm)s") % {"ikm": self.assessment.enterprise})

    def get_absolute_url(self):
        return reverse("assessments:second", args=[self.assessment.code])

    @property
    def is_blind(self) -> bool:
        return self.status in self.BLIND


class SecondScoreQuerySet(models.QuerySet):
    def handed_in(self):
        return self.filter(handed_in_at__isnull=False)


class SecondScore(Record):
    """One item looked at twice: what the second said, what the first had said, and what both agreed on.

    What the first had said is written down when the second hands in. Nothing here changes afterwards but the
    agreement, and that only until both have signed it.
    """

    second = models.ForeignKey(SecondAssessment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="second_scores")
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="second_scores"
    )
    value = models.PositiveSmallIntegerField(_("nilai"), null=True, blank=True)
    not_applicable = models.BooleanField(_("tidak berlaku"), default=False)
    note = models.TextField(_("catatan"), blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_value = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    first_not_applicable = models.BooleanField(default=False, editable=False)
    first_note = models.TextField(blank=True, editable=False)
    settled_value = models.PositiveSmallIntegerField(_("nilai sepakat"), null=True, blank=True)
    settled_not_applicable = models.BooleanField(_("sepakat tidak berlaku"), default=False)
    settlement_note = models.TextField(_("catatan kesepakatan"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SecondScoreQuerySet.as_manager()

    class Meta:
        ordering = ["criterion__dimension__order", "criterion__order", "area__order"]
        verbose_name = _("nilai kedua")
        constraints = [
            models.UniqueConstraint(
                fields=["second", "criterion", "area"],
                name="one_second_score_per_item",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="second_score_is_on_the_scale",
                condition=(Q(value=None) | Q(value__lte=4))
                & (Q(first_value=None) | Q(first_value__lte=4))
                & (Q(settled_value=None) | Q(settled_value__lte=4)),
            ),
            models.CheckConstraint(
                name="second_score_is_a_value_or_not_applicable",
                condition=(Q(value=None) | Q(not_applicable=False))
                & (Q(first_value=None) | Q(first_not_applicable=False))
                & (Q(settled_value=None) | Q(settled_not_applicable=False)),
            ),
            models.CheckConstraint(
                name="second_not_applicable_needs_a_reason",
                condition=Q(not_applicable=False) | ~Q(note=""),
            ),
            models.CheckConstraint(
                name="second_handing_in_is_whole",
                condition=Q(handed_in_at=None, first_value=None, first_not_applicable=False)
                | (
                    Q(handed_in_at__isnull=False)
                    & (Q(value__isnull=False) | Q(not_applicable=True))
                    & (Q(first_value__isnull=False) | Q(first_not_applicable=True))
                ),
            ),
            models.CheckConstraint(
                name="second_settlement_is_whole",
                condition=Q(
                    proposed_by=None,
                    proposed_at=None,
                    settled_value=None,
                    settled_not_applicable=False,
                    settlement_note="",
                )
                | (
                    Q(handed_in_at__isnull=False, proposed_by__isnull=False, proposed_at__isnull=False)
                    & (Q(settled_value__isnull=False) | Q(settled_not_applicable=True))
                    & ~Q(settlement_note="")
                ),
            ),
            models.CheckConstraint(
                name="second_confirmation_is_whole",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, proposed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="settlement_is_signed_by_two",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
            ),
        ]

    def __str__(self):
        return f"{self.place}: {self.second_word or '–'}"

    @property
    def place(self) -> str:
        """The item as instructions name it: "R1.1", or "R1.1 (Gudang)" where it is asked per area."""
        return f"{self.criterion.code} ({self.area})" if self.area else self.criterion.code

    @property
    def second_word(self) -> str | None:
        return told(self.value, self.not_applicable)

    @property
    def first_word(self) -> str | None:
        return told(self.first_value, self.first_not_applicable)

    @property
    def settled_word(self) -> str | None:
        return told(self.settled_value, self.settled_not_applicable)

    @property
    def is_scored(self) -> bool:
        return self.second_word is not None

    @property
    def is_settled(self) -> bool:
        """Whether both signed the agreement."""
        return self.confirmed_at is not None

    @property
    def agreement_mark(self) -> str:
        """Tells one writing of the agreement from the next; what a page sends back with its confirmation."""
        return f"{self.pk} {self.proposed_at.isoformat()}" if self.proposed_at else ""

    def differs_from(self, value: int | None, not_applicable: bool) -> bool:
        """Whether the second's word is so far from this one that both must settle it."""
        if self.value is None or value is None:
            return self.not_applicable != not_applicable
        return abs(self.value - value) >= LARGE

    @property
    def must_be_settled(self) -> bool:
        return self.handed_in_at is not None and self.differs_from(
            self.first_value, self.first_not_applicable
        )

"""What a buyer complains of, and what the IKM does about it until the buyer sees that it holds (8D in short)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Criterion
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core.models import Record, new_code
from closedloop.workflow import Workflow
from participants.models import Enterprise
from partnerships.models.buyer import Buyer
from partnerships.models.dispute import Dispute
from partnerships.models.link import ConfirmationLink
from partnerships.models.order import OrderLine
from partnerships.models.requirement import RequirementLine
from trainings.models import Module, TrainingSession


class ComplaintQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A buyer's own; of everybody else, those of the enterprises one may know of."""
        if not user.may(Permission.COMPLAINT_VIEW):
            return self.none()
        if user.role == Role.BUYER:
            return self.filter(buyer__in=Buyer.objects.visible_to(user))
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))

    def open(self):
        """Those whose end is not known yet."""
        return self.exclude(status__in=Complaint.ENDED)

    def to_check(self):
        """Those that the IKM says are mended, until the buyer has looked."""
        return self.filter(status=Complaint.Status.PROPOSED)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def for_lists(self):
        """Everything a line of a list shows, in one query."""
        return self.select_related("enterprise", "buyer", "line")


class Complaint(Workflow, Record):
    """One complaint of one buyer about one IKM: held, explained, mended, and looked at again by the buyer."""

    class Status(models.TextChoices):
        OPEN = "open", _("Terbuka")
        CONTAINED = "contained", _("Ditahan sementara")
        IN_PROGRESS = "in_progress", _("Dikerjakan")
        PROPOSED = "proposed", _("Selesai, tunggu cek pembeli")
        EFFECTIVE = "effective", _("Ditutup, efektif")
        NOT_EFFECTIVE = "not_effective", _("Tidak efektif, berulang")

    TRANSITIONS = {
        Status.OPEN: {Status.CONTAINED},
        Status.CONTAINED: {Status.IN_PROGRESS},
        Status.IN_PROGRESS: {Status.PROPOSED},
        Status.PROPOSED: {Status.EFFECTIVE, Status.NOT_EFFECTIVE},
        Status.EFFECTIVE: set(),
        Status.NOT_EFFECTIVE: set(),
    }
    UNDER_WAY = (Status.OPEN, Status.CONTAINED, Status.IN_PROGRESS)  # in the hands of the IKM
    ENDED = (Status.EFFECTIVE, Status.NOT_EFFECTIVE)

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, verbose_name="IKM", on_delete=models.PROTECT, related_name="complaints"
    )
    buyer = models.ForeignKey(
        Buyer, verbose_name=_("pembeli"), on_delete=models.PROTECT, related_name="complaints"
    )
    line = models.ForeignKey(
        OrderLine, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints"
    )
    dispute = models.OneToOneField(
        Dispute, null=True, blank=True, on_delete=models.PROTECT, related_name="complaint"
    )
    requirement_line = models.ForeignKey(
        RequirementLine, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints"
    )
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints"
    )
    closing_module = models.ForeignKey(
        Module, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    closing_session = models.ForeignKey(
        TrainingSession,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="complaints",
    )
    repeat_of = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="repeated_as"
    )
    repeats = models.PositiveSmallIntegerField(default=0, editable=False)  # how often it came back
    problem = models.CharField(_("masalah"), max_length=300)
    photo = models.FileField(_("foto"), upload_to="complaints/%Y/%m", blank=True, editable=False)
    photo_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    raised_on = models.DateField(_("tanggal keluhan"))
    due_on = models.DateField(_("tenggat"))
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    raised_link = models.ForeignKey(
        ConfirmationLink,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="complaints",
    )
    containment = models.CharField(_("penahanan sementara"), max_length=300, blank=True, editable=False)
    whys = models.JSONField(
        _("mengapa"), default=list, blank=True, editable=False
    )  # at most five texts, in order
    root_cause = models.TextField(_("akar masalah"), blank=True, editable=False)
    status = models.CharField(max_length=13, choices=Status, default=Status.OPEN, editable=False)
    reminded_step = models.SmallIntegerField(null=True, blank=True, editable=False)  # days from due_on
    verdict_note = models.CharField(_("yang terlihat"), max_length=300, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_link = models.ForeignKey(
        ConfirmationLink,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "created_at"]
        verbose_name = _("keluhan pembeli")
        constraints = [
            models.CheckConstraint(name="complaint_says_what", condition=~Q(problem="")),
            models.CheckConstraint(
                name="complaint_is_due_after_it_was_raised", condition=Q(due_on__gte=F("raised_on"))
            ),
            models.CheckConstraint(
                name="complaint_is_raised_by_one",
                condition=Q(raised_by=None, raised_link__isnull=False)
                | Q(raised_by__isnull=False, raised_link=None),
            ),
            models.CheckConstraint(
                name="complaint_photo_has_its_hash",
                condition=Q(photo="", photo_sha256="") | (~Q(photo="") & ~Q(photo_sha256="")),
            ),
            models.CheckConstraint(
                name="complaint_is_held_before_it_goes_on",
                condition=Q(status="open", containment="") | (~Q(status="open") & ~Q(containment="")),
            ),
            models.CheckConstraint(
                name="complaint_has_its_cause_before_it_is_checked",
                condition=Q(status__in=["open", "contained", "in_progress"])
                | (Q(whys__1__isnull=False) & ~Q(root_cause="")),
            ),
            models.CheckConstraint(
                name="complaint_asks_why_five_times_at_most", condition=Q(whys__5__isnull=True)
            ),
            models.CheckConstraint(
                name="complaint_check_is_whole",
                condition=(
                    Q(status__in=["effective", "not_effective"])
                    & Q(checked_at__isnull=False)
                    & (
                        Q(checked_by__isnull=False, checked_link=None)
                        | Q(checked_by=None, checked_link__isnull=False)
                    )
                    & ~Q(verdict_note="")
                )
                | (
                    ~Q(status__in=["effective", "not_effective"])
                    & Q(checked_at=None, checked_by=None, checked_link=None, verdict_note="")
                ),
            ),
            models.CheckConstraint(
                name="complaint_repeats_are_counted",
                condition=Q(repeats=0, repeat_of=None) | Q(repeats__gt=0, repeat_of__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_session_has_its_module",
                condition=Q(closing_session=None) | Q(closing_module__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_status_is_known",
                condition=Q(
                    status__in=[
                        "open",
                        "contained",
                        "in_progress",
                        "proposed",
                        "effective",
                        "not_effective",
                    ]
                ),
            ),
        ]

    def __str__(self):
        return self.problem

    def get_absolute_url(self):
        return reverse("partnerships:complaint", args=[self.code])

    @property
    def raiser(self):
        """Who complained: an account, or a contact by link."""
        return self.raised_by or self.raised_link

    @property
    def checker(self):
        """Who looked at the effect: an account, or a contact by link; None until somebody has."""
        return self.checked_by or self.checked_link

    @property
    def is_open(self) -> bool:
        return self.status not in self.ENDED

    @property
    def tone(self) -> str:
        """The tone of its badge (design.md §6)."""
        tones = {"open": "new", "contained": "info", "in_progress": "info", "proposed": "todo"}
        return tones.get(self.status, "ok" if self.status == "effective" else "bad")

    @property
    def photo_url(self) -> str:
        return reverse("partnerships:complaint_photo", args=[self.code]) if self.photo else ""


class ComplaintActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Actions on the complaints one may know of."""
        return self.filter(complaint__in=Complaint.objects.visible_to(user))

    def undone(self):
        return self.filter(done_on=None)


class ComplaintAction(Record):
    """What is done against the cause, by whom, until when, with the photo that shows it done."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="actions")
    description = models.CharField(_("tindakan"), max_length=300)
    responsible = models.CharField(_("penanggung jawab"), max_length=120)
    due_on = models.DateField(_("tenggat"))
    done_on = models.DateField(_("selesai"), null=True, blank=True, editable=False)
    photo = models.FileField(_("foto sesudah"), upload_to="complaints/%Y/%m", blank=True, editable=False)
    photo_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = ComplaintActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "created_at"]
        verbose_name = _("tindakan perbaikan")
        constraints = [
            models.CheckConstraint(
                name="complaint_action_says_what_and_who",
                condition=~Q(description="") & ~Q(responsible=""),
            ),
            models.CheckConstraint(
                name="complaint_action_done_is_shown",
                condition=Q(done_on=None, photo="", photo_sha256="")
                | (Q(done_on__isnull=False) & ~Q(photo="") & ~Q(photo_sha256="")),
            ),
        ]

    def __str__(self):
        return self.description

    @property
    def photo_url(self) -> str:
        return reverse("partnerships:complaint_action_photo", args=[self.pk]) if self.photo else ""

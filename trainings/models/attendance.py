"""Who was there. A mark is only `recorded` until the trainer or staff verify it."""

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record, new_code
from participants.models import Enrolment, Person
from trainings.models.session import TrainingSession


def new_receipt() -> str:
    """Return the number an owner can quote; long enough that two never meet."""
    return new_code(8)


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Marks of the enrolments one may know of."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def present(self):
        return self.filter(status__in=Attendance.PRESENT).exclude(
            verification=Attendance.Verification.REJECTED
        )

    def verified(self):
        return self.filter(verification=Attendance.Verification.VERIFIED)


class Attendance(Record):
    """One person's mark at one session. Two people of one IKM count once for the IKM, twice by heads."""

    class Status(models.TextChoices):
        PRESENT = "present", _("Hadir")
        LATE = "late", _("Terlambat")
        EXCUSED = "excused", _("Izin")
        SICK = "sick", _("Sakit")
        ABSENT = "absent", _("Tanpa keterangan")

    PRESENT = (Status.PRESENT, Status.LATE)
    AWAY = (Status.EXCUSED, Status.SICK)

    class Verification(models.TextChoices):
        RECORDED = "recorded", _("Tercatat")
        VERIFIED = "verified", _("Terverifikasi")
        REJECTED = "rejected", _("Ditolak")

    class Method(models.TextChoices):
        QR = "qr", "QR"
        CODE = "code", _("Kode")
        TRAINER = "trainer", _("Narasumber")
        STAFF = "staff", _("Petugas")
        CLOSING = "closing", _("Penutupan sesi")

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances"
    )
    delegate_name = models.CharField(_("diwakili oleh"), max_length=120, blank=True)
    status = models.CharField(_("kehadiran"), max_length=8, choices=Status)
    verification = models.CharField(
        _("verifikasi"), max_length=8, choices=Verification, default=Verification.RECORDED, editable=False
    )
    method = models.CharField(_("cara"), max_length=8, choices=Method)
    receipt = models.CharField(max_length=10, unique=True, default=new_receipt, editable=False)
    marked_at = models.DateTimeField(_("dicatat"), default=timezone.now)
    # nobody: the session was closed by the clock
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    device = models.CharField(max_length=64, blank=True, editable=False)
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment__enterprise__name", "marked_at"]
        verbose_name = _("kehadiran")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(person__isnull=False),
                name="one_mark_per_person_and_session",
            ),
            models.UniqueConstraint(
                fields=["session", "enrolment", "delegate_name"],
                condition=Q(person=None),
                name="one_mark_per_delegate_and_session",
            ),
            models.CheckConstraint(
                name="attendance_verification_is_whole",
                condition=Q(verification="recorded", verified_at=None, verified_by=None)
                | Q(
                    verification__in=["verified", "rejected"],
                    verified_at__isnull=False,
                    verified_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="attendance_is_marked_by_somebody_or_at_closing",
                condition=Q(marked_by__isnull=False) | Q(method="closing", marked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="attendance_status_is_known",
                condition=Q(status__in=["present", "late", "excused", "sick", "absent"]),
            ),
            models.CheckConstraint(
                name="attendance_method_is_known",
                condition=Q(method__in=["qr", "code", "trainer", "staff", "closing"]),
            ),
        ]

    def __str__(self):
        return f"{self.enrolment.enterprise}: {self.get_status_display()}"

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the mark's events stand."""
        return self.enrolment.enterprise_id

    @property
    def attendee(self) -> str:
        """Who came: the delegate, the person, or nobody known."""
        return self.delegate_name or (self.person.full_name if self.person else "")

    @property
    def left_at(self) -> datetime | None:
        """When they went home, if the session asked for it and they said so."""
        return self.leaving.left_at if hasattr(self, "leaving") else None

    @property
    def label(self) -> str:
        """The mark in a word; a rejected one says so."""
        if self.verification == self.Verification.REJECTED:
            return self.get_verification_display()
        return self.get_status_display()

    @property
    def tone(self) -> str:
        """The tone of its badge (design.md §6)."""
        if self.verification == self.Verification.REJECTED:
            return "bad"
        return {"present": "ok", "late": "todo", "absent": "bad"}.get(self.status, "info")

    @property
    def points(self) -> Decimal:
        """The share (0–1) of the session's lesson hours that it earns; nothing when it was rejected."""
        if self.verification == self.Verification.REJECTED:
            return Decimal(0)
        return self.session.status_set.points_of(self.status)

    @property
    def counts_as_present(self) -> bool:
        return self.status in self.PRESENT and self.verification != self.Verification.REJECTED


class AttendanceCorrection(Record):
    """A changed mark: the old value, the new one, who, when and why. The owner sees it too."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="corrections")
    before = models.CharField(max_length=8, choices=Attendance.Status)
    after = models.CharField(max_length=8, choices=Attendance.Status)
    # a rejected mark counted for nothing, so the same status again is a change
    was_rejected = models.BooleanField(default=False, editable=False)
    reason = models.CharField(_("alasan"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("koreksi kehadiran")
        constraints = [
            models.CheckConstraint(name="attendance_correction_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="attendance_correction_changes_something",
                condition=~Q(before=models.F("after")) | Q(was_rejected=True),
            ),
        ]

    def __str__(self):
        return f"{self.attendance}: {self.before_label} → {self.get_after_display()}"

    @property
    def before_label(self) -> str:
        """What the mark was, in a word; a rejected one says so."""
        return str(Attendance.Verification.REJECTED.label) if self.was_rejected else self.get_before_display()

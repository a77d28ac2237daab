"""One training meeting: when, where, by whom, and the code by which owners check in."""

import secrets
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.roles import Role
from closedloop.core.models import Record, new_code
from closedloop.workflow import Workflow
from participants.models import Cohort, Enrolment
from trainings.models.curriculum import Module
from trainings.models.status_sets import StatusSet
from trainings.window import Window


def new_secret() -> str:
    """Return the key from which a session's check-in codes are made; it never leaves the server."""
    return secrets.token_hex(16)


def newest_status_set():
    """Return the id of the version that a session made now follows."""
    return StatusSet.objects.order_by("-version").values_list("pk", flat=True)[0]


def _makes_up(user) -> Q:
    """The sessions to which the person's enterprises are invited, to make up for one of their own."""
    return Q(pk__in=Enrolment.objects.visible_to(user).on_roster().values("make_up_seats__session"))


class TrainingSessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sessions of the cohorts one may know of; a trainer always sees their own."""
        if user.works_for_programme and user.role != Role.MENTOR:
            return self
        cohorts = (
            Enrolment.objects.visible_to(user).exclude(status=Enrolment.Status.WITHDRAWN).values("cohort")
        )
        known = Q(cohort__in=cohorts) | Q(trainer=user)
        return self.filter(known | _makes_up(user) if user.role == Role.OWNER else known)

    def expecting(self, user):
        """Sessions at which the person's enterprises are expected: on the cohort's roster today, or invited."""
        own = Enrolment.objects.visible_to(user).on_roster().values("cohort")
        return self.filter(Q(cohort__in=own) | _makes_up(user))

    def held(self):
        """Sessions that count in a denominator."""
        return self.filter(status=TrainingSession.Status.CLOSED)

    def forgotten(self, moment):
        """Sessions still open that ended before the moment."""
        return self.filter(status=TrainingSession.Status.OPEN, ends_at__lt=moment)

    def live(self):
        """All but the cancelled."""
        return self.exclude(status=TrainingSession.Status.CANCELLED)

    def published(self):
        """What an owner may see: no drafts."""
        return self.exclude(status=TrainingSession.Status.DRAFT)

    def with_place(self):
        """With everything one line about a session shows."""
        return self.select_related("module", "cohort", "trainer", "regency__province")

    def following(self, session: "TrainingSession"):
        """The sessions of the same module and cohort after this one that have not begun, in their order."""
        waiting = [TrainingSession.Status.DRAFT, TrainingSession.Status.SCHEDULED]
        same = self.filter(cohort=session.cohort_id, module=session.module_id, status__in=waiting)
        return same.filter(starts_at__gt=session.starts_at).exclude(pk=session.pk).order_by("starts_at")

    def status_for_check_in(self, pk) -> str:
        """Return the session's status and keep it so until the transaction ends.

        The weak lock lets five hundred people check in side by side, and makes whoever closes the session
        wait for the marks that are on their way (Django has no name for FOR KEY SHARE).
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT status FROM trainings_trainingsession WHERE id = %s FOR KEY SHARE", [str(pk)]
            )
            return cursor.fetchone()[0]


class TrainingSession(Workflow, Record):
    """A meeting of one cohort for one module."""

    class Kind(models.TextChoices):
        CLASS = "class", _("Kelas")
        VISIT = "visit", _("Kunjungan pabrik")
        ONLINE = "online", _("Daring")
        MAKE_UP = "make_up", _("Susulan")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SCHEDULED = "scheduled", _("Dijadwalkan")
        OPEN = "open", _("Berlangsung")
        CLOSED = "closed", _("Selesai")
        CANCELLED = "cancelled", _("Batal")

    TRANSITIONS = {
        Status.DRAFT: {Status.SCHEDULED, Status.CANCELLED},
        Status.SCHEDULED: {Status.OPEN, Status.CANCELLED},
        Status.OPEN: {Status.CLOSED, Status.CANCELLED},
        Status.CLOSED: set(),
        Status.CANCELLED: set(),
    }

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("angkatan"), on_delete=models.PROTECT, related_name="sessions"
    )
    module = models.ForeignKey(
        Module, verbose_name=_("modul"), on_delete=models.PROTECT, related_name="sessions"
    )
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind, default=Kind.CLASS)
    title = models.CharField(_("judul"), max_length=160)
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))
    lesson_hours = models.PositiveSmallIntegerField(_("jam pelajaran (JP)"))
    place = models.CharField(_("tempat"), max_length=160)
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    regency = models.ForeignKey("regions.Regency", verbose_name=_("kabupaten/kota"), on_delete=models.PROTECT)
    seats = models.PositiveSmallIntegerField(_("kapasitas ruangan"), null=True, blank=True)
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("narasumber"), on_delete=models.PROTECT, related_name="+"
    )
    opens_before = models.PositiveSmallIntegerField(_("presensi dibuka (menit sebelum mulai)"), default=30)
    late_after = models.PositiveSmallIntegerField(_("terlambat setelah (menit)"), default=15)
    closes_after = models.PositiveSmallIntegerField(_("presensi ditutup (menit sesudah selesai)"), default=0)
    asks_exit = models.BooleanField(_("catat juga waktu pulang"), default=False)
    # what a presence at it is worth; it keeps this version for good
    status_set = models.ForeignKey(
        StatusSet,
        verbose_name=_("aturan kehadiran"),
        on_delete=models.PROTECT,
        related_name="sessions",
        default=newest_status_set,
        editable=False,
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    secret = models.CharField(max_length=32, default=new_secret, editable=False)
    head_count = models.PositiveSmallIntegerField(_("jumlah orang di ruangan"), null=True, blank=True)
    head_count_note = models.CharField(_("penjelasan selisih"), max_length=300, blank=True)
    no_action_reason = models.CharField(_("alasan tanpa aksi pabrik"), max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = TrainingSessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        verbose_name = _("sesi")
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Waktu selesai harus setelah waktu mulai."),
            ),
            models.CheckConstraint(
                name="session_has_hours",
                condition=Q(lesson_hours__gt=0),
                violation_error_message=_("Jam pelajaran paling sedikit 1."),
            ),
            models.CheckConstraint(
                name="session_room_has_seats",
                condition=Q(seats=None) | Q(seats__gt=0),
                violation_error_message=_("Kapasitas ruangan paling sedikit 1."),
            ),
            models.UniqueConstraint(
                fields=["cohort", "starts_at", "place"],
                condition=~Q(status="cancelled"),
                name="cohort_meets_once_at_a_time_and_place",
                violation_error_message=_("Sesi angkatan ini pada waktu dan tempat yang sama sudah ada."),
            ),
            models.CheckConstraint(
                name="session_closing_is_whole",
                condition=Q(status="closed", closed_at__isnull=False)
                & (
                    Q(closed_by__isnull=False, head_count__isnull=False)
                    | Q(closed_by=None, head_count=None)  # closed by the clock: nobody counted
                )
                | (~Q(status="closed") & Q(closed_at=None, closed_by=None)),
            ),
            models.CheckConstraint(
                name="session_status_is_known",
                condition=Q(status__in=["draft", "scheduled", "open", "closed", "cancelled"]),
            ),
            models.CheckConstraint(
                name="session_kind_is_known", condition=Q(kind__in=["class", "visit", "online", "make_up"])
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("trainings:session", args=[self.code])

    @property
    def time_zone(self) -> str:
        """The IANA zone of the place, in which every time of the session is shown."""
        return self.regency.province.time_zone

    @property
    def day(self) -> date:
        """The day on which it begins, on the clock of its place."""
        return self.starts_at.astimezone(self.zone).date()

    @property
    def zone(self) -> ZoneInfo:
        """The same, ready to compute with."""
        return ZoneInfo(self.time_zone)

    @property
    def tone(self) -> str:
        """The tone of its badge (design.md §6)."""
        return {"draft": "new", "scheduled": "info", "cancelled": "bad"}.get(self.status, "ok")

    @property
    def window(self) -> Window:
        """When owners may check in."""
        return Window.around(
            self.starts_at,
            self.ends_at,
            opens_before=self.opens_before,
            late_after=self.late_after,
            closes_after=self.closes_after,
        )

"""What phones sent: each check-in form once, with both clocks, and what was said of what looks odd."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models import Enrolment
from trainings.distance import FURTHEST
from trainings.models.session import TrainingSession


class SentCheckIn(Record):
    """One check-in form that arrived; the form's hidden key is its id, so that sending it again finds it.

    `created_at` is when it arrived, by the server's clock. The clocks of phones are kept as they said, and
    decide nothing.
    """

    class Outcome(models.TextChoices):
        MARKED = "marked", _("Tercatat")
        UNDONE = "undone", _("Dibatalkan sendiri")
        LATE = "late", _("Terkirim terlambat")

    class Proof(models.TextChoices):
        QR = "qr", "QR"
        CODE = "code", _("Kode")

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="sent_check_ins")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="sent_check_ins")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, editable=False)
    proof = models.CharField(max_length=4, choices=Proof, editable=False)
    receipt = models.CharField(max_length=10, blank=True, editable=False)  # of the mark it made or found
    proved_for = models.DateTimeField(editable=False)  # the moment at which the code or the QR was good
    pressed_on_phone = models.DateTimeField(null=True, blank=True, editable=False)
    sent_on_phone = models.DateTimeField(null=True, blank=True, editable=False)
    # metres from the place, as the phone measured them; it keeps its position to itself
    distance = models.PositiveIntegerField(null=True, blank=True, editable=False)
    accuracy = models.PositiveIntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("kiriman presensi")
        constraints = [
            models.CheckConstraint(
                name="sent_check_in_outcome_is_known", condition=Q(outcome__in=["marked", "undone", "late"])
            ),
            models.CheckConstraint(
                name="sent_check_in_proof_is_known", condition=Q(proof__in=["qr", "code"])
            ),
            models.CheckConstraint(
                name="only_a_late_check_in_has_no_receipt",
                condition=Q(outcome="late", receipt="") | (~Q(outcome="late") & ~Q(receipt="")),
            ),
            models.CheckConstraint(
                name="sent_distance_is_on_earth",
                condition=Q(distance=None, accuracy=None)
                | (Q(distance__lte=FURTHEST) & (Q(accuracy=None) | Q(accuracy__lte=FURTHEST))),
            ),
            models.UniqueConstraint(
                fields=["session", "enrolment", "sender"],
                condition=Q(outcome="late"),
                name="one_late_check_in_per_person_and_session",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment.enterprise}: {self.get_outcome_display()}"

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the event stands."""
        return self.enrolment.enterprise_id


class SignalAnswer(Record):
    """What the trainer said of a check-in that looks odd. It answers the facts of `key` only."""

    class Kind(models.TextChoices):
        SHARED_PHONE = "shared_phone", _("Satu HP untuk dua IKM")
        WRONG_CLOCK = "wrong_clock", _("Jam HP berbeda")
        LATE_UPLOAD = "late_upload", _("Terkirim setelah presensi ditutup")
        FAR_AWAY = "far_away", _("Jauh dari tempat sesi")

    class Verdict(models.TextChoices):
        FAIR = "fair", _("Wajar")
        REFUSED = "refused", _("Ditolak")
        LEFT = "left", _("Dibiarkan")  # the session was closed without looking at it

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="signal_answers")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="signal_answers")
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=36)
    verdict = models.CharField(max_length=7, choices=Verdict)
    note = models.CharField(_("alasan"), max_length=300, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("tinjauan presensi")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "key"], name="one_answer_per_signal_and_its_facts"
            ),
            models.CheckConstraint(
                name="signal_kind_is_known",
                condition=Q(kind__in=["shared_phone", "wrong_clock", "late_upload", "far_away"]),
            ),
            models.CheckConstraint(
                name="signal_verdict_is_known", condition=Q(verdict__in=["fair", "refused", "left"])
            ),
            models.CheckConstraint(
                name="a_signal_is_left_for_a_reason", condition=~Q(verdict="left") | ~Q(note="")
            ),
        ]

    def __str__(self):
        return f"{self.enrolment.enterprise}: {self.get_kind_display()}"

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the answer stands."""
        return self.enrolment.enterprise_id

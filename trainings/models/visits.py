"""A visit of the cohort to one of its factories: what was looked at, photos, and that both sides say it took place."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models import Enrolment
from trainings.models.session import TrainingSession


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Visits at the IKM one may know of, and those one leads."""
        return self.filter(
            Q(host__in=Enrolment.objects.visible_to(user)) | Q(session__trainer=user)
        ).distinct()

    def unconfirmed(self):
        """Those to which one of the two sides has not said yes."""
        return self.filter(Q(led_at=None) | Q(hosted_at=None))

    def waiting_for_host(self):
        """The trainer has said what was seen; somebody of the IKM has still to agree."""
        return self.filter(led_at__isnull=False, hosted_at=None)

    def for_pages(self):
        """With everything a page about one shows."""
        return self.select_related(
            "session__regency__province", "session__module", "session__trainer", "host__enterprise", "led_by",
            "hosted_by",
        )  # fmt: skip


class Visit(Record):
    """One visit session at its host. `led` is said by the trainer, `hosted` by a person of the IKM, each once."""

    session = models.OneToOneField(TrainingSession, on_delete=models.PROTECT, related_name="visit")
    host = models.ForeignKey(
        Enrolment, verbose_name=_("tuan rumah"), on_delete=models.PROTECT, related_name="hosted_visits"
    )
    list_version = models.PositiveSmallIntegerField(_("versi daftar periksa"), editable=False)
    summary = models.TextField(_("yang dibawa pulang"), max_length=1000, blank=True)
    led_at = models.DateTimeField(null=True, blank=True, editable=False)
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    hosted_at = models.DateTimeField(null=True, blank=True, editable=False)
    hosted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-session__starts_at"]
        verbose_name = _("kunjungan pabrik")
        constraints = [
            models.CheckConstraint(
                name="visit_leading_is_whole",
                condition=Q(led_at=None, led_by=None) | Q(led_at__isnull=False, led_by__isnull=False),
            ),
            # the host agrees to what the trainer has said, so never before
            models.CheckConstraint(
                name="visit_hosting_is_whole",
                condition=Q(hosted_at=None, hosted_by=None)
                | Q(hosted_at__isnull=False, hosted_by__isnull=False, led_at__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.session)

    def get_absolute_url(self):
        return reverse("trainings:visit", args=[self.session.code])

    @property
    def enterprise_id(self):
        """The host, on whose timeline the visit's events stand."""
        return self.host.enterprise_id

    @property
    def is_confirmed(self) -> bool:
        """Whether both sides have said that it took place."""
        return self.hosted_at is not None


class VisitAnswer(Record):
    """One line of the list as it was when the visit got its host, so that a later list rewrites no past."""

    class Verdict(models.TextChoices):
        YES = "yes", _("Ya")
        PARTLY = "partly", _("Sebagian")
        NO = "no", _("Belum")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="answers")
    order = models.PositiveSmallIntegerField(editable=False)
    text = models.CharField(max_length=200)
    text_en = models.CharField(max_length=200)
    verdict = models.CharField(_("terlihat"), max_length=6, choices=Verdict, blank=True)
    remark = models.CharField(_("keterangan"), max_length=200, blank=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("butir daftar periksa")
        constraints = [
            models.UniqueConstraint(fields=["visit", "order"], name="visit_answers_are_numbered"),
            models.CheckConstraint(
                name="visit_verdict_is_known", condition=Q(verdict__in=["", "yes", "partly", "no"])
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        """What is looked at, in the reader's language."""
        return self.text_en if get_language() == "en" else self.text

    @property
    def tone(self) -> str:
        """The tone of its badge (design.md §6)."""
        return {"yes": "ok", "partly": "todo", "no": "bad"}.get(self.verdict, "new")


class VisitPhoto(Record):
    """One photo taken at the visit; the same photo twice is one."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="photos")
    photo = models.FileField(_("foto"), upload_to="visits/%Y/%m")
    photo_sha256 = models.CharField(max_length=64, editable=False)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("foto kunjungan")
        constraints = [
            models.UniqueConstraint(fields=["visit", "photo_sha256"], name="visit_photo_once"),
            models.CheckConstraint(
                name="visit_photo_has_its_hash", condition=~Q(photo="") & ~Q(photo_sha256="")
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name}: {self.visit}"

    @property
    def url(self) -> str:
        return reverse("trainings:visit_photo", args=[self.pk])

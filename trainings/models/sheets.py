"""Attendance lists on paper: what was printed, what was typed off it, and its photos as evidence."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record, new_code
from trainings.models.session import TrainingSession


def new_sheet_code() -> str:
    """Return a code that can be read off paper; long enough that two sheets never meet."""
    return new_code(8)


class SheetQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sheets of the sessions one may know of."""
        return self.filter(session__in=TrainingSession.objects.visible_to(user))


class Sheet(Record):
    """One printed list. `rows` is what the paper shows, numbered from 1: [enrolment, IKM, expected person]."""

    code = models.CharField(max_length=10, unique=True, default=new_sheet_code, editable=False)
    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="sheets")
    rows = models.JSONField(editable=False)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    typed = models.CharField(_("yang tertulis di lembar"), max_length=1000, blank=True, editable=False)
    typed_at = models.DateTimeField(null=True, editable=False)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("lembar daftar hadir")
        constraints = [
            models.CheckConstraint(
                name="sheet_typing_is_whole",
                condition=Q(typed_at=None, typed_by=None, typed="")
                | (Q(typed_at__isnull=False, typed_by__isnull=False) & ~Q(typed="")),
            ),
            models.CheckConstraint(name="sheet_has_rows", condition=~Q(rows=[])),
        ]

    def __str__(self):
        return _("Lembar %(code)s") % {"code": self.spoken_code}

    def get_absolute_url(self):
        return reverse("trainings:sheet", args=[self.code])

    @property
    def spoken_code(self) -> str:
        """The code in two groups, as the paper shows it."""
        return f"{self.code[:4]} {self.code[4:]}"


class SheetPhotoQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Photos of the sheets one may know of."""
        return self.filter(sheet__in=Sheet.objects.visible_to(user))


class SheetPhoto(Record):
    """A page of a filled sheet, photographed. The same picture twice is one."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="photos")
    photo = models.FileField(_("foto"), upload_to="sheets/%Y/%m")
    sha256 = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SheetPhotoQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("foto lembar daftar hadir")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "sha256"], name="a_sheets_picture_is_kept_once"),
        ]

    def __str__(self):
        return f"{self.sheet}: {self.get_number()}"

    def get_number(self) -> int:
        """Return which page of its sheet it is, in the order in which they were sent."""
        return self.sheet.photos.filter(created_at__lte=self.created_at).count()

"""Where a place of training lies, so that a phone can tell how far it is from there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record

# degrees: a rectangle around Indonesia, so that a swapped pair or a missing sign is no place of ours
SOUTH, NORTH, WEST, EAST = -11.5, 6.5, 94.5, 141.5


def place_key(place: str) -> str:
    """Return the place as two spellings of it are compared: small letters, single spaces."""
    return " ".join(place.casefold().split())


class PlacePointQuerySet(models.QuerySet):
    def of(self, session) -> "PlacePoint | None":
        """The point of the session's place, whichever session it was set at; None while nobody set one."""
        return self.filter(regency=session.regency_id, key=place_key(session.place)).first()


class PlacePoint(Record):
    """The point of one place in a kabupaten or kota; every session there shares it.

    It is known to who runs a session there and, on the check-in page, to the phones of who is expected.
    Phones measure their distance themselves: their own position is never sent.
    """

    regency = models.ForeignKey("regions.Regency", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=160, editable=False)
    latitude = models.DecimalField(_("lintang"), max_digits=7, decimal_places=5)
    longitude = models.DecimalField(_("bujur"), max_digits=8, decimal_places=5)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PlacePointQuerySet.as_manager()

    class Meta:
        verbose_name = _("titik tempat")
        constraints = [
            models.UniqueConstraint(fields=["regency", "key"], name="one_point_per_place"),
            models.CheckConstraint(
                name="place_point_is_in_indonesia",
                condition=Q(latitude__range=(SOUTH, NORTH), longitude__range=(WEST, EAST)),
            ),
        ]

    def __str__(self):
        return f"{self.latitude}, {self.longitude}"

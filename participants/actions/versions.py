"""The version of a record: it moves with everything the sheet that comes back shows of an enterprise."""

from django.db.models import F
from django.utils import timezone

from participants.models import Enterprise


def next_version(enterprise: Enterprise) -> None:
    """Move the record to its next version: somebody changed its people or figures, which are rows of their own.

    Whoever still shows the present one cannot overwrite it unseen. The enterprise in hand moves along, so that
    an act of several steps does not meet itself.
    """
    Enterprise.objects.filter(pk=enterprise.pk).update(version=F("version") + 1, updated_at=timezone.now())
    enterprise.version += 1

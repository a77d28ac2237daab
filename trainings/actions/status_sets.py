"""A new version of what presence is worth; what was published never changes."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record
from trainings.models import StatusSet
from trainings.models.status_sets import STATUSES, WINDOWS

KEPT = (*STATUSES, *WINDOWS)
VERSION_LOCK = 12_2026  # any number of our own; held while a version is numbered


@transaction.atomic
def publish_status_set(*, by: User, id: UUID | None = None, **values) -> StatusSet:
    """Publish a new version, which sessions made from now on follow; those already made keep theirs.

    `values` are name, the points of each status (0–1) and the minutes of the check-in's window; what is left
    out stays as it is. The same form sent twice makes one version. Raises ValidationError when nothing differs
    from the newest, or for points that are no share.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [VERSION_LOCK])
    if id and (made := StatusSet.objects.filter(pk=id).first()):
        return made
    newest = StatusSet.objects.newest()
    before = {name: getattr(newest, name) for name in KEPT}
    after = before | {name: values[name] for name in KEPT if name in values}
    if before == after:
        raise ValidationError(_("Belum ada yang berubah dari versi yang berlaku."))
    made = StatusSet(
        **({"id": id} if id else {}),
        version=newest.version + 1,
        name=values.get("name", newest.name),
        **after,
    )
    made.full_clean()
    made.save(force_insert=True)
    record("statusset.published", made, by=by, version=made.version, changes=changes(before, after))
    return made

"""Paper lists: printed under a code, photographed, and typed in; the photos stay as evidence."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.models import new_id
from closedloop.core.photos import CleanPhoto
from trainings.actions.marks import hold_open
from trainings.actions.roster import mark
from trainings.models import Attendance, Sheet, SheetPhoto, TrainingSession
from trainings.planned_rows import planned_rows
from trainings.roster import roster


@transaction.atomic
def print_sheet(session: TrainingSession, *, by: User, id: UUID | None = None) -> Sheet:
    """Keep what a new paper list shows, under a code of its own; the same id again returns the first.

    Raises ValidationError when nobody is on the roster, or the session is over.
    """
    if session.status in (TrainingSession.Status.CLOSED, TrainingSession.Status.CANCELLED):
        raise ValidationError(_("Sesi ini sudah selesai atau batal, jadi tidak ada daftar baru."))
    rows: dict[str, list[str]] = {}
    for line in roster(session, by):
        rows.setdefault(str(line.enrolment.pk), [str(line.enrolment.enterprise), line.name])
    if not rows:
        raise ValidationError(_("Belum ada IKM di daftar sesi ini."))
    sheet, created = Sheet.objects.get_or_create(
        pk=id or new_id(),
        session=session,
        defaults={"rows": [[pk, *names] for pk, names in rows.items()], "printed_by": by},
    )
    if created:
        record("sheet.printed", sheet, by=by, session=session.code, rows=len(rows))
    return sheet


@transaction.atomic
def add_sheet_photos(sheet: Sheet, photos: list[CleanPhoto], *, by: User) -> int:
    """Keep pages of the filled sheet; return how many are new. A picture that is there already is kept once."""
    Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    known = set(sheet.photos.values_list("sha256", flat=True))
    fresh = {photo.sha256: photo for photo in photos if photo.sha256 not in known}
    for photo in fresh.values():
        page = SheetPhoto(sheet=sheet, sha256=photo.sha256, added_by=by)
        page.photo.save(photo.name, ContentFile(photo.content), save=False)
        page.save()
    if fresh:
        record("sheet.photographed", sheet, by=by, session=sheet.session.code, photos=len(fresh))
    return len(fresh)


@transaction.atomic
def fill_sheet(sheet: Sheet, exceptions: dict[int, str], *, by: User, typed: str) -> list[Attendance]:
    """Mark everybody on the sheet as it says and return the changed marks; who is no exception was there.

    Exceptions are {row number: status}. Raises TransitionError unless the session is open.
    """
    hold_open(sheet.session)
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("session").get(pk=sheet.pk)
    changed = [
        mark(
            sheet.session,
            row.enrolment,
            row.becomes,
            by=by,
            receipt=row.current.receipt if row.current else "",
        )
        for row in planned_rows(sheet, exceptions)
        if row.enrolment and row.becomes
    ]
    sheet.typed, sheet.typed_at, sheet.typed_by = typed.strip(), timezone.now(), by
    sheet.save(update_fields=["typed", "typed_at", "typed_by"])
    record("sheet.typed", sheet, by=by, session=sheet.session.code, typed=sheet.typed, changed=len(changed))
    return changed

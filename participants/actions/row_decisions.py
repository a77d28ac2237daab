"""What a person decides about one row of a previewed import that may repeat an enterprise of the register."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.actions.import_check import differences
from participants.actions.import_known import matched_enterprises, touched_by_hand
from participants.duplicates import Duplicate, Reason
from participants.models import Enterprise, ImportBatch, ImportRow
from participants.reading import RegistrationRow

Outcome = ImportRow.Outcome
# numbers that the register keeps when the row says others: a decision about a row corrects no identity
NUMBERS = ("nib", "npwp")
DOUBTS = {Reason.SAME_NAME_AND_PHONE, Reason.NEAR_NAME, Reason.NUMBERS_DISAGREE}


def row_as_read(row: ImportRow) -> RegistrationRow:
    """Return what the row says, as it was read when its workbook was looked at."""
    known = RegistrationRow.__dataclass_fields__
    values = {name: value for name, value in row.values.items() if name in known and name != "timestamp"}
    return RegistrationRow(**values | {"sheet_row": row.sheet_row})


def changes_onto(row: ImportRow, enterprise: Enterprise) -> dict[str, list]:
    """Return what the row would change on the enterprise: {field: [now, in the row]}.

    What a person corrected by hand stays, and so do numbers that the register has already. Who still follows
    another cohort is not enrolled in this one.
    """
    found = matched_enterprises([Duplicate(Reason.SAME_RECORD, of_existing=enterprise.pk)])[enterprise.pk]
    by_hand = touched_by_hand([enterprise.pk])[enterprise.pk]
    changes = {
        name: pair
        for name, pair in differences(row_as_read(row), found).items()
        if name not in by_hand and not (name in NUMBERS and pair[0])
    }
    enrolments = list(found.enrolments.all())
    cohort = row.batch.cohort
    if all(one.cohort_id != cohort.pk and not one.is_open for one in enrolments):
        changes["cohort"] = [None, cohort.code]
    return changes


def waiting(row: ImportRow) -> ImportRow:
    """Lock the row's import and return the row as it is now; raises ValidationError when it waits for nobody."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=row.batch_id)
    row = ImportRow.objects.select_related("batch__cohort", "enterprise").get(pk=row.pk)
    if batch.status != ImportBatch.Status.PREVIEWED or row.outcome != Outcome.POSSIBLE_DUPLICATE:
        raise ValidationError(_("Baris ini tidak menunggu keputusan."))
    return row


@transaction.atomic
def import_onto(row: ImportRow, enterprise: Enterprise, *, by: User) -> ImportRow:
    """Decide that a row speaks of this enterprise, so that saving gives it what the row adds.

    Raises ValidationError when the row waits for nobody, another row of the import speaks of the enterprise
    already, or a number of the row belongs to a third.
    """
    row = waiting(row)
    if row.batch.rows.filter(enterprise=enterprise, outcome__in=ImportRow.WRITTEN).exists():
        raise ValidationError(_("Baris lain di berkas ini sudah memperbarui IKM itu."))
    changes = changes_onto(row, enterprise)
    for name in set(NUMBERS) & set(changes):
        if Enterprise.with_merged.filter(**{name: changes[name][1]}).exclude(pk=enterprise.pk).exists():
            raise ValidationError(_("NIB atau NPWP baris ini milik IKM lain. Periksa kedua nomornya."))
    row.outcome = Outcome.CHANGED if changes else Outcome.SAME
    row.enterprise = enterprise
    row.values |= {"changes": changes, "version": enterprise.version}
    row.problems = [one for one in row.problems if one["code"] not in DOUBTS]
    row.save(update_fields=["outcome", "enterprise", "values", "problems"])
    record("importbatch.row_decided", row.batch, by=by, row=row.sheet_row, onto=enterprise.code)
    return row


@transaction.atomic
def skip_row(row: ImportRow, *, by: User) -> ImportRow:
    """Decide that a row is not imported at all; raises ValidationError when it waits for nobody."""
    row = waiting(row)
    row.outcome = Outcome.DUPLICATE
    row.save(update_fields=["outcome"])
    record("importbatch.row_decided", row.batch, by=by, row=row.sheet_row, skipped=True)
    return row

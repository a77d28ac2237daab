"""The items of a draft: added, changed, put in order, taken out and put back."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.dimensions import taken
from assessments.actions.drafts import change_row, hold_draft, move_row
from assessments.models import Criterion, Dimension, Rubric
from assessments.rubric_values import OF_CRITERION
from closedloop.accounts.models import User
from closedloop.audit.trail import record


@transaction.atomic
def add_criterion(dimension: Dimension, *, by: User, id: UUID | None = None, **values) -> Criterion:
    """Put an item at the end of its group; the same id a second time returns the first one.

    ValidationError for a code in use, and for one that an earlier version gave to something else.
    """
    rubric = hold_draft(dimension.rubric)
    if id and (known := Criterion.objects.filter(pk=id, dimension__rubric=rubric).first()):
        return known
    _refuse_used(rubric, values["code"])
    if old := past_criteria(rubric).filter(code=values["code"]).first():
        raise ValidationError({"code": taken(old.text, old.dimension.rubric.version)})
    criterion = Criterion(dimension=dimension, order=0, **values)
    if id:
        criterion.pk = id
    _insert(criterion)
    record("criterion.added", criterion, by=by, code=criterion.code, version=rubric.version)
    return criterion


@transaction.atomic
def change_criterion(criterion: Criterion, *, by: User, **values) -> Criterion:
    """Change an item of a draft; its code stays, for scores are followed by it from version to version."""
    hold_draft(criterion.dimension.rubric)
    change_row(criterion, values, verb="criterion.changed", by=by)
    return criterion


@transaction.atomic
def move_criterion(criterion: Criterion, *, up: bool, by: User) -> None:
    """Change places with the item above or below; the first and the last stay where they are."""
    hold_draft(criterion.dimension.rubric)
    if moved := move_row(list(criterion.dimension.criteria.order_by("order", "id")), criterion, up=up):
        record("criterion.moved", criterion, by=by, before=moved[0], after=moved[1])


@transaction.atomic
def remove_criterion(criterion: Criterion, *, by: User) -> None:
    """Take an item out of a draft; the version before still has it."""
    hold_draft(criterion.dimension.rubric)
    record("criterion.removed", criterion, by=by, code=criterion.code)
    criterion.delete()


@transaction.atomic
def restore_criterion(dimension: Dimension, code: str, *, by: User) -> Criterion:
    """Put an item back as its last version said it; ValidationError where no version knew the code."""
    rubric = hold_draft(dimension.rubric)
    _refuse_used(rubric, code)
    old = past_criteria(rubric).filter(dimension__code=dimension.code, code=code).first()
    if old is None:
        raise ValidationError(_("Tidak ada versi yang punya butir %(code)s.") % {"code": code})
    words = {name: getattr(old, name) for name in OF_CRITERION}
    criterion = Criterion(dimension=dimension, order=0, **words)
    _insert(criterion)
    record("criterion.restored", criterion, by=by, code=code, of_version=old.dimension.rubric.version)
    return criterion


def past_criteria(rubric: Rubric):
    """Return the items of every published version of this rubric, those of the last version first."""
    rows = Criterion.objects.filter(
        dimension__rubric__code=rubric.code, dimension__rubric__published_at__isnull=False
    )
    return rows.select_related("dimension__rubric").order_by("-dimension__rubric__version")


def _insert(criterion: Criterion) -> None:
    """Put an item behind the last of its group, or at the end of its dimension."""
    rows = list(criterion.dimension.criteria.order_by("order", "id"))
    same = [place for place, row in enumerate(rows, start=1) if row.group == criterion.group]
    rows.insert(max(same, default=len(rows)), criterion)
    for order, row in enumerate(rows, start=1):
        row.order = order
    criterion.save(force_insert=True)
    Criterion.objects.bulk_update(rows, ["order"])


def _refuse_used(rubric: Rubric, code: str) -> None:
    if Criterion.objects.filter(dimension__rubric=rubric, code=code).exists():
        raise ValidationError({"code": _("Kode ini sudah dipakai butir lain di versi ini.")})

"""The dimensions of a draft: added, changed, weighed, put in order, taken out."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.drafts import change_row, hold_draft, move_row
from assessments.models import Dimension, Rubric
from closedloop.accounts.models import User
from closedloop.audit.trail import record


@transaction.atomic
def add_dimension(rubric: Rubric, *, by: User, id: UUID | None = None, **values) -> Dimension:
    """Put a dimension at the end of the draft; the same id a second time returns the first one.

    ValidationError for a code that an earlier version gave to something else.
    """
    hold_draft(rubric)
    if id and (known := Dimension.objects.filter(pk=id, rubric=rubric).first()):
        return known
    if rubric.dimensions.filter(code=values["code"]).exists():
        raise ValidationError({"code": _("Kode ini sudah dipakai bidang lain di versi ini.")})
    before = Dimension.objects.filter(rubric__code=rubric.code, code=values["code"])
    if old := before.order_by("-rubric__version").first():
        raise ValidationError({"code": taken(old.name, old.rubric.version)})
    dimension = Dimension(rubric=rubric, order=rubric.dimensions.count() + 1, **values)
    if id:
        dimension.pk = id
    dimension.save(force_insert=True)
    record("dimension.added", dimension, by=by, code=dimension.code, version=rubric.version)
    return dimension


@transaction.atomic
def change_dimension(dimension: Dimension, *, by: User, **values) -> Dimension:
    """Change a dimension of a draft; what is equal already leaves no trace."""
    hold_draft(dimension.rubric)
    change_row(dimension, values, verb="dimension.changed", by=by)
    return dimension


@transaction.atomic
def set_weights(rubric: Rubric, weights: Mapping[str, Decimal], *, by: User) -> int:
    """Give the dimensions of a draft their weights by code and return how many changed; they may not be 100 yet."""
    hold_draft(rubric)
    rows = [row for row in rubric.dimensions.all() if row.code in weights]
    return sum(
        change_row(row, {"weight": weights[row.code]}, verb="dimension.changed", by=by) for row in rows
    )


@transaction.atomic
def move_dimension(dimension: Dimension, *, up: bool, by: User) -> None:
    """Change places with the dimension above or below; the first and the last stay where they are."""
    hold_draft(dimension.rubric)
    if moved := move_row(list(dimension.rubric.dimensions.order_by("order", "id")), dimension, up=up):
        record("dimension.moved", dimension, by=by, before=moved[0], after=moved[1])


@transaction.atomic
def remove_dimension(dimension: Dimension, *, by: User) -> None:
    """Take a dimension and its items out of a draft; the version before still has them."""
    hold_draft(dimension.rubric)
    codes = list(dimension.criteria.values_list("code", flat=True))
    record("dimension.removed", dimension, by=by, code=dimension.code, criteria=codes)
    dimension.criteria.all().delete()
    dimension.delete()


def taken(meaning: str, version: int) -> str:
    """Say what a code stood for before: scores of past years are read by it."""
    text = _("Kode ini dipakai untuk “%(meaning)s” di versi %(version)s dan tidak dapat berganti arti.")
    return text % {"meaning": meaning, "version": version}

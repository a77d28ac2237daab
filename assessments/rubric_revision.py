"""A draft of a rubric beside the version it was made from: what differs, in words, and what is still at fault."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.measures import MEASURES
from assessments.models import ClassScheme, Criterion, Dimension, Rubric
from assessments.rubric_faults import Fault, faults_of, total_weight
from assessments.rubric_values import criteria_of, dimensions_of
from closedloop.core.formats import number
from closedloop.core.revisions import RowRevision, rows_changed

NAMED_BY_SCHEMES = [name for name, kind in MEASURES.items() if kind.subject in ("dimension", "criterion")]


@dataclass(frozen=True)
class RubricRevision:
    """All that differs: dimensions, items, and the sums of the weights."""

    dimensions: tuple[RowRevision, ...]
    criteria: tuple[RowRevision, ...]
    weight_before: Decimal
    weight_after: Decimal

    @property
    def rows(self) -> tuple[RowRevision, ...]:
        return self.dimensions + self.criteria

    @property
    def is_empty(self) -> bool:
        return not self.rows


@dataclass(frozen=True)
class Line:
    """One change in words."""

    label: str
    before: str
    after: str


def changes_of(rubric: Rubric) -> RubricRevision | None:
    """Return what differs from the version it was made from; None where it was made from none."""
    if rubric.based_on is None:
        return None
    before, after = dimensions_of(rubric.based_on), dimensions_of(rubric)
    return RubricRevision(
        rows_changed(before, after),
        rows_changed(criteria_of(rubric.based_on), criteria_of(rubric)),
        total_weight(before),
        total_weight(after),
    )


def faults_in(rubric: Rubric) -> list[Fault]:
    """Return everything to mend before, or at least to know at, publishing."""
    return faults_of(
        dimensions_of(rubric),
        criteria_of(rubric),
        scale_max=rubric.scale_max,
        needed=codes_in_force(ClassScheme.objects.newest()),
    )


def codes_in_force(scheme: ClassScheme | None) -> set[str]:
    """Return the codes of dimensions and items that a class scheme asks for."""
    if scheme is None:
        return set()
    return set(scheme.requirements.filter(measure__in=NAMED_BY_SCHEMES).values_list("subject", flat=True))


def unknown_to(rubric: Rubric, scheme: ClassScheme) -> list[str]:
    """Return the codes that a class scheme asks for and the rubric lacks: nobody could ever reach such a class."""
    wanted = codes_in_force(scheme)
    present = {row["code"] for row in (*dimensions_of(rubric), *criteria_of(rubric))} if wanted else set()
    return sorted(wanted - present)


def lines_of(row: RowRevision) -> list[Line]:
    """Return the changes of one row as a page shows them, before and after."""
    return [Line(label_of(change.field), words(change.before), words(change.after)) for change in row.fields]


def label_of(field: str) -> str:
    """Return what a compared value is called."""
    if field == "order":
        return str(_("Urutan"))
    if field == "dimension":
        return str(_("Bidang"))
    name, is_english = field.removesuffix("_en"), field.endswith("_en")
    if name.startswith("anchor_"):
        label = _("Arti nilai %(score)s") % {"score": name.removeprefix("anchor_")}
        return _("%(label)s (Inggris)") % {"label": label} if is_english else label
    known = {one.name: one for model in (Criterion, Dimension) for one in model._meta.concrete_fields}
    if field in known:
        return _capital(str(known[field].verbose_name))
    return _("%(label)s (Inggris)") % {"label": _capital(str(known[name].verbose_name))}


def words(value: Any) -> str:
    """Return a compared value as people read it."""
    match value:
        case bool():
            return _("Ya") if value else _("Tidak")
        case Decimal():
            return number(value, 2, trim=True)
        case None | "" | [] | {}:
            return "–"
        case list():
            return ", ".join(words(one) for one in value)
        case dict():
            return "; ".join(f"{name} {words(one)}" for name, one in value.items())
    return str(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

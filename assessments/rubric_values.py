"""A rubric as plain values: what is copied into a draft, compared between versions and looked over for faults."""

from decimal import Decimal
from typing import Any

from assessments.models import Criterion, Dimension, Rubric
from closedloop.core.revisions import digest

EXPANDED = (
    "anchors",
    "english",
)  # said score by score and word by word, so that a difference names its place


def own_fields(model, *but: str) -> list[str]:
    """Return the names of what a row says; a field that a model gains is copied and compared from then on."""
    left_out = {"id", "created_at", "order", *but}
    return [field.name for field in model._meta.concrete_fields if field.name not in left_out]


OF_DIMENSION = own_fields(Dimension, "rubric")
OF_CRITERION = own_fields(Criterion, "dimension")


def dimensions_of(rubric: Rubric) -> list[dict[str, Any]]:
    """Return the dimensions in their order."""
    rows = rubric.dimensions.order_by("order", "id")
    return [
        {"title": row.name, **{name: _plain(getattr(row, name)) for name in OF_DIMENSION}} for row in rows
    ]


def criteria_of(rubric: Rubric) -> list[dict[str, Any]]:
    """Return the items in their order, their words for each score as anchor_0 to anchor_4 in both languages."""
    rows = Criterion.objects.filter(dimension__rubric=rubric).select_related("dimension")
    return [
        {
            "title": row.text,
            "dimension": row.dimension.code,
            **{name: _plain(getattr(row, name)) for name in OF_CRITERION if name not in EXPANDED},
            **_words_of(row),
        }
        for row in rows.order_by("dimension__order", "order", "id")
    ]


def seen(rubric: Rubric) -> str:
    """Return a mark of everything a draft says; a page that shows differences publishes only what it showed."""
    return digest(rubric.name, rubric.area_kinds, dimensions_of(rubric), criteria_of(rubric))


def _words_of(row: Criterion) -> dict[str, str]:
    english = dict(row.english)
    anchors_en = english.pop("anchors", None) or []
    return {
        **{f"{name}_en": words for name, words in sorted(english.items())},
        **{f"anchor_{score}": words for score, words in enumerate(row.anchors)},
        **{f"anchor_{score}_en": words for score, words in enumerate(anchors_en)},
    }


def _plain(value: Any) -> Any:
    """Return equal texts for equal weights, however many zeros they were typed with."""
    return value.normalize() + 0 if isinstance(value, Decimal) else value

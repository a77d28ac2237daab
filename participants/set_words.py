"""How two versions of the figures differ, in words."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from participants.models import Indicator, IndicatorLine, IndicatorSet
from participants.set_lines import Difference, Kind, Line


def lines_of(indicator_set: IndicatorSet) -> list[Line]:
    """Return what a version asks, in its order; one query."""
    rows = indicator_set.lines.order_by("order").values_list(
        "indicator__code", "frequency", "about", "allows_range"
    )
    return [Line(*row) for row in rows]


def in_words(found: Iterable[Difference], indicators: Mapping[str, Indicator]) -> list[tuple[str, str]]:
    """Return (kind in words, what of which figure) of each difference."""
    return [(kind_in_words(one.kind), told(one, indicators[one.code].title)) for one in found]


def kind_in_words(kind: Kind) -> str:
    return {
        Kind.ADDED: _("Baru"),
        Kind.REMOVED: _("Tidak ditanyakan lagi"),
        Kind.CHANGED: _("Ditanyakan lain"),
        Kind.MOVED: _("Pindah urutan"),
    }[kind]


def told(one: Difference, name: str) -> str:
    if one.old is None or one.new is None:
        line = one.new or one.old
        return f"{name}: {manner(line)}" if line else name
    if one.kind == Kind.MOVED:
        return name
    return f"{name}: {manner(one.old)} → {manner(one.new)}"


def manner(line: Line) -> str:
    """Return how a figure is asked: how often, about when, and whether a range will do."""
    parts = [
        str(IndicatorLine.Frequency(line.frequency).label).lower(),
        str(IndicatorLine.About(line.about).label).lower(),
    ]
    if line.allows_range:
        parts.append(_("boleh kisaran"))
    return ", ".join(parts)

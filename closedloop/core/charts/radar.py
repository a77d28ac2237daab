"""Radar of an assessment: where an IKM began, where it stands, where it must be."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.safestring import SafeString

from closedloop.core.charts import svg, tokens
from closedloop.core.formats import number

EN_DASH = "\N{EN DASH}"

# kind -> stroke, width, dash: told apart by lightness, dash and marker as well as by hue
LOOKS = {
    "target": (tokens.KUNYIT_600, 1.6, "2 3"),
    "baseline": (tokens.BAJA_MID, 1.6, "6 3"),
    "last": (tokens.BAJA, 2.5, ""),
}
MARKERS = {"baseline": "square", "last": "circle"}


@dataclass(frozen=True)
class Series:
    """One outline. kind: "baseline", "last" or "target". An unknown value is None and breaks the outline."""

    name: str
    values: Sequence
    kind: str


def radar(
    axes: Sequence[str],
    series: Sequence[Series],
    *,
    label: str,
    top: float = 100,
    width: int = 400,
    language: str | None = None,
) -> SafeString:
    """Return the radar; below the name of each axis stands the value of the "last" series."""
    height = width * 0.84 + 30
    drawn = [(one, [svg.known(value) for value in one.values]) for one in series]
    if not axes or all(value is None for _one, values in drawn for value in values):
        return svg.empty(width, height, label, "radar", language)
    centre, middle, radius, n = width / 2, (height - 30) / 2 + 2, width / 2 - 92, len(axes)

    def at(i: int, value: float) -> svg.Point:
        angle = -pi / 2 + 2 * pi * i / n
        reach = radius * min(max(value, 0), top) / top
        return centre + reach * cos(angle), middle + reach * sin(angle)

    parts: list[str] = []
    for share in (0.25, 0.5, 0.75, 1):
        ring = [at(i, top * share) for i in range(n)]
        look = {
            "fill": tokens.PAPER if share == 1 else "none",
            "stroke": tokens.LINE_2 if share == 1 else tokens.LINE,
        }
        parts.insert(0, svg.polyline(ring, closed=True, stroke_width=1, **look))
    parts += [svg.line(centre, middle, *at(i, top)) for i in range(n)]
    parts += [
        svg.text(
            centre - 4,
            middle - radius * share + 11,
            number(top * share, language=language),
            size=10,
            anchor="end",
        )
        for share in (0.25, 0.5, 0.75, 1)
    ]
    order = {"target": 0, "baseline": 1, "last": 2}
    for one, values in sorted(drawn, key=lambda pair: order[pair[0].kind]):
        parts += outline(values, at, one.kind)
    last = next((values for one, values in drawn if one.kind == "last"), [None] * n)
    for i, name in enumerate(axes):
        parts += axis_label(i, name, last[i], centre, middle, radius, n, language)
    parts += legend([one for one, _values in drawn], width, height - 10)
    return svg.svg(width, height, label, parts, "radar")


def outline(values, at, kind: str) -> list[str]:
    """Return one outline: closed where every value is known, else only the sides between two known values."""
    stroke, thick, dash = LOOKS[kind]
    look = {"stroke": stroke, "stroke_width": thick, "stroke_dasharray": dash, "stroke_linejoin": "round"}
    n = len(values)
    spots = {i: at(i, value) for i, value in enumerate(values) if value is not None}
    parts = []
    if len(spots) == n:
        fill = {"fill": tokens.BAJA, "fill_opacity": "0.14"} if kind == "last" else {"fill": "none"}
        parts.append(svg.polyline(list(spots.values()), closed=True, **fill, **look))
    else:
        sides = [(i, (i + 1) % n) for i in range(n)]
        parts += [
            svg.polyline([spots[a], spots[b]], fill="none", **look)
            for a, b in sides
            if a in spots and b in spots
        ]
    if kind in MARKERS:
        parts += [svg.marker(MARKERS[kind], x, y, stroke) for x, y in spots.values()]
    return parts


def axis_label(i, name, value, centre, middle, radius, n, language) -> list[str]:
    angle = -pi / 2 + 2 * pi * i / n
    x, y = centre + (radius + 12) * cos(angle), middle + (radius + 12) * sin(angle)
    anchor = "middle" if abs(cos(angle)) < 0.2 else "start" if cos(angle) > 0 else "end"
    shift = -12 if sin(angle) < -0.9 else 8 if sin(angle) > 0.9 else 0
    figure = EN_DASH if value is None else number(value, 1, trim=True, language=language)
    return [
        svg.text(x, y + shift, name, size=12, fill=tokens.INK, anchor=anchor, weight=600),
        svg.text(x, y + shift + 14, figure, size=12, fill=tokens.BAJA, anchor=anchor, weight=700),
    ]


def legend(series: Sequence[Series], width: float, y: float) -> list[str]:
    """Return the key below: a piece of each line, its mark and its name, centred."""
    lengths = [34 + 6.4 * len(one.name) for one in series]
    x = (width - sum(lengths)) / 2
    parts = []
    for one, length in zip(series, lengths, strict=True):
        stroke, thick, dash = LOOKS[one.kind]
        parts.append(svg.line(x, y - 4, x + 22, y - 4, stroke, thick, dash))
        if one.kind in MARKERS:
            parts.append(svg.marker(MARKERS[one.kind], x + 11, y - 4, stroke))
        parts.append(svg.text(x + 27, y, one.name, size=11))
        x += length
    return parts

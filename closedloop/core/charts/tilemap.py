"""Indonesia as 38 equal tiles: a small province is as easy to read as a large one."""

from collections.abc import Mapping

from django.utils.safestring import SafeString

from closedloop.core.charts import svg, tokens
from closedloop.core.formats import number, unknown

# second half of the ISO 3166-2 code -> column, row. Names come from the data, never from here.
TILES = {
    "AC": (0, 0), "SU": (1, 1), "RI": (2, 1), "KR": (3, 1), "SB": (1, 2), "JA": (2, 2), "BB": (3, 2),
    "BE": (1, 3), "SS": (2, 3), "LA": (2, 4),
    "BT": (3, 5), "JK": (4, 4), "JB": (4, 5), "JT": (5, 5), "YO": (5, 6), "JI": (6, 5),
    "BA": (7, 5), "NB": (8, 5), "NT": (9, 5),
    "KB": (5, 1), "KU": (7, 0), "KI": (7, 1), "KT": (6, 1), "KS": (6, 2),
    "SA": (10, 0), "GO": (9, 0), "ST": (9, 1), "SR": (8, 2), "SN": (8, 3), "SG": (9, 2),
    "MU": (11, 1), "MA": (11, 2), "PD": (12, 1), "PB": (13, 1), "PA": (14, 1), "PT": (13, 2), "PE": (14, 2),
    "PS": (14, 3),
}  # fmt: skip

# pale to dark; ink on the pale ones, white on the dark ones
SHADES = (
    ("#cfe2ec", tokens.INK),
    ("#8fbdd4", tokens.INK),
    ("#2d7096", tokens.WHITE),
    (tokens.BAJA, tokens.WHITE),
)


def bands(largest: float) -> tuple[float, ...]:
    """Return where each of the four shades begins: any, a twelfth, a quarter, over half of the largest."""
    return (1, max(largest / 12, 2), max(largest / 4, 3), max(largest * 0.54, 4))


def tilemap(
    values: Mapping[str, object],
    *,
    label: str,
    names: Mapping[str, str],
    noun: str = "IKM",
    width: int = 642,
    language: str | None = None,
) -> SafeString:
    """Return the map. values: ISO code -> count; a missing province counts 0, None is unknown (dashed edge).

    names: ISO code -> name of the province, for the words a pointer or a screen reader meets on a tile.
    """
    counts = {code: svg.known(values[code]) if code in values else 0.0 for code in TILES}
    height = width * 298 / 642
    if all(count is None for count in counts.values()):
        return svg.empty(width, height, label, "map", language)
    starts = bands(max(count for count in counts.values() if count is not None))
    gap, size = width * 3 / 642, width * 40 / 642
    parts = []
    for code, (column, row) in TILES.items():
        count, x, y = counts[code], column * (size + gap), row * (size + gap)
        fill, ink, edge = tokens.SUNK, tokens.INK_2, {}
        if count is None:
            words, edge = unknown(language), {"stroke": tokens.CONTROL, "stroke_dasharray": "3 2"}
        else:
            words = f"{number(count, language=language)} {noun}"
            for start, (shade, on_it) in zip(starts, SHADES, strict=True):
                if count >= start:
                    fill, ink = shade, on_it
        name = svg.escape(str(names.get(code, code)))
        parts.append(f"<g><title>{name}: {svg.escape(words)}</title>")
        parts.append(svg.rect(x, y, size, size, fill, rx=5, **edge))
        middle, look = x + size / 2, {"size": 13, "fill": ink, "anchor": "middle", "weight": 600}
        parts.append(svg.text(middle, y + size * (0.43 if count else 0.62), code, **look))
        if count:
            parts.append(svg.text(middle, y + size * 0.82, number(count, language=language), **look))
        parts.append("</g>")
    return svg.svg(width, height, label, parts, "map")

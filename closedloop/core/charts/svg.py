"""The few strokes all charts are made of. Numbers in attributes are never localised: "12.5", not "12,5"."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from math import isfinite

from django.utils.safestring import SafeString, mark_safe

from closedloop.core.charts import tokens
from closedloop.core.formats import unknown

Point = tuple[float, float]


def f(value: float) -> str:
    """Return a coordinate with at most one decimal, "12.5" or "12"; there is no minus zero."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def known(value) -> float | None:
    """Return the value as a float, or None where it is missing or no number at all."""
    if value is None:
        return None
    number = float(value)
    return number if isfinite(number) else None


def attrs(**pairs) -> str:
    """Return attributes; `stroke_width` becomes stroke-width, None and "" are left out."""
    parts = []
    for name, value in pairs.items():
        if value is None or value == "":
            continue
        text = f(value) if isinstance(value, int | float) else escape(str(value), quote=True)
        parts.append(f' {name.rstrip("_").replace("_", "-")}="{text}"')
    return "".join(parts)


def text(x: float, y: float, words, *, size=11.5, fill=tokens.INK_2, anchor="", weight="") -> str:
    marks = attrs(x=x, y=y, font_size=size, fill=fill, text_anchor=anchor, font_weight=weight)
    return f"<text{marks}>{escape(str(words))}</text>"


def line(x1: float, y1: float, x2: float, y2: float, stroke=tokens.LINE, width=1.0, dash="") -> str:
    marks = attrs(x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, stroke_dasharray=dash)
    return f"<line{marks}/>"


def rect(x: float, y: float, width: float, height: float, fill: str, **more) -> str:
    marks = attrs(x=x, y=y, width=max(width, 0), height=max(height, 0), fill=fill, **more)
    return f"<rect{marks}/>"


def path(d: str, **marks) -> str:
    return f'<path d="{d}"{attrs(**marks)}/>'


def points(pairs: Iterable[Point]) -> str:
    return " ".join(f"{f(x)},{f(y)}" for x, y in pairs)


def polyline(pairs: Sequence[Point], *, closed=False, **marks) -> str:
    tag = "polygon" if closed else "polyline"
    return f'<{tag} points="{points(pairs)}"{attrs(**marks)}/>'


def marker(kind: str, x: float, y: float, colour: str, width=1.8) -> str:
    """Return one hollow mark; its shape tells the series apart where colour cannot."""
    look = attrs(fill=tokens.WHITE, stroke=colour, stroke_width=width)
    match kind:
        case "circle":
            return f'<circle cx="{f(x)}" cy="{f(y)}" r="3.5"{look}/>'
        case "square":
            return f'<rect x="{f(x - 3)}" y="{f(y - 3)}" width="6" height="6"{look}/>'
        case "diamond":
            corners = [(x, y - 4), (x + 4, y), (x, y + 4), (x - 4, y)]
        case _:
            corners = [(x, y - 4), (x + 4, y + 3), (x - 4, y + 3)]
    return f'<polygon points="{points(corners)}"{look}/>'


def known_points(values: Sequence[float | None]) -> list[tuple[int, float]]:
    """Return the position and size of every known value."""
    return [(i, value) for i, value in enumerate(values) if value is not None]


def runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Return the known values that stand side by side: a line breaks where a value is unknown."""
    found: list[list[tuple[int, float]]] = []
    for i, value in known_points(values):
        if found and found[-1][-1][0] == i - 1:
            found[-1].append((i, value))
        else:
            found.append([(i, value)])
    return found


def axis_top(largest: float) -> tuple[float, float]:
    """Return the end of an axis and its step: 1, 2, 2.5 or 5 times a power of ten, at most 5 steps."""
    if largest <= 0:
        return 1.0, 0.5
    power = 10.0 ** (len(str(int(largest))) - 1) if largest >= 1 else 0.1
    while power > largest:
        power /= 10
    for factor in (0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10):
        step = power * factor
        count = -(-largest // step)
        if count <= 5:
            return step * max(count, 1), step
    return power * 10, power * 2


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Return label positions moved apart until no two are nearer than the gap."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    moved = list(heights)
    for _round in range(50):
        settled = True
        for above, below in pairwise(order):
            lack = gap - (moved[below] - moved[above])
            if lack > 0.01:
                moved[above] -= lack / 2
                moved[below] += lack / 2
                settled = False
        if settled:
            break
    return moved


def svg(width: float, height: float, label: str, parts: Iterable[str], css: str = "") -> SafeString:
    """Return the whole drawing. The label states the finding; the figures stand beside the chart."""
    words = escape(str(label), quote=True)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{f"chart {css}".strip()}" '
        f'viewBox="0 0 {f(width)} {f(height)}" width="{f(width)}" height="{f(height)}" '
        f'role="img" aria-label="{words}" font-family="{tokens.FONT}">'
    )
    # every word went through escape() on its way in
    return mark_safe(f"{head}<title>{words}</title>{''.join(parts)}</svg>")  # noqa: S308


def empty(width: float, height: float, label: str, css: str = "", language: str | None = None) -> SafeString:
    """Return a frame that says there is no data: an empty chart would look like zeros."""
    words = unknown(language)
    parts = [
        rect(0.5, 0.5, width - 1, height - 1, tokens.PAPER, stroke=tokens.LINE, rx=6),
        text(width / 2, height / 2 + 4, words, size=13, anchor="middle", weight=600),
    ]
    return svg(width, height, f"{label}. {words}." if label else words, parts, css)

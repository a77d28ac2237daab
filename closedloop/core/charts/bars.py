"""Bars: one value per line against its requirement, columns, and the parts of a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from closedloop.core.charts import svg, tokens
from closedloop.core.formats import number, unknown

EN_DASH = "\N{EN DASH}"


@dataclass(frozen=True)
class Bar:
    """One line: name, value, requirement and words at its right; `sub` is a second line below the name."""

    name: str
    value: object
    requirement: object = None
    text: str = ""
    sub: str = ""


def bars(
    rows: Sequence[Bar],
    *,
    label: str,
    top: float = 100,
    unit: str = "",
    decimals: int = 0,
    requirement_word: str = "",
    width: int = 640,
    language: str | None = None,
) -> SafeString:
    """Return horizontal bars with a tick at the requirement.

    A bar below its requirement is turmeric instead of steel, and its words say so. A bar longer than `top`
    ends at the edge; the words keep the true value.
    """
    step, left = 34, 168
    height = step * len(rows) + 6
    if not rows or all(svg.known(row.value) is None for row in rows):
        return svg.empty(width, max(height, 80), label, "bars", language)
    words = [words_of(row, unit, decimals, requirement_word, language) for row in rows]
    spoken = max(7.4 * len(figure) + 6 * len(aside) for figure, aside in words)
    room = max(width - left - 40 - spoken, 80)
    parts = []
    for i, (row, (figure, aside)) in enumerate(zip(rows, words, strict=True)):
        y = step * i + 4
        value, requirement = svg.known(row.value), svg.known(row.requirement)
        parts.append(
            svg.text(0, y + (13 if row.sub else 18), row.name, size=12.5, fill=tokens.INK, weight=600)
        )
        if row.sub:
            parts.append(svg.text(0, y + 26, row.sub, size=10.5))
        parts.append(svg.rect(left, y + 7, room, 13, tokens.TRACK, rx=2))
        if value is not None:
            short = requirement is not None and value < requirement
            length = room * min(max(value, 0), top) / top
            parts.append(svg.rect(left, y + 7, length, 13, tokens.KUNYIT_600 if short else tokens.BAJA, rx=2))
        if requirement is not None:
            x = left + room * min(max(requirement, 0), top) / top
            parts.append(svg.rect(x - 2, y + 3, 4, 21, tokens.WHITE))
            parts.append(svg.rect(x - 0.8, y + 3, 1.6, 21, tokens.INK))
        ink, weight = (tokens.INK_2, "") if value is None else (tokens.INK, 700)
        parts.append(svg.text(left + room + 12, y + 18, figure, size=12.5, fill=ink, weight=weight))
        if aside:
            parts.append(svg.text(width, y + 18, aside, size=11, anchor="end"))
    return svg.svg(width, height, label, parts, "bars")


def words_of(row: Bar, unit: str, decimals: int, requirement_word: str, language) -> tuple[str, str]:
    """Return the figure at the right of a bar and the words after it."""
    if svg.known(row.value) is None:
        return unknown(language), row.text
    figure = number(row.value, decimals, trim=True, language=language) + unit
    if row.text or not requirement_word or svg.known(row.requirement) is None:
        return figure, row.text
    requirement = number(row.requirement, decimals, trim=True, language=language)
    return figure, f"{requirement_word} {requirement}{unit}"


def columns(
    names: Sequence[str],
    values: Sequence,
    *,
    label: str,
    decimals: int = 0,
    from_column: int | None = None,
    width: int = 400,
    height: int = 200,
    language: str | None = None,
) -> SafeString:
    """Return upright columns with their value on top; those before `from_column` are pale."""
    heights = [svg.known(value) for value in values]
    if all(value is None for value in heights):
        return svg.empty(width, height, label, "columns", language)
    below, above = 24, 20
    largest = max(max((value for value in heights if value is not None), default=0), 1e-9)
    step = width / len(heights)
    parts = [svg.line(0, height - below, width, height - below, tokens.CONTROL)]
    for i, (name, value) in enumerate(zip(names, heights, strict=True)):
        x = step * i
        if value is None:
            parts.append(svg.text(x + step / 2, height - below - 5, EN_DASH, anchor="middle"))
        else:
            tall = (height - below - above) * max(value, 0) / largest
            fill = tokens.BAJA if from_column is None or i >= from_column else tokens.BAJA_300
            parts.append(svg.rect(x + step * 0.12, height - below - tall, step * 0.76, tall, fill))
            words = number(value, decimals, trim=True, language=language)
            where = {"size": 11.5, "fill": tokens.INK, "anchor": "middle", "weight": 700}
            parts.append(svg.text(x + step / 2, height - below - tall - 5, words, **where))
        parts.append(svg.text(x + step / 2, height - 8, name, size=10.5, anchor="middle"))
    return svg.svg(width, height, label, parts, "columns")


def stackbar(
    pieces: Sequence[tuple[str, object]],
    *,
    label: str = "",
    width: int = 300,
    height: int = 12,
    language: str | None = None,
) -> SafeString:
    """Return up to four parts of a whole as one bar; an unknown part takes no room but is named."""
    sizes = [(name, svg.known(value)) for name, value in pieces]
    total = sum(value for _name, value in sizes if value is not None and value > 0)
    said = "; ".join(
        f"{name} {unknown(language) if value is None else number(value, language=language)}"
        for name, value in sizes
    )
    parts, x = [svg.rect(0, 0, width, height, tokens.TRACK, rx=3)], 0.0
    for i, (_name, value) in enumerate(sizes):
        if value is None or value <= 0 or total <= 0:
            continue
        wide = width * value / total
        parts.append(
            svg.rect(x, 0, wide - (1.5 if x + wide < width - 0.1 else 0), height, tokens.PARTS[i % 4])
        )
        x += wide
    return svg.svg(width, height, f"{label}: {said}" if label else said, parts, "stackbar")


def dumbbell(
    names: Sequence[str],
    first: Sequence,
    last: Sequence,
    *,
    label: str,
    top: float = 100,
    width: int = 480,
    language: str | None = None,
) -> SafeString:
    """Return one line per name from its first value (hollow) to its last (filled)."""
    before, after = [svg.known(value) for value in first], [svg.known(value) for value in last]
    step, left, right, below = 28, 150, 40, 22
    height = step * len(names) + below
    if all(value is None for value in before + after):
        return svg.empty(width, max(height, 80), label, "dumbbell", language)

    def x_of(value: float) -> float:
        return left + (width - left - right) * min(max(value, 0), top) / top

    parts = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        x = x_of(top * share)
        parts.append(svg.line(x, 0, x, height - below))
        parts.append(
            svg.text(x, height - 6, number(top * share, language=language), size=10.5, anchor="middle")
        )
    for i, (name, a, b) in enumerate(zip(names, before, after, strict=True)):
        y = step * (i + 0.5)
        parts.append(svg.text(0, y + 4, name, size=12, fill=tokens.INK, weight=600))
        if a is not None and b is not None:
            parts.append(svg.line(x_of(a), y, x_of(b), y, tokens.BAJA_300, 4))
        if a is not None:
            parts.append(svg.marker("square", x_of(a), y, tokens.BAJA_MID))
        if b is not None:
            parts.append(f'<circle cx="{svg.f(x_of(b))}" cy="{svg.f(y)}" r="4.5" fill="{tokens.BAJA}"/>')
        words = EN_DASH if b is None else number(b, 1, trim=True, language=language)
        parts.append(svg.text(width, y + 4, words, size=12, fill=tokens.BAJA, anchor="end", weight=700))
    return svg.svg(width, height, label, parts, "dumbbell")

"""Bars of before and now per name against what is asked: read in grey by outline, fill and tick, never by hue."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from closedloop.core.charts import svg, tokens
from closedloop.core.formats import number

EN_DASH = "\N{EN DASH}"
STEP, KEY = 54, 30  # room per name with its bars below it, and for the key above
NAME = 20  # height of the line with the name
THIN, THICK = 7, 13


@dataclass(frozen=True)
class Pair:
    """One line: before (a hollow thin bar), now (a full thick one) and what is asked (a tick). None is unknown."""

    name: str
    before: object = None
    now: object = None
    asked: object = None


def pairs(
    rows: Sequence[Pair],
    *,
    label: str,
    words: tuple[str, str, str],
    top: float = 100,
    width: int = 400,
    language: str | None = None,
) -> SafeString:
    """Return the bars with their figures at the right; `words` name before, now and asked in the key.

    A name of which nothing is known keeps its line with a dash. What nobody has is left out of the key.
    """
    height = KEY + STEP * len(rows)
    drawn = [(row, svg.known(row.before), svg.known(row.now), svg.known(row.asked)) for row in rows]
    if all(before is None and now is None for _row, before, now, _asked in drawn):
        return svg.empty(width, max(height, 80), label, "pairs", language)
    parts = key(words, [any(one[i] is not None for one in drawn) for i in (1, 2, 3)])
    for i, (row, before, now, asked) in enumerate(drawn):
        y = KEY + STEP * i
        parts += named_bars(row, y, before, now, width, top)
        if asked is not None:
            parts += tick(width * min(max(asked, 0), top) / top, y + NAME)
        figures = [
            EN_DASH if v is None else number(v, 1, trim=True, language=language) for v in (before, now)
        ]
        said = figures[1] if before is None else " \N{RIGHTWARDS ARROW} ".join(figures)
        parts.append(svg.text(width, y + 14, said, size=13, fill=tokens.INK, anchor="end", weight=700))
    return svg.svg(width, height, label, parts, "pairs")


def named_bars(row: Pair, y: float, before, now, room: float, top: float) -> list[str]:
    def length(value: float) -> float:
        return room * min(max(value, 0), top) / top

    y, parts = y + NAME, [svg.text(0, y + 14, row.name, size=13, fill=tokens.INK, weight=600)]
    parts.append(svg.line(0, y, 0, y + THIN + THICK + 6, tokens.CONTROL))
    if before is not None:
        parts.append(hollow(0, y + 2, length(before), THIN))
    if now is not None:
        parts.append(svg.rect(0, y + 4 + THIN, length(now), THICK, tokens.BAJA))
    return parts


def hollow(x: float, y: float, wide: float, tall: float) -> str:
    return svg.rect(x, y, wide, tall, tokens.WHITE, stroke=tokens.INK_2, stroke_width=1.2)


def tick(x: float, y: float) -> list[str]:
    """Return the mark of what is asked: dark with a white edge, so that it shows on a full bar too."""
    low = y + THIN + THICK + 6
    return [svg.line(x, y, x, low, tokens.WHITE, 5), svg.line(x, y, x, low, tokens.INK, 2)]


def key(words: tuple[str, str, str], there: Sequence[bool]) -> list[str]:
    """Return the key of what is drawn, from the left."""
    x, parts = 0.0, []
    for kind, (name, is_there) in enumerate(zip(words, there, strict=True)):
        if not is_there:
            continue
        samples = (
            [hollow(x, 4, 22, THIN)],
            [svg.rect(x, 1, 22, THICK, tokens.BAJA)],
            [svg.line(x + 11, 0, x + 11, 16, tokens.INK, 2)],
        )
        parts += [*samples[kind], svg.text(x + 28, 12, name, size=11)]
        x += 28 + 6.4 * len(name) + 16
    return parts

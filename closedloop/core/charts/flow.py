"""The six stages as a stream that narrows, and the way back for those who begin the next cycle."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from closedloop.core.charts import svg, tokens

FILLS = ("#d5e6ef", "#b4d3e3", "#8abad2", "#5799ba", tokens.BAJA_600, tokens.KUNYIT)


def flow(
    counts: Sequence,
    *,
    label: str,
    back: str = "",
    back_to: int = 1,
    width: int = 1128,
    height: int = 150,
    language: str | None = None,
) -> SafeString:
    """Return one band per stage, as thick as its count. On the page the numbers stand in columns above it.

    An unknown stage leaves a gap. back: the words on the dashed way from the last stage to stage `back_to`
    (counted from 0); without words there is no way back.
    """
    sizes = [svg.known(count) for count in counts]
    largest = max((size for size in sizes if size is not None), default=0)
    if largest <= 0:
        return svg.empty(width, height, label, "flow-art", language)
    n, middle = len(sizes), 58
    step, half = width / n, 52 / max(largest, 1e-9)  # a subnormal would divide to infinity
    parts = []
    for i, size in enumerate(sizes):
        if size is not None:
            following = sizes[i + 1] if i + 1 < n else None
            parts.append(
                band(i * step, step, size * half, following, half, middle, FILLS[i % 6], last=i + 1 == n)
            )
    parts += [svg.line(i * step, 0, i * step, height - 26) for i in range(1, n)]
    first, last = sizes[back_to] if back_to < n else None, sizes[-1]
    if back and first is not None and last is not None:
        parts += way_back(back, width, height, middle, last * half, first * half, back_to * step + 40)
    return svg.svg(width, height, label, parts, "flow-art")


def band(x, step, thick, following, half, middle, fill, *, last: bool) -> str:
    end, f = x + step, svg.f
    if last:
        d = (
            f"M{f(x)} {f(middle - thick)}H{f(end - 14)}L{f(end)} {f(middle)}"
            f"L{f(end - 14)} {f(middle + thick)}H{f(x)}z"
        )
    elif following is None:  # the next stage is unknown: the band just ends
        d = f"M{f(x)} {f(middle - thick)}H{f(end - 6)}V{f(middle + thick)}H{f(x)}z"
    else:
        to, bend = following * half, end - 46
        d = (
            f"M{f(x)} {f(middle - thick)}H{f(bend)}"
            f"C{f(bend + 26)} {f(middle - thick)} {f(end - 24)} {f(middle - to)} {f(end)} {f(middle - to)}"
            f"V{f(middle + to)}"
            f"C{f(end - 24)} {f(middle + to)} {f(bend + 26)} {f(middle + thick)}"
            f" {f(bend)} {f(middle + thick)}"
            f"H{f(x)}z"
        )
    return svg.path(d, fill=fill)


def way_back(words, width, height, middle, from_half, to_half, left) -> list[str]:
    f, right, low = svg.f, width - 60, height - 14
    d = (
        f"M{f(right)} {f(middle + from_half + 4)}V{f(low - 12)}Q{f(right)} {f(low)} {f(right - 12)} {f(low)}"
        f"H{f(left + 12)}Q{f(left)} {f(low)} {f(left)} {f(low - 12)}V{f(middle + to_half + 10)}"
    )
    tip = middle + to_half + 4
    arrow = f"M{f(left - 5)} {f(tip + 8)}L{f(left)} {f(tip)}L{f(left + 5)} {f(tip + 8)}z"
    room = len(words) * 6.3 + 24
    centre = (left + right) / 2
    return [
        svg.path(d, fill="none", stroke=tokens.KUNYIT_600, stroke_width=2, stroke_dasharray="4 4"),
        svg.path(arrow, fill=tokens.KUNYIT_600),
        svg.rect(centre - room / 2, low - 9, room, 18, tokens.WHITE),
        svg.text(centre, low + 4, words, size=12.5, fill=tokens.INK, anchor="middle", weight=600),
    ]

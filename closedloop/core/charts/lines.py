"""Charts over time: lines, months against a plan, and the running total."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from closedloop.core.charts import svg, tokens
from closedloop.core.formats import number


class Frame:
    """The plotting area: where a month and a value lie, and the grid behind them."""

    def __init__(self, width, height, count, largest, *, left=44, right=16, top=20, below=28, language=None):
        self.width, self.height, self.language = width, height, language
        self.left, self.right, self.top, self.floor = left, width - right, top, height - below
        self.count = count
        self.end, self.step = svg.axis_top(largest)

    def x(self, i: float) -> float:
        """Return the middle of a month."""
        return self.left + (self.right - self.left) * (i + 0.5) / self.count

    @property
    def month(self) -> float:
        return (self.right - self.left) / self.count

    def y(self, value: float) -> float:
        return self.floor - (self.floor - self.top) * min(max(value, 0), self.end) / self.end

    def grid(self, labels: Sequence[str], unit: str) -> list[str]:
        parts, value = [], 0.0
        decimals = 0 if self.step >= 1 and self.step == int(self.step) else 2
        while value <= self.end + self.step / 2:
            y = self.y(value)
            parts.append(svg.line(self.left, y, self.right, y, tokens.CONTROL if value == 0 else tokens.LINE))
            words = number(value, decimals, trim=True, language=self.language) + unit
            parts.append(svg.text(self.left - 7, y + 4, words, size=11, anchor="end"))
            value += self.step
        every = 2 if len(labels) * 34 > self.right - self.left else 1
        parts += [
            svg.text(self.x(i), self.height - 8, name, size=11, anchor="middle")
            for i, name in enumerate(labels)
            if i % every == 0
        ]
        return parts


def largest_of(*lists: Sequence[float | None], least: float = 0) -> float:
    return max([value for values in lists for value in values if value is not None] + [least])


def curve(values: Sequence[float | None], frame: Frame, look: tuple, *, marks: bool = True) -> list[str]:
    """Return one line that breaks where a value is unknown; a lone value is a mark without a line."""
    colour, dash, thick, kind = look
    parts = []
    for run in svg.runs(values):
        spots = [(frame.x(i), frame.y(value)) for i, value in run]
        if len(spots) > 1:
            parts.append(
                svg.polyline(
                    spots,
                    fill="none",
                    stroke=colour,
                    stroke_width=thick,
                    stroke_dasharray=dash,
                    stroke_linejoin="round",
                    stroke_linecap="round",
                )
            )
        if marks or len(spots) == 1:
            parts += [svg.marker(kind, x, y, colour) for x, y in spots]
    return parts


def line(
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence]],
    *,
    label: str,
    target: object = None,
    target_label: str = "",
    top: float | None = None,
    unit: str = "",
    decimals: int = 1,
    width: int = 680,
    height: int = 240,
    language: str | None = None,
) -> SafeString:
    """Return up to four lines over months, named at their right end; a missing month is a gap.

    `target` is a dashed line with its words. `top` fixes the end of the axis (100 for scores).
    """
    drawn = [(name, [svg.known(value) for value in values]) for name, values in series]
    if not labels or all(value is None for _name, values in drawn for value in values):
        return svg.empty(width, height, label, "line", language)
    goal = svg.known(target)
    largest = top or largest_of(*(values for _name, values in drawn), least=goal or 0)
    frame = Frame(width, height, len(labels), largest, right=150, language=language)
    parts = frame.grid(labels, unit)
    if goal is not None:
        y = frame.y(goal)
        parts.append(svg.line(frame.left, y, frame.right, y, tokens.KUNYIT_600, 1.6, "5 4"))
        words = f"{target_label} {number(goal, decimals, trim=True, language=language)}{unit}".strip()
        parts.append(svg.text(frame.left + 6, y - 5, words, size=11, fill=tokens.INK, weight=600))
    for k, (_name, values) in reversed(list(enumerate(drawn))):
        parts += curve(values, frame, tokens.LINES[k % 4])
    ends = [
        (k, name, *points[-1])
        for k, (name, values) in enumerate(drawn)
        if (points := svg.known_points(values))
    ]
    heights = svg.spread([frame.y(value) for _k, _name, _i, value in ends], 16)
    for (k, name, i, value), y in zip(ends, heights, strict=True):
        colour, _dash, _thick, kind = tokens.LINES[k % 4]
        if len(drawn) > 1:
            parts.append(svg.line(frame.x(i) + 6, frame.y(value), frame.right + 8, y, colour, 0.7))
        parts.append(svg.marker(kind, frame.right + 14, y, colour))
        parts.append(svg.text(frame.right + 23, y + 4, name, size=11.5, fill=tokens.INK))
        words = number(value, decimals, trim=True, language=language) + unit
        parts.append(svg.text(width, y + 4, words, size=12, fill=tokens.INK, anchor="end", weight=700))
    return svg.svg(width, height, label, parts, "line")


def monthly(
    labels: Sequence[str],
    plan: Sequence,
    actual: Sequence,
    *,
    label: str,
    unit: str = "",
    width: int = 560,
    height: int = 230,
    language: str | None = None,
) -> SafeString:
    """Return a bar for what happened each month and a dash for its plan; a month to come has no bar."""
    planned = [svg.known(value) for value in plan]
    done = [svg.known(value) for value in actual]
    done += [None] * (len(labels) - len(done))
    if not labels or all(value is None for value in planned + done):
        return svg.empty(width, height, label, "monthly", language)
    frame = Frame(width, height, len(labels), largest_of(planned, done), language=language)
    parts = frame.grid(labels, unit)
    wide = frame.month * 0.6
    for i, value in enumerate(done):
        x = frame.x(i) - wide / 2
        if value is not None:
            parts.append(svg.rect(x, frame.y(value), wide, frame.floor - frame.y(value), tokens.BAJA))
        goal = planned[i] if i < len(planned) else None
        if goal is not None:
            y = frame.y(goal)
            # a white edge keeps the dash visible where it crosses its bar
            parts.append(svg.line(x - 4, y, x + wide + 4, y, tokens.WHITE, 4))
            parts.append(svg.line(x - 4, y, x + wide + 4, y, tokens.KUNYIT_600, 2, "5 3"))
    return svg.svg(width, height, label, parts, "monthly")


def cumulative(
    labels: Sequence[str],
    plan: Sequence,
    actual: Sequence,
    *,
    label: str,
    unit: str = "",
    decimals: int = 2,
    width: int = 760,
    height: int = 260,
    language: str | None = None,
) -> SafeString:
    """Return the running total against its plan; the last known month is marked as today."""
    planned = [svg.known(value) for value in plan]
    done = [svg.known(value) for value in actual]
    if not labels or all(value is None for value in planned + done):
        return svg.empty(width, height, label, "cumulative", language)
    frame = Frame(width, height, len(labels), largest_of(planned, done), right=84, language=language)
    parts = frame.grid(labels, unit)
    for run in svg.runs(done):
        edge = [(frame.x(i), frame.y(value)) for i, value in run]
        ground = [(edge[-1][0], frame.floor), (edge[0][0], frame.floor)]
        parts.append(svg.polyline(edge + ground, closed=True, fill=tokens.BAJA, fill_opacity="0.14"))
    parts += curve(planned, frame, tokens.LINES[2], marks=False)
    parts += curve(done, frame, tokens.LINES[0])
    known = svg.known_points(done)
    if known and known[-1][0] < len(labels) - 1:
        x = frame.x(known[-1][0])
        parts.append(svg.line(x, frame.top - 4, x, frame.floor, tokens.INK, 1, "2 2"))
        words = _("Hari ini")
        parts.append(svg.text(x, frame.top - 8, words, size=11, anchor="middle"))
    ends = [
        (points[-1][1], colour)
        for values, colour in ((done, tokens.INK), (planned, tokens.KUNYIT_600))
        if (points := svg.known_points(values))
    ]
    heights = svg.spread([frame.y(value) for value, _colour in ends], 16)
    for (value, colour), y in zip(ends, heights, strict=True):
        words = number(value, decimals, trim=True, language=language) + unit
        parts.append(svg.text(frame.right + 8, y + 4, words, size=12, fill=colour, weight=700))
    return svg.svg(width, height, label, parts, "cumulative")

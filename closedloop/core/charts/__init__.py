"""Charts: pure functions from data to SVG text, the same string for a page, a PDF and a file of its own.

Each needs `label`, a sentence that states the finding ("Nilai 69,2; kurang 0,8 poin untuk Pra-Mandiri"). None
is an unknown value: a gap, never a zero. No data at all draws the words "Belum ada data". The same figures
stand beside every chart as text or table. In a template print the result as it is: {{ chart }}.
"""

from closedloop.core.charts.bars import Bar, bars, columns, dumbbell, stackbar
from closedloop.core.charts.flow import flow
from closedloop.core.charts.lines import cumulative, line, monthly
from closedloop.core.charts.pairs import Pair, pairs
from closedloop.core.charts.radar import Series, radar
from closedloop.core.charts.tilemap import tilemap

__all__ = [
    "Bar", "Pair", "Series", "bars", "columns", "cumulative", "dumbbell", "flow", "line", "monthly", "pairs", "radar",
    "stackbar", "tilemap",
]  # fmt: skip

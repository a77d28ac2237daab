"""Who may open what: dashboard."""

from tests.access.table import Row

ROWS: list[Row] = []

"""Who may open what: assessments."""

from tests.access.table import Row

ROWS: list[Row] = []

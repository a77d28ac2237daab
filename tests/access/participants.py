"""Who may open what: participants."""

from tests.access.table import Row

ROWS: list[Row] = []

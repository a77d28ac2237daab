"""Who may open what: partnerships."""

from tests.access.table import Row

ROWS: list[Row] = []

"""Who may open what: accounts."""

from tests.access.table import Row

ROWS: list[Row] = []

"""Who may open what: reports."""

from tests.access.table import Row

ROWS: list[Row] = []

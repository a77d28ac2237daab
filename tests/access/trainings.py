"""Who may open what: trainings."""

from tests.access.table import Row

ROWS: list[Row] = []

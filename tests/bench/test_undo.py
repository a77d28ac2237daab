"""How long it takes to save changes of known enterprises, and to take an import back."""

import time

import pytest

from participants import actions
from participants.models import Enterprise
from tests.bench.test_import import work
from tests.factories.participants import CohortFactory
from tests.generated.registrations import HEADERS, good_rows
from tests.generated.xlsx import workbook

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1200), pytest.mark.django_db(transaction=True)]

NEW, CHANGED = 3_000, 500
# of work for each row: 50,000 are then taken back in less than half of what a worker gives a step (import_queue.py)
MOST_MS = 5


def moved(row):
    """The same enterprise at another address."""
    return [f"{cell} pindah" if name == "Alamat" else cell for name, cell in zip(HEADERS, row, strict=True)]


def timed(name, rows, act):
    began, before = time.perf_counter(), work()
    found = act()
    worked = work() - before
    seconds, each = time.perf_counter() - began, worked / rows * 1000
    print(f"{name}: {rows:,} rows, {seconds:.1f} s, work {worked:.1f} s, {each:.2f} ms each")
    assert each < MOST_MS
    return found


def test_undo_of_a_large_import():
    actions.load_reference()
    cohort = CohortFactory(quota=100)
    rows = list(good_rows(NEW, first=1))
    print()
    first = actions.preview_import(workbook([HEADERS, *rows]), cohort, by=None, file_name="a.xlsx")
    timed("save new", NEW, lambda: actions.save_import(first, by=None))
    second = actions.preview_import(
        workbook([HEADERS, *map(moved, rows[:CHANGED])]), cohort, by=None, file_name="b.xlsx"
    )
    assert second.counts()["changed"] == CHANGED
    timed("save changed", CHANGED, lambda: actions.save_import(second, by=None))
    timed("undo changed", CHANGED, lambda: actions.undo_import(second, by=None))
    third = actions.preview_import(
        workbook([HEADERS, *good_rows(NEW, first=NEW + 1)]), cohort, by=None, file_name="c.xlsx"
    )
    actions.save_import(third, by=None)
    timed("undo new", NEW, lambda: actions.undo_import(third, by=None))
    assert Enterprise.objects.count() == NEW

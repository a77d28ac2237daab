"""How long an import of 50,000 good rows takes, and what a bare COPY of the same rows takes in the same run.

All 22 columns of 50,000 rows are 6.1 MB packed and 50.05 MB unpacked, just beyond what an upload may be
(5 MB, 50 MB). So they come as two workbooks of 25,000, of which the second is checked against the first.
"""

import os
import time
from io import StringIO
from pathlib import Path

import pytest
from django.db import connection, transaction

from participants import actions
from participants.models import Enterprise
from tests.factories.participants import CohortFactory
from tests.generated.registrations import HEADERS, good_rows
from tests.generated.xlsx import workbook

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1200), pytest.mark.django_db(transaction=True)]

EACH = 25_000
SECONDS = 60
# in the order in which rows refer to each other
TABLES = [
    "participants_importbatch",
    "participants_enterprise",
    "participants_importrow",
    "participants_enterprisekbli",
    "participants_product",
    "participants_enterprise_processes",
    "participants_person",
    "participants_annualfigure",
    "participants_consent",
    "participants_enrolment",
    "participants_enrolmentmove",
    "audit_event",
]


def work() -> float:
    """The processor seconds of this process and of its server process so far: what a busy machine does not change."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    ticks = sum(map(int, stat.read_text().rpartition(")")[2].split()[11:13])) if stat.exists() else 0
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def imported(content, cohort):
    """The seconds that checking and saving one workbook take."""
    began = time.perf_counter()
    batch = actions.preview_import(content, cohort, by=None, file_name="pendaftaran.xlsx")
    checked = time.perf_counter()
    assert batch.counts()["new"] == EACH
    actions.save_import(batch, by=None)
    return checked - began, time.perf_counter() - checked


def written():
    """All rows of the tables, as COPY gives them out."""
    rows = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            rows[table] = StringIO()
            cursor.copy_expert(f"COPY {table} TO STDOUT", rows[table])
    return rows


def copied(rows):
    """The seconds that COPY takes for the same rows, into the same empty tables, with all checks and indexes."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, lines in rows.items():
            lines.seek(0)
            cursor.copy_expert(f"COPY {table} FROM STDIN", lines)
    return time.perf_counter() - began


def test_import_of_50_000_good_rows_takes_less_than_a_minute():
    actions.load_reference()
    cohort = CohortFactory(quota=100)
    files = [workbook([HEADERS, *good_rows(EACH, first=first)]) for first in (1, EACH + 1)]
    before = work()
    checking, saving = (sum(parts) for parts in zip(*(imported(file, cohort) for file in files), strict=True))
    worked = work() - before
    assert Enterprise.objects.count() == 2 * EACH
    rows = written()
    before = work()
    bare = copied(rows)
    bare_work = work() - before
    assert Enterprise.objects.count() == 2 * EACH
    total = checking + saving
    lines = sum(text.getvalue().count("\n") for text in rows.values())
    print(
        f"\n50,000 good rows: {total:.1f} s (read and checked {checking:.1f}, saved {saving:.1f}), of which work "
        f"{worked:.1f} s; bare COPY of the same {lines:,} rows: {bare:.1f} s, of which work {bare_work:.1f} s; "
        f"ratio {total / bare:.1f}, of work {worked / bare_work:.1f}"
    )
    assert total < SECONDS

"""The command as a process of its own: what it needs, and what is left when it is killed (reliability I1)."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from participants.actions import load_reference
from participants.models import Enterprise, ImportBatch
from tests.factories.participants import CohortFactory, EnterpriseFactory
from tests.generated.faults import faulty_rows
from tests.generated.registrations import HEADERS, good_rows
from tests.generated.registry import checksums
from tests.generated.xlsx import workbook as written
from tests.processes import database_of_the_test

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240), pytest.mark.django_db(transaction=True)]

SECONDS, MEGABYTES = 60, 400
PATIENCE = 60


@pytest.fixture
def cohort():
    load_reference()
    EnterpriseFactory()
    return CohortFactory(code="2026")


def start(*arguments, output=subprocess.DEVNULL):
    """Start the command on the test's database."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "import_participants", *map(str, arguments), "--cohort", "2026"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database_of_the_test(), "DEBUG": "1"},
        stdout=output,
    )


def peak_of(process) -> float:
    """Wait for the process and return the megabytes it needed itself.

    What the kernel adds up for its parent (ru_maxrss) begins with the size of the process it was forked from.
    """
    peak = 0
    while process.poll() is None:
        try:
            found = re.search(r"^VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text(), re.M)
        except OSError:
            continue
        peak = max(peak, int(found[1]) if found else 0)
        time.sleep(0.05)
    return peak / 1024


def is_writing_to(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE %s",
            [f'COPY "{table}"%'],
        )
        return cursor.fetchone() is not None


def test_ten_thousand_faulty_rows_are_named_within_a_minute_and_400_megabytes(cohort, tmp_path):
    file, out, said = tmp_path / "salah.xlsx", tmp_path / "perbaiki.xlsx", tmp_path / "said"
    file.write_bytes(written([HEADERS, *faulty_rows(10_000)]))
    before = checksums()
    began = time.monotonic()
    with said.open("w") as output:
        process = start(file, "--errors", out, output=output)
        megabytes = peak_of(process)
    seconds = time.monotonic() - began

    lines = said.read_text().splitlines()
    assert process.returncode == 1
    assert lines[-1] == (
        "rows=10000 created=0 updated=0 unchanged=0 duplicates=0 possible_duplicates=0 errors=10000"
    )
    assert {line.partition(",")[0] for line in lines[:-1]} == {f"baris {row}" for row in range(2, 10_002)}
    assert checksums() == before
    print(f"10,000 faulty rows: {seconds:.1f} s, {megabytes:.0f} MB")
    assert seconds < SECONDS and megabytes < MEGABYTES


def test_an_import_killed_half_way_leaves_everything_as_it_was(cohort, tmp_path):
    file = tmp_path / "baik.xlsx"
    file.write_bytes(written([HEADERS, *good_rows(4_000)]))
    before = checksums()
    process = start(file)
    until = time.monotonic() + PATIENCE
    while not is_writing_to("audit_event"):
        assert process.poll() is None and time.monotonic() < until
    process.send_signal(signal.SIGKILL)
    assert process.wait(PATIENCE) == -signal.SIGKILL
    assert checksums() == before
    assert not ImportBatch.objects.exists()

    assert start(file).wait(PATIENCE) == 0
    assert Enterprise.objects.count() == 4_001

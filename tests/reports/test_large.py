"""A report of 300 pages stays within a worker's bounds (features.md N3)."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils import timezone, translation

from closedloop.core.letterhead import letterhead
from closedloop.reports import kinds
from closedloop.reports.models import Kind
from tests.factories.partnerships import AgreementFactory

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(900), pytest.mark.django_db]


def measured(snapshot: dict, tmp_path) -> dict:
    """Return pages, seconds and megabytes of a report made in a process of its own."""
    path = tmp_path / "snapshot.json"
    path.write_text(json.dumps(snapshot))
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "closedloop.settings"}
    command = [sys.executable, "-m", "tests.reports.measured", str(path)]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_three_hundred_pages_stay_under_a_gigabyte(tmp_path):
    """Minutes as people write them, six decisions each. A page full of table cells takes four times as much."""
    agreement = AgreementFactory()
    maker = kinds.KINDS[Kind.AGREEMENT]
    decision = {
        "kind": "Tindakan",
        "text": "Sediakan alat ukur di lini akhir",
        "who": "",
        "module": "",
        "due": "",
    }
    review = {"on": "24 November 2026", "minutes": "Ketepatan kirim naik. " * 40, "decisions": [decision] * 6}
    with translation.override("id"):
        (snapshot,) = maker.snapshots([agreement], language="id", by=None, as_of=timezone.now())
        snapshot = kinds.identified(snapshot, maker.PREFIX, None, "", letterhead())
    snapshot["reviews"] = [review] * 920
    found = measured(snapshot, tmp_path)
    print(f"\npages={found['pages']} seconds={found['seconds']:.0f} mb={found['mb']}")
    assert found["pages"] >= 300
    assert found["mb"] < 1024

import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def place():
    """A folder that PostgreSQL's own user can reach too. Not tmp_path: each pytest that starts anywhere on the
    machine closes the folder above that one to others again."""
    with tempfile.TemporaryDirectory(prefix="portal-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        yield Path(folder)

from pathlib import Path

import pytest

from participants.actions import load_reference

WORKBOOK = Path(__file__).resolve().parent.parent / "data" / "pendaftaran-ikm-2026.xlsx"


@pytest.fixture
def workbook():
    return WORKBOOK


@pytest.fixture
def codes(db):
    """The shipped activities and processes."""
    load_reference()

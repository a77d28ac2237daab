"""What the guards share."""

import pytest

from tests.founded import beneath
from tests.guards.stranger import Stranger


@pytest.fixture(scope="module")
def stranger(founded, django_db_blocker):
    """The stranger, in the same cohort as the founded world's company will be."""
    with beneath(django_db_blocker, founded.folder, lambda: Stranger(founded.world)) as stranger:
        yield stranger

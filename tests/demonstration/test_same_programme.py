"""Two loads on the same day give the same names, numbers and days."""

import pytest
from django.test import override_settings

from closedloop.demonstration.loading import load
from tests.demonstration.loads import NOW, digest, undone


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.django_db
def test_the_same_day_gives_the_same_programme(tmp_path):
    digests = []
    for attempt in ("first", "second"):
        with override_settings(MEDIA_ROOT=tmp_path / attempt), undone():
            load(NOW)
            digests.append(digest())
    assert digests[0] == digests[1]

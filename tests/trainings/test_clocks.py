"""A phone's clock is kept as it said, unless it says what no clock can (a year that cannot be read back)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from trainings.forms.base import ClockField


@pytest.mark.parametrize(
    "said", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00", "1970-01-01T00:00Z", "kemarin", ""]
)
def test_an_impossible_clock_is_unknown(said):
    assert ClockField(required=False).clean(said) is None


@pytest.mark.parametrize("off", [timedelta(hours=-26), timedelta(0), timedelta(hours=26)])
def test_a_wrong_clock_is_kept_as_it_said(off):
    said = timezone.now() + off
    assert ClockField(required=False).clean(said.isoformat()) == said

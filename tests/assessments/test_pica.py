"""What a finding must say and show before it is closed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.pica import answered, check_day, gaps, lacking_cause, needs_before


@given(st.lists(st.text(max_size=20), max_size=7))
def test_only_empty_answers_behind_the_last_are_dropped(texts):
    kept = answered(texts)
    assert kept == [" ".join(text.split()) for text in texts][: len(kept)]
    assert not any(text.strip() for text in texts[len(kept) :])
    assert all(kept[place] == "" for place in gaps(texts))


def test_a_hole_between_answers_is_found():
    assert gaps(["Sensor rusak", " ", "Tidak dijadwalkan", ""]) == [1]


@pytest.mark.parametrize(
    "whys, cause, lacking",
    [
        ([], "", ["whys", "root_cause"]),
        (["Sensor rusak"], "Jadwal", ["whys"]),
        (["Sensor rusak", "Tidak dirawat"], "  ", ["root_cause"]),
        (["Sensor rusak", "Tidak dirawat"], "Jadwal", []),
    ],
)
def test_a_critical_one_needs_two_whys_and_a_cause(whys, cause, lacking):
    assert lacking_cause(is_critical=True, whys=whys, root_cause=cause) == lacking
    assert lacking_cause(is_critical=False, whys=whys, root_cause=cause) == []


@pytest.mark.parametrize(
    "critical, dimension, needed",
    [(False, "5R", True), (True, "K3L", True), (True, "", True), (False, "TEK", False), (False, "", False)],
)
def test_the_pair_is_asked_of_5r_and_of_critical_ones(critical, dimension, needed):
    assert needs_before(is_critical=critical, dimension=dimension) is needed


def test_looked_at_again_after_thirty_days():
    assert check_day(date(2026, 11, 24)) == date(2026, 12, 24)

"""Long tables are split, short ones are not, and no row is lost or doubled."""

import pytest

from closedloop.reports.templatetags.parts import MOST, in_parts


@pytest.mark.parametrize(
    ("count", "spans"),
    [(1, [(1, 1)]), (MOST, [(1, MOST)]), (MOST + 1, [(1, MOST), (MOST + 1, MOST + 1)]), (0, [])],
)
def test_rows_are_split_at_the_bound(count, spans):
    parts = in_parts(list(range(1, count + 1)))
    assert [(part["first"], part["last"]) for part in parts] == spans
    assert [row for part in parts for row in part["rows"]] == list(range(1, count + 1))
    assert all(part["rows"][0] == part["first"] for part in parts)

"""What is agreed for a part on a day, and what is promised for it: on every day one version, none lost, none twice."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.realisation import next_quarter, promised_between, quarter_of
from partnerships.repromising import Piece, pieces_for, promised_after, repriced, split
from partnerships.targets import stretches, target_by_stretch
from partnerships.terms import Change, Version, on_day, versions_of

ONE, TWO = UUID(int=1), UUID(int=2)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
LINE = Version(FIRST, LAST, Decimal(10_000), 600)
DAYS = st.dates(FIRST - timedelta(days=20), LAST + timedelta(days=20))


@st.composite
def histories(draw):
    """Changes as they are signed: each takes effect on the day of the one before or later."""
    days = sorted(draw(st.lists(st.dates(FIRST, LAST), max_size=5)))
    prices, volumes = st.none() | st.integers(1, 99_000).map(Decimal), st.none() | st.integers(1, 9_000)
    return [Change(day, uuid4(), draw(prices), draw(volumes), draw(st.booleans())) for day in days]


def as_said(changes, day):
    """The terms of a day read the slow way: every change until it, one after the other."""
    if not FIRST <= day <= LAST:
        return None
    terms = (LINE.price, LINE.monthly_volume)
    for change in (one for one in changes if one.on <= day):
        if change.ends:
            return None
        price, volume = terms
        terms = (change.price or price, change.monthly_volume or volume)
    return terms


@given(histories(), DAYS)
def test_every_day_has_the_terms_that_were_signed_for_it(changes, day):
    found = on_day(versions_of(LINE, changes), day)
    assert (found and (found.price, found.monthly_volume)) == as_said(changes, day)


@given(histories())
def test_versions_follow_each_other_without_a_gap(changes):
    versions = versions_of(LINE, changes)
    assert not versions or versions[0].since == FIRST
    assert all(one.since <= one.until for one in versions)
    assert all(b.since == a.until + timedelta(days=1) for a, b in pairwise(versions))


@pytest.mark.parametrize(
    ("day", "price", "addendum"),
    [
        (date(2026, 6, 30), 10_000, None),  # the day before
        (date(2026, 7, 1), 12_000, ONE),  # the day of
        (date(2026, 7, 2), 12_000, ONE),  # the day after
        (FIRST, 10_000, None),
        (LAST, 12_000, ONE),
    ],
)
def test_an_addendum_counts_from_its_day(day, price, addendum):
    version = on_day(versions_of(LINE, [Change(date(2026, 7, 1), ONE, Decimal(12_000))]), day)
    assert (version.price, version.monthly_volume, version.addendum) == (price, 600, addendum)


def test_an_ended_part_was_in_force_for_the_last_time_the_day_before():
    versions = versions_of(LINE, [Change(date(2026, 7, 1), ONE, ends=True)])
    assert on_day(versions, date(2026, 6, 30)) == Version(FIRST, date(2026, 6, 30), Decimal(10_000), 600)
    assert on_day(versions, date(2026, 7, 1)) is None
    assert versions_of(LINE, [Change(FIRST, ONE, ends=True)]) == []


def test_of_two_on_one_day_the_later_signed_counts():
    day = date(2026, 7, 1)
    versions = versions_of(LINE, [Change(day, ONE, Decimal(12_000)), Change(day, TWO, Decimal(9_000))])
    assert [(one.since, one.price, one.addendum) for one in versions] == [
        (FIRST, 10_000, None),
        (day, 9_000, TWO),
    ]


def piece(draw):
    quarter = draw(st.sampled_from([date(2026, month, 1) for month in (1, 4, 7, 10)]))
    last = next_quarter(quarter) - timedelta(days=1)
    first = draw(st.dates(quarter, last))
    return Piece(
        first,
        draw(st.dates(first, last)),
        draw(st.integers(0, 50_000)),
        Decimal(draw(st.integers(0, 10**12))),
    )


PIECES = st.composite(piece)()


@given(PIECES, DAYS)
def test_a_split_loses_nothing_and_its_day_belongs_to_what_comes_after(whole, day):
    before, after = split(whole, day)
    parts = [part for part in (before, after) if part]
    assert sum(part.volume for part in parts) == whole.volume
    assert sum(part.value for part in parts) == whole.value
    assert sum(part.days for part in parts) == whole.days
    assert before is None or before.ends_on < day
    assert after is None or after.starts_on >= day
    assert all(part.value >= 0 and part.volume >= 0 for part in parts)


@given(PIECES, DAYS)
def test_days_before_an_addendum_keep_what_was_promised_for_them(whole, day):
    """To the Rupiah that a split must round to."""
    before, _after = split(whole, day)
    quarter = quarter_of(whole.starts_on)
    past = promised_between(
        quarter, whole.value, whole.starts_on, whole.ends_on, FIRST, day - timedelta(days=1)
    )
    kept = before.value if before else Decimal(0)
    assert abs(kept - past) <= 1


YEAR = pieces_for(600, Decimal(10_000), FIRST, LAST)
HALF = [one for one in YEAR if one.starts_on >= date(2026, 7, 1)]


def total(pieces):
    return sum(one.volume for one in pieces), sum(one.value for one in pieces)


def test_what_an_addendum_promises_for_the_days_it_touches():
    day = date(2026, 7, 1)
    assert total(YEAR) == (7_200, 72_000_000)
    after = promised_after(HALF, LINE, Change(day, ONE, Decimal(12_000)), LAST, LAST)
    assert total(after) == (3_600, 43_200_000)  # same pieces, dearer
    after = promised_after(HALF, LINE, Change(day, ONE, None, 900), LAST, LAST)
    assert total(after) == (5_400, 54_000_000)  # more pieces at the old price
    assert promised_after(HALF, LINE, Change(day, ONE, ends=True), LAST, LAST) == []
    assert promised_after([], None, Change(day, ONE, Decimal(500), 100), LAST, LAST) == pieces_for(
        100, Decimal(500), day, LAST
    )


def test_a_later_end_goes_on_at_the_volume_of_the_last_day():
    later = date(2027, 3, 31)
    added = promised_after([], LINE, None, LAST, later)
    assert [(one.starts_on, one.ends_on, one.volume) for one in added] == [(date(2027, 1, 1), later, 1_800)]
    dearer = promised_after(HALF, LINE, Change(date(2026, 7, 1), ONE, Decimal(12_000)), LAST, later)
    assert total(dearer) == (5_400, 64_800_000)
    unpromised = Version(FIRST, LAST, Decimal(10_000), None)
    assert promised_after([], unpromised, None, LAST, later) == []


def test_repricing_keeps_the_days_and_the_volume():
    assert [(one.starts_on, one.ends_on, one.volume) for one in repriced(YEAR, Decimal(1))] == [
        (one.starts_on, one.ends_on, one.volume) for one in YEAR
    ]


def test_the_target_of_a_day_knows_only_the_pace_of_its_own_stretch():
    """Half the year at 1 a day, the other at 3: a dearer second half asks nothing more of the first."""
    day = date(2026, 7, 1)
    days = (day - FIRST).days
    rest = (LAST - day).days + 1
    rows = [
        (date(2026, 1, 1), Decimal(90), FIRST, date(2026, 3, 31)),
        (date(2026, 4, 1), Decimal(days - 90), date(2026, 4, 1), date(2026, 6, 30)),
        (day, Decimal(3 * 92), day, date(2026, 9, 30)),
        (date(2026, 10, 1), Decimal(3 * 92), date(2026, 10, 1), LAST),
    ]
    targets = {
        passed: target_by_stretch(rows, stretches(FIRST, LAST, [day]), passed)
        for passed in (FIRST, date(2026, 6, 30), day, date(2026, 7, 2), LAST)
    }
    assert {key: round(value, 6) for key, value in targets.items()} == {
        FIRST: 1,
        date(2026, 6, 30): days,
        day: days + 3,
        date(2026, 7, 2): days + 6,
        LAST: days + 3 * rest,
    }


def test_stretches_lie_between_the_days_of_the_addenda():
    assert stretches(FIRST, LAST, []) == [(FIRST, LAST)]
    assert stretches(FIRST, LAST, [FIRST, date(2026, 7, 1), date(2026, 7, 1)]) == [
        (FIRST, date(2026, 6, 30)),
        (date(2026, 7, 1), LAST),
    ]

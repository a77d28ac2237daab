"""Where a pair stands in the closed loop: the rule by itself (features.md G4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.loop import (
    ONCE,
    Demand,
    Facts,
    Step,
    Why,
    completed_in_round,
    durations,
    median_days,
    standing,
)

FIRST = date(2026, 1, 1)
days = st.integers(0, 400).map(lambda n: FIRST + timedelta(days=n))
maybe = st.none() | days
done = st.dictionaries(st.sampled_from(list(Step)), maybe)


def on(n: int) -> date:
    return FIRST + timedelta(days=n)


@st.composite
def demands(draw):
    asked = draw(days)
    met = draw(st.none() | st.integers(0, 90).map(lambda n: asked + timedelta(days=n)))
    return Demand(asked, met)


@st.composite
def facts(draw):
    return Facts(
        done=draw(done),
        demands=draw(st.lists(demands(), max_size=3)),
        **{
            name: draw(maybe)
            for name in (
                "assessed_on",
                "ended_on",
                "complained_on",
                "reviewed_on",
                "ordered_on",
                "month_closed_on",
            )
        },
        has_open_order=draw(st.booleans()),
        has_ended=draw(st.booleans()),
    )


def first_steps(count: int) -> dict:
    return {step: on(10 * step) for step in Step if step <= count}


@pytest.mark.parametrize("count", range(8))
def test_with_nothing_in_the_way_it_stands_after_the_furthest_since_that_was_done(count):
    found = standing(Facts(done=first_steps(count)))
    assert (found.step, found.why) == (Step(count + 1), Why.NEXT)
    assert found.since == (on(10 * count) if count else None)
    assert [found.state(step) for step in Step] == ["done"] * count + ["now"] + [""] * (7 - count)


def test_an_agreement_before_the_training_ends_passes_the_training_over():
    done = {Step.REQUIREMENT: on(0), Step.GAP: on(5), Step.AGREEMENT: on(20)}
    found = standing(Facts(done=done))
    assert (found.step, found.since, found.passed) == (Step.ORDER, on(20), {Step.TRAINING, Step.ASSESSMENT})


def test_a_review_that_asks_for_training_sends_the_pair_back_until_it_was_attended_and_assessed():
    reviewed = {"done": first_steps(8), "reviewed_on": on(80), "has_open_order": True, "ordered_on": on(60)}
    asked = standing(Facts(**reviewed, demands=[Demand(on(80))]))
    assert (asked.step, asked.why, asked.since) == (Step.TRAINING, Why.ASKED_FOR, on(80))
    attended = standing(Facts(**reviewed, demands=[Demand(on(80), on(90))], assessed_on=on(40)))
    assert (attended.step, attended.since) == (Step.ASSESSMENT, on(90))
    assessed = standing(Facts(**reviewed, demands=[Demand(on(80), on(90))], assessed_on=on(95)))
    assert (assessed.step, assessed.why, assessed.since) == (Step.QCD, Why.NEXT, on(80))


def test_after_a_review_without_orders_the_buyer_is_asked_again():
    found = standing(Facts(done=first_steps(8), reviewed_on=on(80), ordered_on=on(60)))
    assert (found.step, found.since) == (Step.ORDER, on(80))


def test_a_complaint_brings_it_back_to_quality_and_an_ended_agreement_comes_first():
    everything = Facts(done=first_steps(7), complained_on=on(75))
    assert (standing(everything).step, standing(everything).since) == (Step.QCD, on(75))
    ended = Facts(done=first_steps(7), complained_on=on(75), has_ended=True, ended_on=on(76))
    assert (standing(ended).step, standing(ended).why) == (Step.AGREEMENT, Why.ENDED)


def test_a_step_without_a_day_is_done_and_how_long_it_stands_is_unknown():
    found = standing(Facts(done={Step.REQUIREMENT: None}))
    assert (found.step, found.since, found.days(on(9))) == (Step.GAP, None, None)


@given(facts())
def test_every_pair_stands_at_one_step_and_each_step_is_in_one_state(one):
    found = standing(one)
    states = [found.state(step) for step in Step]
    assert states.count("now") == 1
    assert Step.REVIEW not in found.completed
    assert not found.passed & set(found.completed)
    if found.why is Why.NEXT:
        assert all(state != "done" for step, state in zip(Step, states, strict=True) if step > found.step)


@given(facts(), days)
def test_it_never_stands_for_less_than_no_days(one, today):
    assert (standing(one).days(today) or 0) >= 0


@given(facts())
def test_an_unattended_training_always_comes_first_and_the_oldest_of_them(one):
    unmet = [demand.asked_on for demand in one.demands if demand.met_on is None]
    found = standing(one)
    assert (found.why is Why.ASKED_FOR) == bool(unmet)
    if unmet:
        assert (found.step, found.since) == (Step.TRAINING, min(unmet))


@given(facts(), st.integers(1, 50))
def test_days_only_shift_with_the_calendar(one, n):
    def later(day):
        return day + timedelta(days=n) if day else None

    moved = Facts(
        done={step: later(day) for step, day in one.done.items()},
        demands=[Demand(later(each.asked_on), later(each.met_on)) for each in one.demands],
        assessed_on=later(one.assessed_on),
        has_ended=one.has_ended,
        ended_on=later(one.ended_on),
        complained_on=later(one.complained_on),
        reviewed_on=later(one.reviewed_on),
        ordered_on=later(one.ordered_on),
        has_open_order=one.has_open_order,
        month_closed_on=later(one.month_closed_on),
    )
    before, after = standing(one), standing(moved)
    assert (after.step, after.why, after.since) == (before.step, before.why, later(before.since))


@given(facts())
def test_a_round_carries_over_what_is_made_once(one):
    kept = {step for step in completed_in_round(one) if step in ONCE}
    assert kept == {step for step in one.done if step in ONCE}


@given(done)
def test_a_step_took_no_less_than_no_days_and_the_first_begins_the_loop(one):
    found = durations(one)
    assert set(found) == set(one) - {Step.REQUIREMENT}
    assert all(value is None or value >= 0 for value in found.values())
    assert all(found[step] is None for step in found if one[step] is None)


@given(st.lists(st.integers(0, 60), min_size=8, max_size=8))
def test_steps_that_follow_each_other_add_up_to_the_whole_way(gaps):
    reached, day = {}, FIRST
    for step, gap in zip(Step, gaps, strict=True):
        day += timedelta(days=gap)
        reached[step] = day
    assert sum(durations(reached).values()) == (reached[Step.REVIEW] - reached[Step.REQUIREMENT]).days


@given(st.lists(st.none() | st.integers(0, 500)))
def test_a_median_lies_among_the_known_and_says_how_many(values):
    known = [one for one in values if one is not None]
    middle, count = median_days(values)
    assert count == len(known)
    assert (middle is None) == (not known)
    if known:
        assert min(known) <= middle <= max(known)


@pytest.mark.parametrize("values, middle", [([3], 3), ([1, 2], 2), ([1, 4], 3), ([9, None, 1, 5], 5)])
def test_a_median_is_rounded_half_up(values, middle):
    assert median_days(values)[0] == middle

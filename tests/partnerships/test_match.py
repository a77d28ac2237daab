"""Each line of a requirement at its border, one below and one above; and what holds for all of them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.asks import Ask, Kind, implied, monthly
from partnerships.known import Known, PaperKnown, RangeKnown, RateKnown, ScoreKnown, ThingKnown
from partnerships.match import State, Why, answer, holds_words, last_day, match

DAY = date(2026, 5, 5)
MONTHS = 12
OLDEST = date(2025, 5, 5)  # the earliest day that still counts on DAY
ONE = timedelta(days=1)
MET, UNMET, UNKNOWN = State.MET, State.UNMET, State.UNKNOWN


def of(ask: Ask, **known):
    found = answer(ask, Known(**known), DAY, MONTHS)
    return found.state, found.why


def score(value, on=DAY):
    return {"T9": ScoreKnown(value, 4, on, "ABC234")}


CRITERION = Ask("1", Kind.CRITERION, "T9", Decimal(3))
NIB = Ask("2", Kind.DOCUMENT, "nib")
IATF = Ask("3", Kind.CERTIFICATE, "iatf 16949")
PRESS = Ask("4", Kind.MACHINE, "press", Decimal(80), "ton")
STEEL = Ask("5", Kind.MATERIAL, "spcc")
CALIPER = Ask("6", Kind.TOOL, "jangka sorong", Decimal("0.02"))
FINE = Ask("7", Kind.TOLERANCE, threshold=Decimal("0.05"))
STAMPING = Ask("process", Kind.PROCESS, "stamping")
VOLUME = Ask("capacity", Kind.CAPACITY, threshold=Decimal(2000), unit="pcs")
PPM = Ask("ppm", Kind.PPM, threshold=Decimal(500))
ON_TIME = Ask("on_time", Kind.ON_TIME, threshold=Decimal("0.95"))
EVERY = (CRITERION, NIB, IATF, PRESS, STEEL, CALIPER, FINE, STAMPING, VOLUME, PPM, ON_TIME)


@pytest.mark.parametrize(("value", "state"), [(2, UNMET), (3, MET), (4, MET), (None, UNKNOWN)])
def test_a_score_at_the_least_that_is_asked(value, state):
    assert of(CRITERION, scores=score(value))[0] is state


@pytest.mark.parametrize(
    ("on", "state"),
    [(OLDEST - ONE, UNKNOWN), (OLDEST, MET), (OLDEST + ONE, MET), (DAY, MET), (DAY + ONE, UNKNOWN)],
)
def test_evidence_counts_to_its_day(on, state):
    work = ThingKnown("", on, Decimal("0.05"))
    assert of(CRITERION, scores=score(3, on))[0] is state
    assert of(FINE, tolerance=work)[0] is state
    assert of(STAMPING, processes={"stamping": "Stamping"}, processes_on=on)[0] is state
    assert of(PPM, ppm=RateKnown(Decimal(1), on, 3))[0] is state
    assert of(VOLUME, capacity=RangeKnown(Decimal(2000), Decimal(2000), "pcs", on))[0] is state


def test_a_low_score_that_is_stale_is_not_unmet_either():
    assert of(CRITERION, scores=score(0, OLDEST - ONE)) == (UNKNOWN, Why.STALE)


@pytest.mark.parametrize("ask", [NIB, IATF])
@pytest.mark.parametrize(
    ("expires", "state", "why"),
    [
        (DAY - ONE, UNMET, Why.EXPIRED),
        (DAY, MET, Why.ENOUGH),
        (DAY + ONE, MET, Why.ENOUGH),
        (None, MET, Why.ENOUGH),
    ],
)
def test_a_paper_on_its_last_day(ask, expires, state, why):
    paper = PaperKnown("nib", "Lainnya IATF 16949 Lembaga", None, expires)
    assert of(ask, papers=[paper]) == (state, why)


@pytest.mark.parametrize(("issued", "state"), [(DAY - ONE, MET), (DAY, MET), (DAY + ONE, UNMET)])
def test_a_paper_on_its_first_day(issued, state):
    assert of(NIB, papers=[PaperKnown("nib", "", issued)])[0] is state


@pytest.mark.parametrize(("said", "state"), [(DAY, MET), (OLDEST, MET), (OLDEST - ONE, UNKNOWN), (None, MET)])
def test_a_certificate_without_a_last_day_counts_from_when_it_was_confirmed(said, state):
    endless = PaperKnown("other", "IATF 16949", said_on=said)
    assert of(IATF, papers=[endless])[0] is state
    assert of(IATF, papers=[endless, PaperKnown("other", "IATF 16949", None, DAY)])[0] is MET
    assert of(NIB, papers=[PaperKnown("nib", "", said_on=said)])[0] is MET  # what the law gives has no end


def test_a_process_confirmed_by_itself_counts_from_that_day():
    known = {"processes": {"stamping": "Stamping"}, "processes_on": OLDEST - ONE}
    assert of(STAMPING, **known) == (UNKNOWN, Why.STALE)
    assert of(STAMPING, **known, process_days={"stamping": DAY})[0] is MET
    assert of(STAMPING, **known, process_days={"welding": DAY})[0] is UNKNOWN


def test_one_paper_in_force_is_enough_and_the_one_that_holds_longest_is_named():
    papers = [PaperKnown("nib", "", None, DAY + ONE * days, str(days)) for days in (-9, 3, 30)]
    found = answer(NIB, Known(papers=papers), DAY, MONTHS)
    assert (found.state, found.until) == (MET, DAY + ONE * 30)


@pytest.mark.parametrize(("tons", "state"), [("79.99", UNMET), ("80", MET), ("80.01", MET)])
def test_a_machine_of_that_capacity(tons, state):
    assert of(PRESS, machines=[ThingKnown("Mesin press 80 T", DAY, Decimal(tons), "Ton")])[0] is state


def test_a_machine_whose_capacity_cannot_be_compared_is_unknown():
    assert of(PRESS, machines=[ThingKnown("Press", DAY)]) == (UNKNOWN, Why.UNTOLD)
    assert of(PRESS, machines=[ThingKnown("Press", DAY, Decimal(90), "kN")]) == (UNKNOWN, Why.OTHER_UNIT)


def test_the_best_of_several_answers():
    weak, unknown = ThingKnown("Press A", DAY, Decimal(1), "ton"), ThingKnown("Press B", DAY)
    strong = ThingKnown("Press C", DAY, Decimal(100), "ton")
    assert of(PRESS, machines=[weak, unknown])[0] is UNKNOWN
    assert of(PRESS, machines=[weak, unknown, strong])[0] is MET


@pytest.mark.parametrize(("reads", "state"), [("0.01", MET), ("0.02", MET), ("0.03", UNMET)])
def test_a_tool_that_reads_so_finely(reads, state):
    tool = ThingKnown("Jangka sorong digital", DAY, Decimal(reads), "mm", DAY)
    assert of(CALIPER, tools=[tool])[0] is state


@pytest.mark.parametrize(
    ("until", "state"), [(DAY - ONE, UNMET), (DAY, MET), (DAY + ONE, MET), (None, UNKNOWN)]
)
def test_a_tool_on_the_last_day_of_its_calibration(until, state):
    assert of(CALIPER, tools=[ThingKnown("Jangka Sorong", DAY, Decimal("0.02"), "mm", until)])[0] is state


@pytest.mark.parametrize(("mm", "state"), [("0.049", MET), ("0.05", MET), ("0.051", UNMET), (None, UNKNOWN)])
def test_a_tolerance_reached(mm, state):
    assert of(FINE, tolerance=ThingKnown("", DAY, Decimal(mm) if mm else None))[0] is state


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [
        (1999, 1999, UNMET),
        (2000, 2000, MET),
        (2001, 2001, MET),
        (1000, 1999, UNMET),
        (1000, 2000, UNKNOWN),
        (2000, 3000, MET),
    ],
)
def test_a_capacity_or_a_range_of_it(low, high, state):
    assert of(VOLUME, capacity=RangeKnown(Decimal(low), Decimal(high), "Pcs", DAY))[0] is state


def test_a_capacity_in_another_unit_is_unknown():
    assert of(VOLUME, capacity=RangeKnown(Decimal(9), Decimal(9), "ton", DAY)) == (UNKNOWN, Why.OTHER_UNIT)


@pytest.mark.parametrize(("value", "state"), [("499.99", MET), ("500", MET), ("500.01", UNMET)])
def test_ppm_at_the_most_that_is_asked(value, state):
    assert of(PPM, ppm=RateKnown(Decimal(value), DAY, 3))[0] is state


@pytest.mark.parametrize(("value", "state"), [("0.9499", UNMET), ("0.95", MET), ("0.9501", MET)])
def test_punctuality_at_the_least_that_is_asked(value, state):
    assert of(ON_TIME, on_time=RateKnown(Decimal(value), DAY, 3))[0] is state


@pytest.mark.parametrize("ask", EVERY, ids=lambda ask: ask.kind)
def test_nothing_known_is_unknown(ask):
    assert of(ask) == (UNKNOWN, Why.UNTOLD)


@pytest.mark.parametrize(
    ("confirmed", "state", "why"),
    [
        (None, UNKNOWN, Why.UNTOLD),
        (OLDEST - ONE, UNKNOWN, Why.STALE),
        (OLDEST, UNMET, Why.ABSENT),
        (DAY, UNMET, Why.ABSENT),
    ],
)
def test_only_a_profile_confirmed_lately_says_that_something_is_not_there(confirmed, state, why):
    other = [ThingKnown("Bor duduk", DAY)]
    assert of(PRESS, machines=other, confirmed_on=confirmed) == (state, why)
    assert of(STAMPING, processes={"welding": "Las"}, processes_on=DAY, confirmed_on=confirmed) == (
        state,
        why,
    )


def test_the_last_day_of_a_short_month():
    assert last_day(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert last_day(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert last_day(date(2026, 12, 1), 1) == date(2027, 1, 1)


def test_words_are_found_by_their_beginning():
    assert holds_words("Mesin Press Hidrolik", "press mesin")
    assert not holds_words("Mesin Impress", "press")


def test_what_follows_from_the_requirement_itself():
    asks = implied(volume=24_000, period="year", unit="pcs", process="stamping", max_ppm=0)
    assert [(one.kind, one.threshold) for one in asks] == [
        (Kind.PROCESS, None),
        (Kind.CAPACITY, Decimal(2000)),
        (Kind.PPM, Decimal(0)),
    ]
    assert monthly(100, "quarter") == Decimal(100) / 3


days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
numbers = st.decimals(0, 5000, places=2)
things = st.builds(
    ThingKnown,
    st.sampled_from(["Press", "SPCC", "Jangka sorong", "Bor"]),
    days,
    st.none() | numbers,
    st.sampled_from(["ton", "mm", ""]),
    st.none() | days,
)
papers = st.builds(
    PaperKnown,
    st.sampled_from(["nib", "other"]),
    st.sampled_from(["", "IATF 16949"]),
    st.none() | days,
    st.none() | days,
    said_on=st.none() | days,
)
rates = st.none() | st.builds(RateKnown, numbers, days, st.integers(1, 3))
everything = st.builds(
    Known,
    scores=st.dictionaries(
        st.just("T9"), st.builds(ScoreKnown, st.none() | st.integers(0, 4), st.just(4), days, st.just("A"))
    ),
    papers=st.lists(papers, max_size=3),
    confirmed_on=st.none() | days,
    processes=st.sampled_from([{}, {"stamping": "Stamping"}, {"welding": "Las"}]),
    processes_on=st.none() | days,
    process_days=st.dictionaries(st.just("stamping"), days),
    machines=st.lists(things, max_size=3),
    materials=st.lists(things, max_size=2),
    tools=st.lists(things, max_size=2),
    tolerance=st.none() | things,
    capacity=st.none() | st.builds(RangeKnown, numbers, numbers, st.sampled_from(["pcs", "ton"]), days),
    ppm=rates,
    on_time=rates,
)


@given(known=everything, day=days)
def test_every_line_has_exactly_one_state_and_none_is_lost(known, day):
    found = match(EVERY, known, day, evidence_months=MONTHS)
    assert [one.ask for one in found.answers] == list(EVERY)
    assert found.met + len(found.unmet) + len(found.unknown) == found.total
    assert (found.first_open is None) == found.is_whole


@given(known=everything, day=days)
def test_met_rests_on_evidence_in_force_on_the_day(known, day):
    for one in match(EVERY, known, day, evidence_months=MONTHS).answers:
        if one.is_met:
            assert one.evidence is not None
            assert (one.on or day) <= day <= (one.until or day)


@given(known=everything, day=days)
def test_without_news_nothing_becomes_met_and_no_lapse_is_forgotten(known, day):
    """A line that is met today and not tomorrow has run out: it was met until its own last day."""
    today = match(EVERY, known, day, evidence_months=MONTHS)
    tomorrow = match(EVERY, known, day + ONE, evidence_months=MONTHS)
    for before, after in zip(today.answers, tomorrow.answers, strict=True):
        if (
            before.is_met
            and not after.is_met
            and before.ask.kind not in (Kind.TOOL, Kind.MACHINE, Kind.MATERIAL)
        ):
            assert before.until == day


@given(known=everything, day=days)
def test_a_stricter_line_is_never_met_where_a_milder_one_is_not(known, day):
    for ask in (CRITERION, PRESS, VOLUME, ON_TIME):
        stricter = replace(ask, threshold=ask.threshold + 1)
        if answer(stricter, known, day, MONTHS).is_met:
            assert answer(ask, known, day, MONTHS).is_met

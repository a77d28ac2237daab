"""Areas of a factory and the words for their scores, purely (domain.md §2.2)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.area_scores import Part, PartScore, lowest, part_scores, share_of_parts
from assessments.bands import band_of, bands_from, border_near
from assessments.class_rules import Inputs, Rule, judge
from assessments.scoring import Field, Item, result_of
from assessments.shipped import shipped_rubrics
from assessments.wording import line_of
from tests.assessments.test_class_rules import TODAY

FIVE_S = next(row for row in shipped_rubrics()[-1]["dimensions"] if row["code"] == "5R")
UNIT = Decimal("0.0000000001")
ANSWER = st.sampled_from([None, 0, 1, 2, 3, 4])  # None is "not applicable" here
WEIGHT = st.sampled_from([Decimal("0.01"), Decimal("0.5"), Decimal(1), Decimal("2.75"), Decimal(999)])


def part(name, *values, weight=1):
    return Part(name, Decimal(weight), [answer(n, value) for n, value in enumerate(values)])


def answer(n, value):
    return Item(str(n), None, not_applicable=True) if value is None else Item(str(n), value)


def test_25_items_without_na_give_the_raw_sum_as_percent():
    (one,) = part_scores([part("Produksi", *[3] * 20, *[1] * 5)])
    assert one.score == 65


@pytest.mark.parametrize(
    "weights, expected", [((1, 1), 75), ((3, 1), Decimal("87.5")), ((1, 3), Decimal("62.5"))]
)
def test_areas_are_weighed(weights, expected):
    parts = [part("A", 4, weight=weights[0]), part("B", 2, weight=weights[1])]
    result = result_of([Field("5R", Decimal(100), parts=parts)])
    assert (result.dimensions["5R"], result.overall) == (expected, expected)
    assert [one.score for one in result.areas["5R"]] == [100, 50]


def test_one_unscored_item_in_one_area_leaves_the_dimension_open():
    parts = [part("A", 4, 4), Part("B", Decimal(1), [Item("0", 4), Item("1")])]
    result = result_of([Field("5R", Decimal(100), parts=parts)])
    assert (result.dimensions["5R"], result.overall, result.unscored) == (None, None, ("1",))
    assert [one.score for one in result.areas["5R"]] == [100, None]


def test_an_area_in_which_nothing_applies_has_no_score_and_is_named():
    result = result_of([Field("5R", Decimal(100), parts=[part("A", 4), part("Kantor", None)])])
    assert (result.overall, result.empty, result.empty_areas) == (None, (), (("5R", "Kantor"),))


@given(st.lists(st.tuples(WEIGHT, st.lists(ANSWER, min_size=1, max_size=4)), min_size=1, max_size=4))
def test_the_company_lies_between_its_areas_or_is_unknown(rows):
    parts = [part(str(n), *values, weight=weight) for n, (weight, values) in enumerate(rows)]
    shares = [one.share(4) for one in parts]
    company = share_of_parts(parts)
    if any(set(values) == {None} for _weight, values in rows):
        assert company is None
    else:
        assert min(shares) <= company <= max(shares)


@given(st.lists(st.tuples(WEIGHT, st.integers(0, 4)), min_size=1, max_size=5), st.integers(2, 9))
def test_weights_count_by_their_ratio_and_not_by_their_size(rows, factor):
    once = [part(str(n), value, weight=weight) for n, (weight, value) in enumerate(rows)]
    more = [part(str(n), value, weight=weight * factor) for n, (weight, value) in enumerate(rows)]
    assert share_of_parts(once) == share_of_parts(more)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6), st.integers(1, 4), st.integers(1, 5))
def test_what_does_not_apply_and_an_equal_area_change_nothing(values, skipped, times):
    alone = share_of_parts([part("A", *values)])
    assert share_of_parts([part("A", *values, *[None] * skipped)]) == alone
    assert share_of_parts([part(str(n), *values) for n in range(times)]) == alone
    assert alone == Fraction(sum(values) * 100, len(values) * 4)


def test_the_lowest_area_is_named_only_among_known_ones():
    def scores(*values):
        return [
            PartScore(str(n), Decimal(1), None if v is None else Decimal(v)) for n, v in enumerate(values)
        ]

    assert [one.name for one in lowest(scores(80, 48, 48))] == ["1", "2"]
    for alike_or_unknown in ((80,), (80, 80), (80, None)):
        assert lowest(scores(*alike_or_unknown)) == []


BORDERS = [
    (50, "Kurang", "Cukup"),
    (65, "Cukup", "Baik"),
    (80, "Baik", "Sangat Baik"),
    (90, "Sangat Baik", "Istimewa"),
]


@pytest.mark.parametrize("border, below, above", BORDERS)
def test_bands_at_their_borders(border, below, above):
    bands = bands_from(FIVE_S["bands"])
    border = Decimal(border)
    names = [band_of(score, bands).name for score in (border - UNIT, border, border + UNIT)]
    assert names == [below, above, above]
    assert border_near(border - UNIT, bands) == border


def test_ends_of_the_bands_and_the_unknown():
    bands = bands_from(FIVE_S["bands"])
    assert [band_of(Decimal(score), bands).title("en") for score in (0, 100)] == ["Poor", "Excellent"]
    assert band_of(None, bands) is None
    assert band_of(Decimal(70), []) is None
    assert (FIVE_S["pass_score"], FIVE_S["is_per_area"]) == (75, True)


@pytest.mark.parametrize("level", [3, 4])
@pytest.mark.parametrize(
    "lowest, met", [(50 - UNIT, False), (Decimal(50), True), (50 + UNIT, True), (None, False)]
)
def test_any_area_below_the_floor_blocks(level, lowest, met):
    rule = Rule(level, "every_area", "5R", Decimal(50))
    inputs = Inputs(
        today=TODAY, dimensions={"5R": Decimal(90)}, areas={"5R": {"Produksi": Decimal(99), "Gudang": lowest}}
    )
    assert judge(rule, inputs).met is met


def test_a_factory_seen_as_one_whole_is_its_only_area():
    rule = Rule(3, "every_area", "5R", Decimal(50))
    verdicts = [judge(rule, Inputs(today=TODAY, dimensions={"5R": Decimal(score)})) for score in (49, 50)]
    assert [(one.met, one.part) for one in verdicts] == [(False, (0, 1)), (True, (1, 1))]
    assert judge(rule, Inputs(today=TODAY)).met is False


def test_words_name_the_area_that_blocks():
    rule = Rule(3, "every_area", "5R", Decimal(50))
    areas = {"Produksi": Decimal(82), "Gudang": Decimal("49.96"), "Halaman": Decimal(20)}
    line = line_of(judge(rule, Inputs(today=TODAY, areas={"5R": areas})), {"5R": "5R"})
    assert (line.rule, line.basis) == ("Setiap area 5R paling rendah 50", "1 dari 3 area")
    assert line.distance == "Area Halaman 20,0 < 50; juga di bawahnya: Gudang"
    whole = line_of(judge(rule, Inputs(today=TODAY, dimensions={"5R": Decimal("49.96")})), {"5R": "5R"})
    assert whole.distance == "5R 49,96 < 50"

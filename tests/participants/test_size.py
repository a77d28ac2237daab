import pytest

from participants.size import Size, industry_size, legal_sizes, size_by_capital, size_by_sales

BILLION = 10**9


@pytest.mark.parametrize(
    "limit, upto, above",
    [(1, Size.MICRO, Size.SMALL), (5, Size.SMALL, Size.MEDIUM), (10, Size.MEDIUM, Size.LARGE)],
)
def test_capital_limits_are_inclusive(limit, upto, above):
    sizes = [size_by_capital(limit * BILLION + step, year=2025).size for step in (-1, 0, 1)]
    assert sizes == [upto, upto, above]


@pytest.mark.parametrize(
    "limit, upto, above",
    [(2, Size.MICRO, Size.SMALL), (15, Size.SMALL, Size.MEDIUM), (50, Size.MEDIUM, Size.LARGE)],
)
def test_sales_limits_are_inclusive(limit, upto, above):
    sizes = [size_by_sales(limit * BILLION + step, year=2025).size for step in (-1, 0, 1)]
    assert sizes == [upto, upto, above]


@pytest.mark.parametrize(
    "workers, investment, size",
    [
        (19, BILLION - 1, Size.SMALL),
        (19, BILLION, Size.MEDIUM),
        (19, BILLION + 1, Size.MEDIUM),
        (19, 20 * BILLION, Size.MEDIUM),  # by the text, never besar with 19 workers
        (20, BILLION - 1, Size.MEDIUM),
        (20, 0, Size.MEDIUM),
        (20, 15 * BILLION - 1, Size.MEDIUM),
        (20, 15 * BILLION, Size.MEDIUM),
        (20, 15 * BILLION + 1, Size.LARGE),
        (18, 15 * BILLION + 1, Size.MEDIUM),
        (21, 15 * BILLION + 1, Size.LARGE),
        (0, 0, Size.SMALL),
    ],
)
def test_industry_by_workers_and_investment(workers, investment, size):
    assert industry_size(workers, investment, year=2025).size is size


def test_unknown_is_its_own_state():
    sizes = legal_sizes(capital=None, annual_sales=None, workers=None, investment=None, year=None)
    assert (sizes.by_capital.size, sizes.by_sales.size, sizes.industry.size) == (None, None, None)
    assert industry_size(12, None, year=2025).size is None
    assert industry_size(None, 0, year=2025).size is None
    assert size_by_capital(0, year=2025).size is Size.MICRO


def test_each_answer_names_its_law_and_year():
    sizes = legal_sizes(capital=3 * BILLION, annual_sales=BILLION, workers=42, investment=BILLION, year=2025)
    assert [(one.law, one.size, one.year) for one in (sizes.by_capital, sizes.by_sales, sizes.industry)] == [
        ("PP 7/2021", Size.SMALL, 2025),
        ("PP 7/2021", Size.MICRO, 2025),
        ("Permenperin 64/M-IND/PER/7/2016", Size.MEDIUM, 2025),
    ]


@pytest.mark.parametrize("figure", ["capital", "annual_sales", "workers", "investment"])
def test_a_negative_figure_is_a_mistake_of_the_caller(figure):
    figures = {"capital": 1, "annual_sales": 1, "workers": 1, "investment": 1, figure: -1}
    with pytest.raises(ValueError, match="never negative"):
        legal_sizes(**figures, year=2025)

"""Class rules at one unit below, on and above each threshold of the shipped scheme."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessments.class_rules import (
    Inputs,
    Month,
    Rule,
    holds,
    judge,
    month_before,
    next_level,
    period,
    reached_level,
    recommended_level,
    requirements,
    unmet,
)
from assessments.wording import distance, figure, line_of

SHIPPED = json.loads(
    (Path(__file__).parents[2] / "assessments/data/class-scheme-2.json").read_text(encoding="utf-8")
)
RULES = [
    Rule(
        level=row["level"],
        measure=row["measure"],
        subject=row.get("subject", ""),
        threshold=Decimal(row["threshold"]) if "threshold" in row else None,
        months=row.get("months"),
        max_age_days=row.get("max_age_days"),
    )
    for row in SHIPPED["requirements"]
]
TODAY = date(2026, 11, 24)
MODULES = frozenset({"BM", "5R", "K3L", "TEK", "PSR", "KEU"})
PAPERS = frozenset({"nib", "npwp", "environment", "bpjs", "iso9001"})
UNIT = Decimal("0.0000000001")
# domain.md §5.3, worked example
EXAMPLE = {"BM": 70, "5R": 78, "K3L": 72, "TEK": 68, "PSR": 60, "KEU": 62, "LEG": 80}
NAMES = {code: code for code in EXAMPLE}


def months(count=12, **values):
    """`count` closed months up to October 2026, all alike."""
    good = {
        "due": 1000,
        "on_time": 1000,
        "delivered": 1000,
        "rejected": 0,
        "accepted_value": Decimal(90),
        "promised_value": Decimal(100),
        "agreements": 2,
        "buyers": 2,
    }
    return tuple(Month(month_before(TODAY, back), **{**good, **values}) for back in range(count, 0, -1))


BEST = Inputs(
    today=TODAY,
    overall=Decimal(100),
    dimensions=dict.fromkeys(EXAMPLE, Decimal(100)),
    criteria={"F2": 4, "F5": 4, "LEG2": 4, "T15": 4},
    modules=MODULES,
    documents=PAPERS,
    months=months(),
)


def rule(level, measure, subject=""):
    return next(r for r in RULES if (r.level, r.measure, r.subject) == (level, measure, subject))


def met(level, measure, subject="", **changes):
    return judge(rule(level, measure, subject), replace(BEST, **changes)).met


def test_worked_example_is_madya_for_want_of_eight_tenths():
    inputs = replace(
        BEST,
        overall=Decimal("69.2"),
        dimensions={code: Decimal(score) for code, score in EXAMPLE.items()},
    )
    assert reached_level(RULES, inputs) == 2
    assert recommended_level(2, RULES, inputs) == 2
    short = unmet(requirements(3, RULES, inputs))
    assert [distance(verdict, NAMES) for verdict in short] == ["Nilai total 69,2 < 70"]


def test_everything_met_climbs_one_step_at_a_time():
    assert reached_level(RULES, BEST) == 4
    assert [recommended_level(present, RULES, BEST) for present in (None, 1, 2, 3, 4)] == [2, 2, 3, 4, 4]
    assert [next_level(present) for present in (None, 1, 2, 3, 4)] == [2, 2, 3, 4, 4]


def test_nothing_known_is_nothing_met_and_nobody_is_moved_down():
    nothing = Inputs(today=TODAY)
    assert reached_level(RULES, nothing) == 1
    assert [recommended_level(present, RULES, nothing) for present in (None, 1, 3, 4)] == [1, 1, 3, 4]
    assert not holds(requirements(2, RULES, nothing))


@pytest.mark.parametrize("level, floor", [(2, 55), (3, 70), (4, 80)])
def test_overall_threshold(level, floor):
    floor = Decimal(floor)
    verdicts = [met(level, "overall", overall=value) for value in (floor - UNIT, floor, floor + UNIT, None)]
    assert verdicts == [False, True, True, False]


@pytest.mark.parametrize("level, floor", [(2, 40), (3, 55), (4, 70)])
@pytest.mark.parametrize("code", EXAMPLE)
def test_every_dimension_threshold(level, floor, code):
    floor = Decimal(floor)
    verdicts = [
        met(level, "every_dimension", dimensions={**BEST.dimensions, code: value})
        for value in (floor - UNIT, floor, floor + UNIT, None)
    ]
    assert verdicts == [False, True, True, False]


MINIMA = [
    (level, code, floor)
    for level, floors in ((2, (60, 60, 50, 40)), (3, (65, 75, 70, 65)), (4, (75, 80, 80, 75)))
    for code, floor in zip(("BM", "5R", "K3L", "TEK"), floors, strict=True)
]


@pytest.mark.parametrize("level, code, floor", MINIMA)
def test_dimension_minimum(level, code, floor):
    floor = Decimal(floor)
    verdicts = [
        met(level, "dimension", code, dimensions={**BEST.dimensions, code: value})
        for value in (floor - UNIT, floor, floor + UNIT, None)
    ]
    assert verdicts == [False, True, True, False]


@pytest.mark.parametrize("level, codes", [(2, {"BM", "5R", "K3L"}), (3, MODULES), (4, MODULES)])
def test_modules(level, codes):
    assert {r.subject for r in RULES if (r.level, r.measure) == (level, "module_passed")} == codes
    for code in codes:
        assert met(level, "module_passed", code)
        assert not met(level, "module_passed", code, modules=MODULES - {code})


@pytest.mark.parametrize(
    "level, kinds",
    [
        (2, {"nib", "npwp"}),
        (3, {"nib", "npwp", "environment", "bpjs"}),
        (4, {"nib", "npwp", "environment", "bpjs", "iso9001"}),
    ],
)
def test_documents(level, kinds):
    assert {r.subject for r in RULES if (r.level, r.measure) == (level, "document")} == kinds
    for kind in kinds:
        assert met(level, "document", kind)
        assert not met(level, "document", kind, documents=PAPERS - {kind})


@pytest.mark.parametrize(
    "level, ages, expected",
    [
        (2, (), True),
        (2, (29,), True),
        (2, (30,), True),
        (2, (31,), False),
        (2, (30, 31), False),
        (3, (), True),
        (3, (0,), False),
        (4, (0,), False),
    ],
)
def test_open_critical_findings(level, ages, expected):
    assert met(level, "critical_findings", critical_ages=ages) is expected


@pytest.mark.parametrize(
    "level, code, floor", [(2, "F2", 3), (3, "F5", 3), (4, "F5", 4), (3, "LEG2", 4), (4, "T15", 3)]
)
def test_books_and_other_items(level, code, floor):
    verdicts = [
        met(level, "criterion", code, criteria={**BEST.criteria, code: value})
        for value in (floor - 1, floor, None)
    ]
    assert verdicts == [False, True, False]


@pytest.mark.parametrize("level, floor, length", [(3, 900, 3), (4, 950, 6)])
def test_on_time_threshold_in_every_month_of_the_row(level, floor, length):
    for bad_month in range(1, length + 1):
        for on_time, expected in ((floor - 1, False), (floor, True), (floor + 1, True)):
            rows = list(months())
            rows[-bad_month] = replace(rows[-bad_month], on_time=on_time)
            assert met(level, "on_time", months=tuple(rows)) is expected
    rows = list(months())
    rows[-length - 1] = replace(rows[-length - 1], on_time=0)  # before the row
    assert met(level, "on_time", months=tuple(rows))


@pytest.mark.parametrize("level, limit, length", [(3, 1000, 3), (4, 500, 6)])
def test_reject_ppm_over_the_period(level, limit, length):
    size = 1_000_000 // length + 1
    exact = limit * size * length // 1_000_000
    for more, expected in ((-1, True), (0, True), (1, False)):
        rows = list(months(delivered=size))
        rows[-1] = replace(rows[-1], rejected=exact + more)
        verdict = judge(rule(level, "reject_ppm"), replace(BEST, months=tuple(rows)))
        assert verdict.met is expected, verdict.figure


@pytest.mark.parametrize("measure", ["on_time", "reject_ppm"])
@pytest.mark.parametrize("level, expected", [(3, None), (4, False)])
def test_no_delivery_at_all_does_not_apply_at_l3_and_is_unmet_at_l4(measure, level, expected):
    quiet = months(due=0, on_time=0, delivered=0)
    assert met(level, measure, months=quiet) is expected
    assert met(level, measure, months=()) is expected


def test_the_same_rule_at_l2_would_not_apply_either():
    assert judge(Rule(2, "on_time", threshold=Decimal("0.9"), months=3), Inputs(today=TODAY)).met is None


@pytest.mark.parametrize("level, expected", [(3, True), (4, False)])
def test_a_quiet_month_says_nothing_at_l3_and_breaks_the_row_at_l4(level, expected):
    rows = list(months())
    rows[-2] = replace(rows[-2], due=0, on_time=0, delivered=0)
    assert met(level, "on_time", months=tuple(rows)) is expected


def test_an_agreements_own_limit_counts_when_it_is_stricter():
    rows = months(on_time=920, rejected=1, delivered=2000)
    assert met(3, "on_time", months=rows)
    assert met(3, "reject_ppm", months=rows)
    strict = tuple(replace(row, min_on_time=Decimal("0.93"), max_ppm=Decimal(400)) for row in rows)
    assert not met(3, "on_time", months=strict)
    assert not met(3, "reject_ppm", months=strict)
    lax = tuple(replace(row, min_on_time=Decimal("0.5"), max_ppm=Decimal(9000)) for row in rows)
    assert judge(rule(3, "on_time"), replace(BEST, months=lax)).threshold == Decimal("0.9")
    assert judge(rule(3, "reject_ppm"), replace(BEST, months=lax)).threshold == 1000


@pytest.mark.parametrize("agreements, expected", [(0, False), (1, True), (2, True)])
def test_active_agreement(agreements, expected):
    assert met(3, "active_agreement", months=months(agreements=agreements)) is expected
    assert met(3, "active_agreement", months=()) is False


@pytest.mark.parametrize("buyers, expected", [(1, False), (2, True), (3, True)])
def test_buyers(buyers, expected):
    assert met(4, "buyers", months=months(buyers=buyers)) is expected


@pytest.mark.parametrize("accepted, expected", [(79, False), (80, True), (81, True)])
def test_realisation(accepted, expected):
    rows = months(accepted_value=Decimal(accepted), promised_value=Decimal(100))
    assert met(4, "realisation", months=rows) is expected
    assert met(4, "realisation", months=months(promised_value=None)) is False


def test_the_period_ends_with_the_last_complete_month_or_the_one_before_while_it_is_open():
    closed = replace(BEST, months=months())
    assert [m.month for m in period(closed, 3)] == [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
    late = replace(BEST, months=months()[:-1])
    assert [m.month for m in period(late, 2)] == [date(2026, 8, 1), date(2026, 9, 1)]
    stale = replace(BEST, months=months()[:-3])
    assert period(stale, 1) == [Month(date(2026, 10, 1))]
    assert [m.month for m in period(Inputs(today=date(2026, 1, 5)), 2)] == [
        date(2025, 11, 1),
        date(2025, 12, 1),
    ]


@pytest.mark.parametrize(
    "value, shown",
    [("69.2", "69,2"), ("69.96", "69,96"), ("69.9999", "69,9999"), ("70", "70,0"), ("70.04", "70,0")],
)
def test_a_figure_shows_on_which_side_of_its_threshold_it_lies(value, shown):
    assert figure(Decimal(value), Decimal(70)) == shown


def test_every_verdict_has_words_known_and_unknown():
    for inputs in (BEST, Inputs(today=TODAY)):
        for level in (2, 3, 4):
            for verdict in requirements(level, RULES, inputs):
                line = line_of(verdict, NAMES)
                assert line.rule
                assert line.value
                assert bool(distance(verdict, NAMES)) is (verdict.met is False)


def test_words_of_what_falls_short():
    rows = months(on_time=899, rejected=2, delivered=1000, agreements=0, buyers=1, accepted_value=Decimal(79))
    poor = replace(
        BEST,
        overall=Decimal("79.96"),
        dimensions={**BEST.dimensions, "PSR": Decimal("54.5")},
        criteria={**BEST.criteria, "F5": 2},
        modules=MODULES - {"KEU"},
        documents=PAPERS - {"bpjs"},
        critical_ages=(3,),
        months=rows,
    )
    words = [distance(verdict, NAMES) for verdict in unmet(requirements(4, RULES, poor))]
    assert words == [
        "Nilai total 79,96 < 80",
        "Di bawah 70: PSR",
        "Modul KEU belum lulus",
        "1 temuan kritis terbuka",
        "bpjs belum ada atau tidak berlaku",
        "Butir F5 bernilai 2, perlu 4",
        "Tepat kirim 89,9% < 95%",
        "Cacat 2.000 ppm > 500 ppm",
        "Belum ada MoU aktif yang cukup",
        "Diterima baik 79% < 80% dari yang dijanjikan",
        "Pembeli 1, perlu 2",
    ]

"""What an open critical finding blocks at 29, 30 and 31 days (domain.md §3.2)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from assessments.blocking import Block, blocks
from assessments.class_rules import Inputs, Rule, judge

FOUND = date(2026, 11, 1)
RULES = [
    Rule(2, "critical_findings", threshold=Decimal(0), max_age_days=30),
    Rule(3, "critical_findings", threshold=Decimal(0)),
    Rule(4, "critical_findings", threshold=Decimal(0)),
]


@pytest.mark.parametrize("days", [0, 29, 30, 31, 300])
def test_the_page_and_the_class_rules_say_the_same(days):
    today = FOUND + timedelta(days=days)
    said = {block.level: block.is_now for block in blocks(FOUND, RULES, today)}
    inputs = Inputs(today=today, critical_ages=(days,))
    assert said.pop(0) is True  # supply, at once
    assert said == {rule.level: judge(rule, inputs).met is False for rule in RULES}


@pytest.mark.parametrize("days, blocked", [(29, False), (30, False), (31, True)])
def test_madya_is_blocked_once_it_is_older_than_thirty_days(days, blocked):
    found = blocks(FOUND, RULES, FOUND + timedelta(days=days))
    assert Block(2, date(2026, 12, 2), blocked) in found
    assert all(block.is_now for block in found if block.level != 2)


def test_a_class_that_allows_one_is_not_blocked_by_one():
    assert [
        block.level for block in blocks(FOUND, [Rule(2, "critical_findings", threshold=Decimal(1))], FOUND)
    ] == [0]

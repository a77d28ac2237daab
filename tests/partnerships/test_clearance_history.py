"""Supply clearance day by day: written once per change, true for every day until the next, and judged again."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from closedloop.dashboard import morning
from partnerships import actions
from partnerships.clearance import MANDATORY_DOCUMENTS, NEEDED_MODULES, Facts, Proof, judge, paper_on
from partnerships.clearance_history import StoredDay, differences, facts_on, stored_facts, stored_gates
from partnerships.models import ClearanceDay, SupplyClearance

DAY = date(2026, 11, 24)
DAYS = st.integers(-40, 40).map(lambda offset: DAY + timedelta(days=offset))
PROOFS = st.builds(Proof, st.none() | DAYS, st.none() | DAYS, st.sampled_from(["", "a"]))


@st.composite
def facts(draw):
    """Any facts, with each kind of paper in force, lapsed, yet to come, or not there."""
    proofs = {kind: draw(st.lists(PROOFS, max_size=2)) for kind in MANDATORY_DOCUMENTS}
    return Facts(
        class_level=draw(st.sampled_from([None, 2, 3, 4])),
        modules_passed=frozenset(draw(st.sampled_from([NEEDED_MODULES, NEEDED_MODULES[:4]]))),
        open_critical_findings=draw(st.integers(0, 1)),
        papers={kind: paper_on(own, DAY) for kind, own in proofs.items()},
        sample_approved_on=draw(st.none() | DAYS),
        proofs=proofs,
    )


def kept(known: Facts, day: date) -> StoredDay:
    judgement = judge(known, day)
    return StoredDay(
        day, judgement.status, stored_gates(judgement), json.loads(json.dumps(stored_facts(known)))
    )


@given(facts())
def test_what_is_kept_is_enough_to_judge_the_day_again(known):
    again = judge(facts_on(kept(known, DAY).facts, DAY), DAY)
    assert (again.status, stored_gates(again)) == (judge(known, DAY).status, kept(known, DAY).gates)


@given(facts(), st.integers(0, 45))
def test_a_morning_on_which_nobody_judged_is_found_and_one_on_which_somebody_did_is_not(known, later):
    until = DAY + timedelta(days=later)
    row = kept(known, DAY)
    rows = [row]
    for offset in range(1, later + 1):
        day = DAY + timedelta(days=offset)
        following = kept(facts_on(row.facts, day), day)
        if (following.status, following.gates) != (rows[-1].status, rows[-1].gates):
            rows.append(following)
    assert list(differences(rows, until)) == []
    missed = list(differences([row], until))
    assert [day for day, _stored, _again in missed] == [one.day for one in rows[1:2]]


# --- In the database ----------------------------------------------------------------------------------
IN_DATABASE = pytest.mark.django_db


def recomputed() -> str:
    said = StringIO()
    call_command("recompute_clearances", stdout=said)
    return said.getvalue()


@IN_DATABASE
def test_each_change_is_kept_under_its_day_and_history_is_as_it_was_stored(
    time_machine_at, staff, cleared, buyer
):
    time_machine_at(date(2026, 11, 24))
    actions.compute_clearance(cleared, buyer)
    actions.approve_sample(cleared, buyer, approved_on=date(2026, 11, 24), by=staff)
    for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 1), date(2027, 1, 2)):
        time_machine_at(day)
        morning.judge_clearances()
        assert recomputed() == f"pairs=1 days={ClearanceDay.objects.count()} differences=0\n"
    rows = ClearanceDay.objects.order_by("day")
    assert list(rows.values_list("day", "status")) == [
        (date(2026, 11, 24), "ready"),
        (date(2027, 1, 1), "conditional"),
    ]
    assert [gate["subject"] for gate in rows[1].unmet] == ["environment", "bpjs"]
    paper = rows[1].facts["papers"]["bpjs"][0]
    assert paper == {
        "issued_on": None,
        "expires_on": "2026-12-31",
        "id": str(cleared.documents.get(kind="bpjs").pk),
    }


@IN_DATABASE
def test_a_missed_morning_and_a_changed_state_are_named(time_machine_at, staff, cleared, buyer):
    time_machine_at(date(2026, 11, 24))
    actions.approve_sample(cleared, buyer, approved_on=date(2026, 11, 24), by=staff)
    time_machine_at(date(2027, 1, 1))
    with pytest.raises(CommandError, match=r"^pairs=1 days=1 differences=1$"):
        recomputed()
    morning.judge_clearances()
    ClearanceDay.objects.filter(day=date(2027, 1, 1)).update(status="ready")
    SupplyClearance.objects.update(status="conditional")
    with pytest.raises(CommandError, match="differences=2"):
        recomputed()


@pytest.fixture
def time_machine_at():
    """Return what moves the clock to ten in the morning of a day."""
    with time_machine.travel("2026-11-24T03:00:00Z", tick=False) as clock:
        yield lambda day: clock.move_to(f"{day.isoformat()}T03:00:00+00:00")

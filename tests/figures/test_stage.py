"""The stage rule, one completed station after the other."""

from dataclasses import replace
from datetime import date

import pytest

from closedloop.figures.stage import Facts, Stage, standing

APPLICANT = Facts("ABC234", enrolment="applicant", enrolled_on=date(2026, 1, 5))
ENROLLED = replace(
    APPLICANT, enrolment="active", registered_on=date(2026, 1, 12), enrolled_on=date(2026, 1, 12)
)
TRAINED = replace(ENROLLED, modules=6, modules_passed=6, trained_on=date(2026, 5, 6), has_mentor=True)
SUBMITTED = replace(TRAINED, assessment="submitted", assessment_code="PNL234", submitted_on=date(2026, 6, 1))
ASSESSED = replace(SUBMITTED, assessment="approved", approved_on=date(2026, 6, 9))
SUPPLYING = replace(ASSESSED, agreement="active", agreement_code="MOU234", delivered_on=date(2026, 7, 20))
PROPOSED = replace(SUPPLYING, decision="proposed", decision_code="NKL234", proposed_on=date(2026, 8, 3))
DECIDED = replace(PROPOSED, decision="decided", decided_on=date(2026, 8, 20))


@pytest.mark.parametrize(
    "facts, stage, since, role",
    [
        (Facts("ABC234"), Stage.SELECTION, None, "staff"),
        (APPLICANT, Stage.SELECTION, date(2026, 1, 5), "staff"),
        (ENROLLED, Stage.TRAINING, date(2026, 1, 12), "staff"),
        (replace(ENROLLED, has_session_to_come=True, modules=6), Stage.TRAINING, date(2026, 1, 12), "owner"),
        (replace(ENROLLED, enrolment="registered"), Stage.TRAINING, date(2026, 1, 12), "staff"),
        (replace(TRAINED, modules_passed=5), Stage.TRAINING, date(2026, 1, 12), "staff"),
        (TRAINED, Stage.MENTORING, date(2026, 5, 6), "mentor"),
        (replace(TRAINED, has_mentor=False), Stage.MENTORING, date(2026, 5, 6), "staff"),
        (replace(TRAINED, open_critical_findings=2), Stage.MENTORING, date(2026, 5, 6), "owner"),
        (
            replace(TRAINED, assessment="draft", assessment_code="P"),
            Stage.MENTORING,
            date(2026, 5, 6),
            "mentor",
        ),
        (SUBMITTED, Stage.ASSESSMENT, date(2026, 6, 1), "assessor"),
        (replace(SUBMITTED, assessment="returned"), Stage.ASSESSMENT, date(2026, 6, 1), "mentor"),
        (ASSESSED, Stage.SUPPLY, date(2026, 6, 9), "staff"),
        (replace(ASSESSED, agreement="signed"), Stage.SUPPLY, date(2026, 6, 9), "staff"),
        (replace(ASSESSED, agreement="active"), Stage.SUPPLY, date(2026, 6, 9), "owner"),
        (
            replace(ASSESSED, agreement="active", deliveries_waiting=1),
            Stage.SUPPLY,
            date(2026, 6, 9),
            "buyer",
        ),
        (SUPPLYING, Stage.PROMOTION, date(2026, 7, 20), "staff"),
        (PROPOSED, Stage.PROMOTION, date(2026, 8, 3), "lead"),
        (DECIDED, Stage.PROMOTION, date(2026, 7, 20), None),
    ],
)
def test_the_first_station_that_is_not_completed(facts, stage, since, role):
    found = standing(facts)
    assert (found.stage, found.since, found.next_step.role) == (stage, since, role)
    assert found.next_step.text


def test_a_decision_under_way_goes_before_everything_else():
    assert (
        standing(replace(ENROLLED, decision="proposed", proposed_on=date(2026, 3, 1))).stage
        is Stage.PROMOTION
    )


def test_a_graduate_has_left_the_other_stations():
    graduate = replace(ENROLLED, enrolment="graduated", decision="decided", decided_on=date(2026, 9, 2))
    assert (standing(graduate).stage, standing(graduate).since) == (Stage.PROMOTION, date(2026, 9, 2))


def test_a_decision_in_mid_cycle_sends_back_to_what_is_missing():
    assert (
        standing(replace(ENROLLED, decision="decided", decided_on=date(2026, 3, 1))).stage is Stage.TRAINING
    )


def test_stations_as_the_page_draws_them():
    assert [one["state"] for one in standing(SUBMITTED).states] == ["done", "done", "done", "now", "", ""]
    assert [one["state"] for one in standing(DECIDED).states] == ["done"] * 5 + ["now"]


def test_days_at_the_station():
    assert standing(TRAINED).days(date(2026, 5, 16)) == 10
    assert standing(Facts("ABC234")).days(date(2026, 5, 16)) is None

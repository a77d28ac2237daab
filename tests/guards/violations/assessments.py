"""Impossible rubrics, assessments, findings, scorecards and class decisions."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F

from assessments.models import (
    Area,
    Assessment,
    BoardMember,
    ClassDecision,
    ClassRequirement,
    ClassScheme,
    CorrectiveAction,
    Criterion,
    DecisionCondition,
    Dimension,
    EffectivenessCheck,
    Evidence,
    Finding,
    FindingReminder,
    Objection,
    PlanItem,
    ReviewRemark,
    ReviewRound,
    Rubric,
    Score,
    Scorecard,
)
from closedloop.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.guards.rows import MOMENT, again, change, one
from trainings.models import TrainingSession


def two_findings_on_one_criterion():
    score = one(Score)
    again(one(Finding, assessment=score.assessment, criterion=score.criterion))


def second_area(**fields):
    again(one(Area), **fields)


def decided_by_the_assessor():
    decision = one(ClassDecision, decided=True)
    change(decision, decided_by=decision.assessor)


ANSWERED = {"status": "rejected", "answer": "Tidak ada bukti baru.", "answered_at": MOMENT}


def answered_by_the_owner():
    objection = one(Objection)
    change(objection, **ANSWERED, answered_by=objection.raised_by)


def reopened_as_itself():
    objection = one(Objection)
    accepted = {**ANSWERED, "status": "accepted", "answered_by": one(User)}
    change(objection, **accepted, new_decision=objection.decision)


def plan_dropped_without_a_word():
    item = one(PlanItem)
    change(item, status="dropped", closed_at=MOMENT, closed_by=item.assessment.assessor)


VIOLATIONS = {
    "plan_item_aims_higher": lambda: change(one(PlanItem), target_value=1),
    "plan_item_gain_is_not_negative": lambda: change(one(PlanItem), gain=-1),
    "plan_item_status_is_known": lambda: change(one(PlanItem), status="lost"),
    "plan_item_closing_is_whole": lambda: change(one(PlanItem), status="done"),
    "plan_item_dropped_with_a_reason": plan_dropped_without_a_word,
    "plan_item_report_is_whole": lambda: change(one(PlanItem), report="Dikerjakan"),
    "plan_item_report_has_words": lambda: change(one(PlanItem), status="reported"),
    "one_open_plan_item_per_criterion": lambda: again(one(PlanItem)),
    "rubric_version_is_unique": lambda: again(one(Rubric)),
    "one_draft_per_rubric": lambda: again(one(Rubric, published_at=None), version=999),
    "rubric_publication_is_whole": lambda: change(one(Rubric, published_at=None), published_by=one(User)),
    "rubric_scale_is_positive": lambda: change(one(Rubric), scale_max=0),
    "dimension_code_once_per_rubric": lambda: again(one(Dimension)),
    "dimension_pass_score_is_a_percentage": lambda: change(one(Dimension), pass_score=Decimal("100.01")),
    "area_name_once_per_assessment": lambda: second_area(order=99),
    "area_order_once_per_assessment": lambda: second_area(name="Lain"),
    "area_weight_is_positive": lambda: change(one(Area), weight=0),
    "area_has_a_name": lambda: change(one(Area), name=""),
    "dimension_weight_is_a_percentage": lambda: change(one(Dimension), weight=Decimal("100.01")),
    "criterion_code_once_per_dimension": lambda: again(one(Criterion)),
    "criterion_weight_is_positive": lambda: change(one(Criterion), weight=0),
    "class_scheme_version_is_unique": lambda: again(one(ClassScheme)),
    "one_draft_per_class_scheme": lambda: again(one(ClassScheme, published_at=None), version=999),
    "class_scheme_publication_is_whole": lambda: change(
        one(ClassScheme, published_at=None), published_by=one(User)
    ),
    "class_requirement_is_said_once": lambda: again(one(ClassRequirement)),
    "class_requirement_level_is_known": lambda: change(one(ClassRequirement), level=5),
    "class_requirement_measure_is_known": lambda: change(one(ClassRequirement), measure="mood"),
    "assessment_approval_is_whole": lambda: change(one(Assessment), status="approved", submitted_at=MOMENT),
    "assessment_reviewer_is_not_its_assessor": lambda: change(one(Assessment), reviewed_by=F("assessor")),
    "assessment_overall_is_between_0_and_100": lambda: change(
        one(Assessment, approved=True), overall=Decimal("100.01")
    ),
    "assessment_submission_has_its_time": lambda: change(one(Assessment), status="in_review"),
    "assessment_return_has_a_reason": lambda: change(one(Assessment), status="returned", submitted_at=MOMENT),
    "one_open_assessment_per_kind_and_assessor": lambda: again(one(Assessment)),
    "assessment_status_is_known": lambda: change(one(Assessment), status="lost", submitted_at=MOMENT),
    "assessment_kind_is_known": lambda: change(one(Assessment), kind="gift"),
    "self_assessment_is_nobodys_to_approve": lambda: change(
        one(Assessment, kind="self"), status="in_review", submitted_at=MOMENT
    ),
    "one_score_per_criterion": lambda: again(one(Score)),
    "score_is_a_value_or_not_applicable": lambda: change(one(Score), value=None),
    "score_is_on_the_scale": lambda: change(one(Score), value=5),
    "not_applicable_needs_a_reason": lambda: change(one(Score), value=None, not_applicable=True, note=""),
    "evidence_is_a_file_with_its_hash_or_a_text": lambda: change(one(Evidence), file="a.jpg"),
    "evidence_file_once_per_criterion": lambda: again(one(Evidence, file="a.jpg", sha256="0" * 64)),
    "evidence_kind_is_known": lambda: change(one(Evidence), kind="rumour"),
    "evidence_basis_is_known": lambda: change(one(Evidence), basis="rumour"),
    "measurement_has_its_figure_and_unit": lambda: change(one(Evidence), value=Decimal(3)),
    "evidence_expires_after_its_day": lambda: change(one(Evidence), valid_until=date(2020, 1, 1)),
    "class_decision_is_whole": lambda: change(one(ClassDecision, decided=True), valid_until=None),
    "class_decider_is_neither_assessor_nor_proposer": decided_by_the_assessor,
    "class_moves_one_step_at_a_time": lambda: change(one(ClassDecision, decided=True), level_after=3),
    "class_promotion_goes_up": lambda: change(one(ClassDecision, decided=True), level_after=1),
    "class_demotion_goes_down": lambda: change(one(ClassDecision, decided=True), outcome="demoted"),
    "class_retained_stays": lambda: change(one(ClassDecision, decided=True), outcome="retained"),
    "class_condition_is_written": lambda: change(one(ClassDecision, decided=True), outcome="conditional"),
    "one_waiting_decision_per_enterprise": lambda: again(one(ClassDecision)),
    "class_decision_levels_are_known": lambda: change(one(ClassDecision), level_proposed=5),
    "class_outcome_is_known": lambda: change(one(ClassDecision, decided=True), outcome="lost"),
    "class_decision_status_is_known": lambda: change(one(ClassDecision), status="lost"),
    "condition_says_what": lambda: change(one(DecisionCondition), text=""),
    "condition_settlement_is_whole": lambda: change(one(DecisionCondition), is_met=True),
    "objection_has_a_reason": lambda: change(one(Objection), reason="x" * 29),
    "objection_file_has_its_hash": lambda: change(one(Objection), file="a.pdf"),
    "objection_answer_is_whole": lambda: change(one(Objection), status="rejected"),
    "objection_accepted_leads_to_a_new_sitting": lambda: change(
        one(Objection), **{**ANSWERED, "status": "accepted"}, answered_by=one(User)
    ),
    "objection_is_answered_by_another": answered_by_the_owner,
    "objection_new_sitting_is_another": reopened_as_itself,
    "objection_status_is_known": lambda: change(
        one(Objection), **{**ANSWERED, "status": "lost"}, answered_by=one(User)
    ),
    "one_open_objection_per_decision": lambda: again(one(Objection)),
    "board_member_sits_once": lambda: again(one(BoardMember)),
    "finding_is_due_after_it_was_found": lambda: change(one(Finding), due_on=date(2026, 10, 31)),
    "finding_closing_is_whole": lambda: change(one(Finding), status="closed"),
    "finding_asks_why_five_times_at_most": lambda: change(one(Finding), whys=["x"] * 6),
    "finding_before_photo_has_its_hash": lambda: change(one(Finding), before="a.jpg"),
    "finding_repeats_are_counted": lambda: change(one(Finding), repeats=1),
    "finding_closing_session_has_its_module": lambda: change(
        one(Finding), closing_session=one(TrainingSession)
    ),
    "effectiveness_verdict_is_known": lambda: change(
        one(EffectivenessCheck),
        verdict="maybe",
        note="Rapi",
        photo="a.jpg",
        photo_sha256="0" * 64,
        checked_at=MOMENT,
        checked_by=UserFactory(),
    ),
    "effectiveness_check_is_whole": lambda: change(one(EffectivenessCheck), verdict="effective"),
    "effectiveness_is_seen_by_another": lambda: change(
        one(EffectivenessCheck),
        verdict="effective",
        note="Rapi",
        photo="a.jpg",
        photo_sha256="0" * 64,
        checked_at=MOMENT,
        checked_by=F("closer"),
    ),
    "finding_step_is_said_once": lambda: again(one(FindingReminder)),
    "finding_reminder_kind_is_known": lambda: change(one(FindingReminder), kind="shout"),
    "finding_reminder_is_a_week_before_at_most": lambda: change(one(FindingReminder), offset_days=-8),
    "finding_names_its_problem": lambda: change(one(Finding), problem=""),
    "one_finding_per_assessed_criterion": two_findings_on_one_criterion,
    "finding_status_is_known": lambda: change(one(Finding), status="lost"),
    "corrective_action_says_what": lambda: change(one(CorrectiveAction), description=""),
    "corrective_photo_has_its_hash": lambda: change(one(CorrectiveAction), photo="a.jpg"),
    "review_round_number_once": lambda: again(one(ReviewRound)),
    "review_round_counts_from_one": lambda: change(one(ReviewRound), number=0),
    "review_round_has_a_reason": lambda: change(one(ReviewRound), reason=""),
    "review_round_is_resubmitted_after_its_return": lambda: change(
        one(ReviewRound), resubmitted_at=MOMENT - timedelta(days=1)
    ),
    "one_review_remark_per_item_and_round": lambda: again(one(ReviewRemark)),
    "review_remark_says_something": lambda: change(one(ReviewRemark), text=""),
    "one_scorecard_per_month": lambda: again(one(Scorecard)),
    "scorecard_month_is_a_first_day": lambda: change(one(Scorecard), month=date(2026, 10, 2)),
    "scorecard_on_time_is_part_of_due": lambda: change(one(Scorecard), on_time_quantity=1001),
    "scorecard_rejects_are_part_of_delivered": lambda: change(one(Scorecard), rejected_quantity=1001),
    "scorecard_values_are_not_negative": lambda: change(one(Scorecard), accepted_value=100_000_001),
}

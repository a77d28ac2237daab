"""Rubrics, assessments with their evidence, findings, monthly scorecards and class decisions."""

from assessments.models.area import Area
from assessments.models.assessment import Assessment, Evidence, Score
from assessments.models.condition import DecisionCondition
from assessments.models.decision import BoardMember, ClassDecision
from assessments.models.effectiveness import EffectivenessCheck
from assessments.models.finding import CorrectiveAction, Finding
from assessments.models.objection import Objection
from assessments.models.plan import PlanItem
from assessments.models.reminder import FindingReminder
from assessments.models.review import ReviewRemark, ReviewRound
from assessments.models.rubric import (
    ClassRequirement,
    ClassScheme,
    CohortRubric,
    Criterion,
    Dimension,
    Rubric,
)
from assessments.models.scorecard import Scorecard
from assessments.models.second import SecondAssessment, SecondScore
from assessments.models.visit_call import VisitCall

__all__ = [
    "Area",
    "Assessment",
    "BoardMember",
    "ClassDecision",
    "ClassRequirement",
    "ClassScheme",
    "CohortRubric",
    "CorrectiveAction",
    "Criterion",
    "DecisionCondition",
    "Dimension",
    "EffectivenessCheck",
    "Evidence",
    "Finding",
    "FindingReminder",
    "Objection",
    "PlanItem",
    "ReviewRemark",
    "ReviewRound",
    "Rubric",
    "Score",
    "Scorecard",
    "SecondAssessment",
    "SecondScore",
    "VisitCall",
]

"""The registry: enterprises, their people and papers, cohorts, enrolments, imports."""

from participants.models.applications import Application, ApplicationReview
from participants.models.baseline import (
    CohortIndicators,
    Indicator,
    IndicatorAnswer,
    IndicatorLine,
    IndicatorSet,
)
from participants.models.capability import Capability, Machine, Material, MeasuringTool, Photo
from participants.models.cohort import Cohort, Enrolment, EnrolmentMove, MentorAssignment
from participants.models.enterprise import (
    AnnualFigure,
    ClassLevel,
    Enterprise,
    EnterpriseKbli,
    Kbli,
    LegalForm,
    Process,
    Product,
)
from participants.models.follow_up import FOLLOW_UP_MONTHS, FollowUp
from participants.models.import_work import ColumnLayout, ImportWork
from participants.models.imports import ImportBatch, ImportRow
from participants.models.line_confirmation import LineConfirmation
from participants.models.merges import EnterpriseMerge, NotDuplicate
from participants.models.people import Consent, Document, Person
from participants.models.pins import CohortPin, UnpinnedError
from participants.models.saved_views import SavedView
from participants.models.search_words import SearchWord
from participants.models.selection import SelectionForm

__all__ = [
    "FOLLOW_UP_MONTHS",
    "AnnualFigure",
    "Application",
    "ApplicationReview",
    "Capability",
    "ClassLevel",
    "Cohort",
    "CohortIndicators",
    "CohortPin",
    "ColumnLayout",
    "Consent",
    "Document",
    "Enrolment",
    "EnrolmentMove",
    "Enterprise",
    "EnterpriseKbli",
    "EnterpriseMerge",
    "FollowUp",
    "ImportBatch",
    "ImportRow",
    "ImportWork",
    "Indicator",
    "IndicatorAnswer",
    "IndicatorLine",
    "IndicatorSet",
    "Kbli",
    "LegalForm",
    "LineConfirmation",
    "Machine",
    "Material",
    "MeasuringTool",
    "MentorAssignment",
    "NotDuplicate",
    "Person",
    "Photo",
    "Process",
    "Product",
    "SavedView",
    "SearchWord",
    "SelectionForm",
    "UnpinnedError",
]

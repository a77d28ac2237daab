"""The registry: enterprises, their people and papers, cohorts, enrolments, imports."""

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
from participants.models.imports import ImportBatch, ImportRow
from participants.models.people import Consent, Document, Person

__all__ = [
    "AnnualFigure",
    "Capability",
    "ClassLevel",
    "Cohort",
    "CohortIndicators",
    "Consent",
    "Document",
    "Enrolment",
    "EnrolmentMove",
    "Enterprise",
    "EnterpriseKbli",
    "ImportBatch",
    "ImportRow",
    "Indicator",
    "IndicatorAnswer",
    "IndicatorLine",
    "IndicatorSet",
    "Kbli",
    "LegalForm",
    "Machine",
    "Material",
    "MeasuringTool",
    "MentorAssignment",
    "Person",
    "Photo",
    "Process",
    "Product",
]

"""The registry: enterprises, their people and papers, cohorts, enrolments, imports."""

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
    "ClassLevel",
    "Cohort",
    "Consent",
    "Document",
    "Enrolment",
    "EnrolmentMove",
    "Enterprise",
    "EnterpriseKbli",
    "ImportBatch",
    "ImportRow",
    "Kbli",
    "LegalForm",
    "MentorAssignment",
    "Person",
    "Process",
    "Product",
]

"""The curriculum, its sessions, who was there, and what each test showed."""

from trainings.models.attendance import Attendance, AttendanceCorrection
from trainings.models.certificates import Certificate
from trainings.models.curriculum import CohortCurriculum, Curriculum, Module
from trainings.models.feeds import CalendarFeed
from trainings.models.requests import CorrectionRequest, Excuse
from trainings.models.results import TestResult
from trainings.models.session import TrainingSession
from trainings.models.warnings import WarningAnswer

__all__ = [
    "Attendance",
    "AttendanceCorrection",
    "CalendarFeed",
    "Certificate",
    "CohortCurriculum",
    "CorrectionRequest",
    "Curriculum",
    "Excuse",
    "Module",
    "TestResult",
    "TrainingSession",
    "WarningAnswer",
]

"""The curriculum, its sessions, who was there, and what each test showed."""

from trainings.models.attendance import Attendance, AttendanceCorrection
from trainings.models.certificates import Certificate
from trainings.models.curriculum import CohortCurriculum, Curriculum, Module
from trainings.models.factory_actions import FactoryAction
from trainings.models.feeds import CalendarFeed
from trainings.models.questions import Question
from trainings.models.quizzes import Answer, Attempt, Quiz
from trainings.models.guests import Guest
from trainings.models.requests import CorrectionRequest, Excuse
from trainings.models.results import TestResult
from trainings.models.sent import SentCheckIn, SignalAnswer
from trainings.models.session import TrainingSession
from trainings.models.status_sets import StatusSet
from trainings.models.warnings import WarningAnswer

__all__ = [
    "Answer",
    "Attempt",
    "Attendance",
    "AttendanceCorrection",
    "CalendarFeed",
    "Certificate",
    "CohortCurriculum",
    "CorrectionRequest",
    "Curriculum",
    "Excuse",
    "FactoryAction",
    "Guest",
    "Module",
    "Question",
    "Quiz",
    "SentCheckIn",
    "SignalAnswer",
    "StatusSet",
    "TestResult",
    "TrainingSession",
    "WarningAnswer",
]

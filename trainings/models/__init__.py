"""The curriculum, its sessions, who was there, and what each test showed."""

from trainings.models.attempts import Answer, Attempt
from trainings.models.attendance import Attendance, AttendanceCorrection
from trainings.models.certificates import Certificate
from trainings.models.curriculum import CohortCurriculum, Curriculum, Module
from trainings.models.factory_actions import ActionReport, FactoryAction
from trainings.models.feeds import CalendarFeed
from trainings.models.guests import Guest
from trainings.models.leavings import Leaving
from trainings.models.make_up import MakeUpSeat
from trainings.models.points import PlacePoint
from trainings.models.questions import Question
from trainings.models.reminders import SessionReminder
from trainings.models.requests import CorrectionRequest, Excuse
from trainings.models.results import TestResult
from trainings.models.sent import SentCheckIn, SignalAnswer
from trainings.models.session import TrainingSession
from trainings.models.sheets import Sheet, SheetPhoto
from trainings.models.status_sets import StatusSet
from trainings.models.taps import RosterTap
from trainings.models.visits import Visit, VisitAnswer, VisitPhoto
from trainings.models.warnings import WarningAnswer

__all__ = [
    "ActionReport",
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
    "Leaving",
    "MakeUpSeat",
    "Module",
    "PlacePoint",
    "Question",
    "RosterTap",
    "SentCheckIn",
    "SessionReminder",
    "Sheet",
    "SheetPhoto",
    "SignalAnswer",
    "StatusSet",
    "TestResult",
    "TrainingSession",
    "Visit",
    "VisitAnswer",
    "VisitPhoto",
    "WarningAnswer",
]

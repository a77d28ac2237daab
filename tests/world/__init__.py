"""A small programme for the access table, built only as far as a test asks for."""

from tests.world.accounts import Cast
from tests.world.addenda import AddendaWorld
from tests.world.applications import ApplicationsWorld
from tests.world.assessments import AssessmentsWorld
from tests.world.complaints import ComplaintsWorld
from tests.world.holds import HoldsWorld
from tests.world.imports import ImportsWorld
from tests.world.ledger import LedgerWorld
from tests.world.links import LinksWorld
from tests.world.participants import ParticipantsWorld
from tests.world.partnerships import PartnershipsWorld
from tests.world.records import RecordsWorld
from tests.world.reports import ReportsWorld
from tests.world.requirements import RequirementsWorld
from tests.world.rubrics import RubricsWorld
from tests.world.schedules import SchedulesWorld
from tests.world.supply import SupplyWorld
from tests.world.trainings import TrainingsWorld
from tests.world.versions import VersionsWorld
from tests.world.visit_calls import VisitCallsWorld
from tests.world.walk import WalkWorld


class World(
    WalkWorld,
    ReportsWorld,
    SchedulesWorld,
    HoldsWorld,
    AddendaWorld,
    VisitCallsWorld,
    RequirementsWorld,
    LedgerWorld,
    ComplaintsWorld,
    LinksWorld,
    SupplyWorld,
    PartnershipsWorld,
    VersionsWorld,
    RubricsWorld,
    AssessmentsWorld,
    TrainingsWorld,
    ApplicationsWorld,
    ImportsWorld,
    RecordsWorld,
    ParticipantsWorld,
    Cast,
):
    """Every record is a cached property named for what it is; the app that owns it writes it."""

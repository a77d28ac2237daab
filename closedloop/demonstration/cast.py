"""Who and what the stories share, by the names under which the tables in `data` know them."""

from dataclasses import dataclass, field

from assessments.models import ClassScheme, Rubric
from closedloop.accounts.models import Organisation, User
from participants.models import Cohort, Enrolment, Enterprise, IndicatorSet, Process
from partnerships.models import Agreement, Buyer
from trainings.models import Curriculum, Module


@dataclass
class Cast:
    """Filled as the stories go on; a missing name means that a story asked before its time.

    Enrolments are moved in place and so know their present state; an IKM's class is to be read again.
    """

    organisations: dict[str, Organisation] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    enterprises: dict[str, Enterprise] = field(default_factory=dict)
    enrolments: dict[str, Enrolment] = field(default_factory=dict)
    buyers: dict[str, Buyer] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    curricula: dict[str, Curriculum] = field(default_factory=dict)  # by the cohort that follows it
    modules: dict[tuple[Curriculum, str], Module] = field(default_factory=dict)
    rubrics: dict[str, Rubric] = field(default_factory=dict)  # by the code of the cohort
    scheme: ClassScheme | None = None
    indicator_set: IndicatorSet | None = None

    def module(self, cohort: str, code: str) -> Module:
        """Return the module in the version that the cohort follows."""
        return self.modules[self.curricula[cohort], code]

    @property
    def staff(self) -> User:
        return self.users["petugas"]

    @property
    def lead(self) -> User:
        return self.users["pimpinan"]

"""Everything that reports on many IKM have in common, read once: a batch of 200 asks little more than one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import prefetch_related_objects

from assessments.class_rules import next_level, requirements, unmet
from assessments.inputs import class_inputs_of, names_of, rules_of
from assessments.models import ClassScheme, Dimension, Score
from assessments.wording import line_of
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.figures.catalogue import Scope, Sheet, stages
from closedloop.figures.scores import Assessed, assessed
from closedloop.figures.stage import Standing
from closedloop.figures.stages import current_enrolments
from participants.models import Enrolment, Enterprise, Person
from partnerships.models import Agreement, AgreementParty

AUDITED = ("5R", "K3L")  # the dimensions whose groups of check items a report draws


@dataclass
class Desk:
    """What is read for the reports on `subjects`; `by` is the person they are for, None on the server."""

    subjects: Sequence[Enterprise]
    language: str
    by: User | None
    as_of: datetime

    def __post_init__(self):
        prefetch_related_objects(
            list(self.subjects),
            *("regency__province", "people", "products", "processes", "kbli_links__kbli", "annual_figures"),
        )

    @cached_property
    def sheet(self) -> Sheet:
        ids = frozenset(subject.pk for subject in self.subjects)
        return Sheet(Scope(user=self.by, only=ids, as_of=self.as_of))

    @cached_property
    def enrolments(self) -> dict[UUID, Enrolment]:
        found = current_enrolments([subject.pk for subject in self.subjects])
        prefetch_related_objects(
            list(found.values()),
            *("cohort__rubric_pin__scheme__requirements", "mentor_assignments__mentor"),
        )
        return found

    @cached_property
    def standings(self) -> dict[UUID, Standing]:
        return stages(self.subjects)

    @cached_property
    def assessed(self) -> dict[UUID, Assessed]:
        return self.sheet.read(assessed)

    @cached_property
    def lead(self) -> User | None:
        """Who signs for the programme."""
        return User.objects.filter(role=Role.LEAD, is_active=True).order_by("created_at").first()

    @cached_property
    def dimensions(self) -> dict[UUID, list[Dimension]]:
        """The dimensions of every rubric in use, in their order."""
        rubrics = {row.last.rubric_id for row in self.assessed.values()}
        found: dict[UUID, list[Dimension]] = defaultdict(list)
        for dimension in Dimension.objects.filter(rubric__in=rubrics).order_by("order"):
            found[dimension.rubric_id].append(dimension)
        return found

    @cached_property
    def scores(self) -> dict[UUID, list[Score]]:
        """The scored 5R and K3L items of each last assessment."""
        found: dict[UUID, list[Score]] = defaultdict(list)
        rows = Score.objects.filter(
            assessment__in=[row.last.pk for row in self.assessed.values()],
            criterion__dimension__code__in=AUDITED,
            not_applicable=False,
        )
        for score in rows.select_related("criterion__dimension"):
            found[score.assessment_id].append(score)
        return found

    @cached_property
    def missing(self) -> dict[UUID, list[str]]:
        """What the next class still asks of each IKM, in words; nothing where no scheme is pinned."""
        last = {key: row.last for key, row in self.assessed.items()}
        inputs = class_inputs_of([(subject, last.get(subject.pk)) for subject in self.subjects])
        names: dict[tuple, dict[str, str]] = {}
        found = {}
        for subject in self.subjects:
            if (scheme := self.scheme_of(subject)) is None:
                continue
            rubric = last[subject.pk].rubric if subject.pk in last else None
            key = (scheme.pk, rubric and rubric.pk)
            if key not in names:
                names[key] = names_of(rubric, scheme)[self.language]
            goal = next_level(subject.class_level)
            verdicts = unmet(requirements(goal, rules_of(scheme), inputs[subject.pk]))
            lines = [line_of(verdict, names[key]) for verdict in verdicts]
            found[subject.pk] = [line.distance or line.rule for line in lines]
        return found

    @cached_property
    def agreements(self) -> dict[UUID, list[Agreement]]:
        """The agreements of each IKM that the person may know of, the oldest first."""
        parties = AgreementParty.objects.filter(enterprise__in=[subject.pk for subject in self.subjects])
        if self.by:
            parties = parties.filter(agreement__in=Agreement.objects.visible_to(self.by).values("pk"))
        found: dict[UUID, list[Agreement]] = defaultdict(list)
        for party in parties.select_related("agreement").order_by("agreement__starts_on"):
            found[party.enterprise_id].append(party.agreement)
        return found

    def may(self, permission: Permission) -> bool:
        """Whether the person may see a part; on the server everything is shown."""
        return self.by is None or self.by.may(permission)

    def scheme_of(self, subject: Enterprise) -> ClassScheme | None:
        """Return the class scheme the cohort was begun with."""
        enrolment = self.enrolments.get(subject.pk)
        pin = enrolment and getattr(enrolment.cohort, "rubric_pin", None)
        return pin.scheme if pin else None

    def mentor_of(self, subject: Enterprise) -> User | None:
        enrolment = self.enrolments.get(subject.pk)
        assignments = enrolment.mentor_assignments.all() if enrolment else []
        return next((one.mentor for one in assignments if one.ends_on is None), None)

    def people_of(self, subject: Enterprise, *positions: str) -> list[Person]:
        """Return the active people, the primary contact first; of some positions where these are named."""
        people = [one for one in subject.people.all() if one.is_active]
        return [one for one in people if not positions or one.position in positions]

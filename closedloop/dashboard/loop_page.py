"""The closed-loop board as one reader sees it: the pairs that the filters leave, their steps, and days by cohort."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core.formats import date_medium
from closedloop.figures.pairs import TIMED, Taken, pairs_in, taken
from closedloop.figures.registry import Sheet
from closedloop.figures.scope import Scope
from participants.models import Cohort, Enrolment
from partnerships.loop import Step, Why
from partnerships.loop_board import Pair
from partnerships.loop_places import places_of

WHO = (Role.OWNER, Role.BUYER, Role.STAFF, Role.MENTOR, Role.ASSESSOR)
# of these a buyer reads only that they are done: the days belong to the IKM and the programme
OF_THE_IKM = (Step.GAP, Step.TRAINING, Step.ASSESSMENT)
OF_BOTH = (Step.ORDER, Step.QCD, Step.REVIEW)  # begin and end on days the buyer knows


@dataclass(frozen=True)
class Cell:
    """One step of one pair as the track draws it."""

    step: Step
    state: str
    words: str
    url: str
    on: date | None


@dataclass(frozen=True)
class Row:
    """One pair for one reader, on one day."""

    pair: Pair
    user: User
    today: date

    @property
    def since(self) -> date | None:
        """The day since when; a buyer reads none that is the day of a step of the IKM."""
        standing = self.pair.standing
        furthest = max(standing.completed, default=None) if standing.why is Why.NEXT else None
        is_the_ikms = standing.step in OF_THE_IKM or furthest in OF_THE_IKM
        return None if self.user.role == Role.BUYER and is_the_ikms else standing.since

    @property
    def days(self) -> int | None:
        return self.pair.standing.days(self.today) if self.since else None

    @property
    def took(self) -> dict[Step, int | None]:
        """The days each step took. To a buyer only those that lie between two days of its own."""
        if self.user.role != Role.BUYER:
            return self.pair.took
        return {step: days for step, days in self.pair.took.items() if step in OF_BOTH}

    @property
    def round(self) -> str:
        """What holds the pair where it stands, for the words under the step."""
        match self.pair.standing.why:
            case Why.ASKED_FOR:
                return _("diminta tinjauan atau keluhan")
            case Why.UNASSESSED:
                return _("belum dinilai sesudah pelatihan itu")
            case Why.ENDED:
                return _("perjanjian berakhir")
            case Why.COMPLAINT:
                return _("keluhan terbuka")
        return ""

    @property
    def cells(self) -> list[Cell]:
        places = places_of(self.pair, self.user)
        return [self.cell(step, places[step]) for step in Step]

    def cell(self, step: Step, url: str) -> Cell:
        state, on = self.pair.standing.state(step), self.pair.done.get(step)
        if self.user.role == Role.BUYER and step in OF_THE_IKM:
            on = None
        return Cell(step, state, words_of(step, state, on), url, on)

    @property
    def path(self) -> str:
        """Where what is next can be done or seen: the record of the step it stands at."""
        pair, step = self.pair, self.pair.standing.step
        if step is Step.ORDER and pair.next.role == Role.OWNER and self.sees_gates:
            return reverse("partnerships:clearance", args=[pair.enterprise.code, pair.buyer.code])
        return places_of(pair, self.user)[step]

    @property
    def sees_gates(self) -> bool:
        return self.user.role != Role.BUYER and self.user.may(Permission.AGREEMENT_VIEW)


def words_of(step: Step, state: str, on: date | None) -> str:
    """Return the step with its state, as it is read out and shown on pointing at it."""
    values = {"step": step.label, "day": date_medium(on)}
    match state:
        case "done" if on:
            return _("%(step)s, selesai %(day)s") % values
        case "done":
            return _("%(step)s, selesai") % values
        case "now":
            return _("%(step)s, berdiri di sini") % values
        case "passed":
            return _("%(step)s, terlewati") % values
    return _("%(step)s, belum") % values


@dataclass
class Board:
    """What the address asks for: the reader's pairs, narrowed by what is written there."""

    user: User
    given: dict[str, str]
    cohorts: list[Cohort] = field(default_factory=list)

    def __post_init__(self):
        known = Cohort.objects.visible_to(self.user).filter(is_practice=False)
        self.cohorts = (
            list(known.order_by("-starts_on", "name")) if self.user.may(Permission.COHORT_VIEW) else []
        )
        self.cohort = next((one for one in self.cohorts if one.code == self.given.get("angkatan")), None)
        self.scope = Scope(user=self.user, cohort=self.cohort)
        self.all = Sheet(self.scope).read(pairs_in)
        self.sheet = self.narrowed(self.is_named)

    def narrowed(self, keeps) -> Sheet:
        """Return a sheet of the pairs that are kept; nothing is read anew."""
        kept = {pk: [one for one in pairs if keeps(one)] for pk, pairs in self.all.items()}
        return Sheet(self.scope, {pairs_in: kept})

    def is_named(self, pair: Pair) -> bool:
        """Whether the pair is of the buyer and the IKM that were asked for."""
        buyer, text = self.given.get("pembeli", ""), self.given.get("q", "").casefold()
        names = f"{pair.enterprise} {pair.enterprise.code}".casefold()
        return buyer in ("", pair.buyer.code) and text in names

    @property
    def buyers(self) -> list:
        found = {pair.buyer.pk: pair.buyer for pairs in self.all.values() for pair in pairs}
        return sorted(found.values(), key=lambda buyer: buyer.name)

    @property
    def rows(self) -> list[Row]:
        """The pairs asked for, those that stand longest first; whose days are unknown come last."""
        step, done = step_named(self.given.get("langkah")), step_named(self.given.get("selesai"))
        role, today = self.given.get("siapa", ""), self.scope.day
        rows = [
            Row(pair, self.user, today)
            for pairs in self.sheet.read(pairs_in).values()
            for pair in pairs
            if step in (None, pair.standing.step)
            and (done is None or done in pair.took)
            and role in ("", pair.next.role)
        ]
        return sorted(rows, key=lambda row: (row.days is None, -(row.days or 0), row.pair.enterprise.name))

    @property
    def timed(self) -> tuple[Step, ...]:
        """The steps whose days the reader may know."""
        return OF_BOTH if self.user.role == Role.BUYER else TIMED

    @property
    def by_cohort(self) -> list[tuple[Cohort | None, dict[Step, Taken], int]]:
        """The days that each step took, of each cohort and of all together; an IKM of two cohorts is in both."""
        named = self.sheet.read(pairs_in)
        members = members_of([self.cohort] if self.cohort else self.cohorts)
        rows: list = [
            (cohort, {pk: named[pk] for pk in members[cohort.pk] if pk in named})
            for cohort in self.cohorts
            if cohort.pk in members
        ]
        rows.append((None, named))
        return [
            (cohort, self.known(taken(Sheet(self.scope, {pairs_in: kept}))), sum(map(len, kept.values())))
            for cohort, kept in rows
            if kept or cohort is None
        ]

    def known(self, took: dict[Step, Taken]) -> dict[Step, Taken]:
        return {step: took[step] for step in self.timed}


def members_of(cohorts: Iterable[Cohort]) -> dict[UUID, set[UUID]]:
    """Return the IKM of each cohort that have not left it."""
    found: dict[UUID, set[UUID]] = {}
    rows = Enrolment.objects.not_left().filter(cohort__in=list(cohorts)).order_by()
    for cohort, enterprise in rows.values_list("cohort", "enterprise"):
        found.setdefault(cohort, set()).add(enterprise)
    return found


def step_named(word: str | None) -> Step | None:
    """Return the step of that name in an address; None for none and for a word nobody knows."""
    return Step.__members__.get((word or "").upper())

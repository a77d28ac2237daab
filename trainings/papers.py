"""The tests of a person: which are open, and the ten questions as that person sees them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils import timezone

from participants.models import Enrolment, Person
from trainings.drawing import ASKED, arrange, draw, shuffle
from trainings.models import Attempt, Module, Question, TestResult, TrainingSession
from trainings.opening import Held, Opening, opening_after, opening_before

Kind = TestResult.Kind
NOT_COUNTED = (TrainingSession.Status.DRAFT, TrainingSession.Status.CANCELLED)


@dataclass(frozen=True)
class Asked:
    """One question as a person sees it: `order` holds at each place the number of the choice shown there."""

    question: Question
    order: tuple[int, ...]

    @property
    def name(self) -> str:
        """The name of its field in the form."""
        return f"q{self.question.pk.hex}"

    @property
    def options(self) -> list[tuple[str, str]]:
        """The choices as (place, words), in the order shown and the reader's language."""
        return [(str(place), self.question.options[choice]) for place, choice in enumerate(self.order)]


@dataclass(frozen=True)
class OwnTest:
    """One test of a module for one person."""

    enrolment: Enrolment
    person: Person
    module: Module
    kind: str
    opening: Opening
    attempts: tuple[Attempt, ...]  # of this person, the oldest first

    @property
    def last(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts else None

    @property
    def can_be_taken(self) -> bool:
        """Open, and either not answered or opened again by staff."""
        return self.opening == Opening.OPEN and (self.last is None or self.last.reopened_at is not None)

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def slug(self) -> str:
        """Its word in the address."""
        return SLUGS[self.kind]

    @property
    def edition(self) -> str:
        """Whose paper it is and of which try: places on a page of another edition mean other choices."""
        return f"{self.person.pk.hex}:{self._round}"

    @property
    def _round(self) -> str:
        return f"{self.kind}:{len(self.attempts)}"

    def paper(self) -> list[Asked]:
        """Return the ten questions of this try; the same ten before and after, in another order each time."""
        bank = {question.pk: question for question in self.module.questions.all()}
        seed = f"{self.enrolment.pk}:{self.person.pk}:{self.module.pk}"
        chosen = arrange(draw(bank, seed=seed), seed=seed, round=self._round)
        return [Asked(bank[pk], shuffle(pk, seed=seed, round=self._round)) for pk in chosen]


SLUGS = {Kind.PRE: "awal", Kind.POST: "akhir"}
KINDS = {slug: kind for kind, slug in SLUGS.items()}


def testable(modules: QuerySet[Module]) -> QuerySet[Module]:
    """Return the modules whose bank holds enough questions for a test on a phone."""
    return modules.annotate(bank=Count("questions")).filter(bank__gte=ASKED)


def tests_of(enrolment: Enrolment, person: Person) -> list[OwnTest]:
    """Return both tests of every module of the person's cohort that has questions; four queries."""
    held = _sessions_of(enrolment)
    attempts = defaultdict(list)
    for attempt in Attempt.objects.filter(enrolment=enrolment, person=person).select_related("module"):
        attempts[attempt.module.code, attempt.kind].append(attempt)
    now = timezone.now()
    found = []
    pinned = Module.objects.filter(curriculum__cohort_pins__cohort=enrolment.cohort_id)
    for module in testable(pinned).order_by("order"):
        sessions = held[module.code]
        openings = {Kind.PRE: opening_before(sessions, now), Kind.POST: opening_after(sessions)}
        for kind, opening in openings.items():
            tries = tuple(attempts[module.code, kind])
            found.append(OwnTest(enrolment, person, module, kind, opening, tries))
    return found


def find_test(tests: Iterable[OwnTest], module: Module, kind: str) -> OwnTest | None:
    """Return the test of the module among these."""
    return next((test for test in tests if test.module.pk == module.pk and test.kind == kind), None)


def _sessions_of(enrolment: Enrolment) -> dict[str, list[Held]]:
    sessions = (
        TrainingSession.objects.filter(cohort=enrolment.cohort_id)
        .exclude(status__in=NOT_COUNTED)
        .exclude(kind=TrainingSession.Kind.MAKE_UP)
        .select_related("module")
    )
    held = defaultdict(list)
    for session in sessions:
        is_closed = session.status == TrainingSession.Status.CLOSED
        held[session.module.code].append(Held(session.window.opens_at, is_closed))
    return held

"""What an IKM still needs for the next class, as things stand now: the shortest list, what to begin with first.

Computed on each look from the records, never stored: what is accepted now is off the list now.
"""

from dataclasses import dataclass, field, replace

from django.utils.translation import get_language

from assessments.class_rules import HIGHEST, Requirement, next_level, requirements
from assessments.inputs import class_inputs, names_of, rules_of
from assessments.lifting import shortest
from assessments.models import Assessment, CohortRubric, Finding
from assessments.need_words import Todo, todo_of
from assessments.raising import Raise
from assessments.remaining import rank
from assessments.ways import ways_of
from assessments.wording import Line, line_of
from participants.models import ClassLevel, Enrolment, Enterprise


@dataclass(frozen=True)
class Need:
    """One requirement: its words, and for an unmet one what to do about it."""

    key: str
    line: Line
    todo: Todo | None = None

    @property
    def says_itself(self) -> bool:
        """Whether the rule and the step say everything: a paper or a module is there or is not."""
        return self.key.partition(":")[0] in ("document", "module_passed")


@dataclass
class Needs:
    """The way to the next class. `raises` are the fewest items that reach its scores, None where none do."""

    level: int | None = None
    open: list[Need] = field(default_factory=list)
    kept: list[Need] = field(default_factory=list)
    raises: list[Raise] | None = None

    @property
    def level_name(self) -> str:
        return str(ClassLevel(self.level).label) if self.level else ""

    @property
    def is_known(self) -> bool:
        """Whether the cohort has requirements at all."""
        return bool(self.open or self.kept)

    @property
    def lines(self) -> list[Line]:
        return [need.line for need in self.kept]


def needs_of(enterprise: Enterprise, latest: Assessment | None) -> Needs:
    """Return the list for the class above; empty at the top, and where no scheme is pinned."""
    level = next_level(enterprise.class_level)
    if enterprise.class_level == HIGHEST:
        return Needs()
    pin = pin_of(enterprise)
    if pin is None:
        return Needs(level)
    inputs = class_inputs(enterprise, latest)
    verdicts = requirements(level, rules_of(pin.scheme), inputs)
    language = "en" if get_language() == "en" else "id"
    names = names_of(latest.rubric if latest else pin.rubric, pin.scheme)[language]
    raises = shortest(latest) if latest and any(is_about_scores(one) for one in verdicts) else []
    found = Needs(level, raises=raises)
    facts = _facts(enterprise, verdicts)
    for verdict in sorted(verdicts, key=lambda one: rank(one.measure)):
        need = Need(f"{verdict.measure}:{verdict.subject}", line_of(verdict, names))
        if verdict.met is False:
            todo = todo_of(verdict, inputs=inputs, raises=raises or [], **facts)
            found.open.append(replace(need, todo=todo))
        else:
            found.kept.append(need)
    return found


def is_about_scores(verdict: Requirement) -> bool:
    measures = ("overall", "dimension", "every_dimension", "every_area", "criterion")
    return verdict.met is False and verdict.measure in measures


def pin_of(enterprise: Enterprise) -> CohortRubric | None:
    """Return the rubric and class scheme of the newest cohort the IKM is in."""
    pins = CohortRubric.objects.filter(cohort__enrolments__enterprise=enterprise)
    return pins.select_related("scheme", "rubric").order_by("-cohort__starts_on").first()


def _facts(enterprise: Enterprise, verdicts: list[Requirement]) -> dict:
    """Read what the words for unmet rules name: sessions of modules, and the critical findings that are open."""
    unmet = [one for one in verdicts if one.met is False]
    modules = {one.subject for one in unmet if one.measure == "module_passed"}
    enrolment = Enrolment.objects.open().filter(enterprise=enterprise).select_related("cohort").first()
    asks_findings = any(one.measure == "critical_findings" for one in unmet)
    findings = Finding.objects.filter(enterprise=enterprise).open().critical().order_by("found_on")
    return {
        "ways": ways_of(enrolment, modules) if modules else {},
        "findings": list(findings) if asks_findings else [],
    }

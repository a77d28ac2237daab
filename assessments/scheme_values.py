"""A class scheme as it is looked over and compared: its rules, what they may speak of, faults and differences."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.class_rules import Rule
from assessments.inputs import names_of, rules_of
from assessments.measures import empty_levels, steps_down, unknown_subjects
from assessments.models import ClassScheme, Criterion, Dimension, Rubric
from assessments.rubric_faults import Fault
from assessments.wording import asked, subject_of
from closedloop.core.formats import unknown
from closedloop.core.revisions import digest
from participants.models import ClassLevel, Document
from trainings.models import Module

Subjects = dict[str, dict[str, str]]  # by kind of code: the code and its title


@dataclass(frozen=True)
class Difference:
    """What one class asks of one thing, before and after."""

    level: int
    about: str
    before: str
    after: str

    @property
    def level_name(self) -> str:
        return str(ClassLevel(self.level).label)


def subjects(rubric: Rubric | None) -> Subjects:
    """Return everything a requirement may name; dimensions and items are those of the rubric."""
    dimensions = Dimension.objects.filter(rubric=rubric)
    criteria = Criterion.objects.filter(dimension__rubric=rubric)
    modules = Module.objects.filter(curriculum__published_at__isnull=False).order_by("curriculum__version")
    return {
        "dimension": {row.code: row.title for row in dimensions},
        "criterion": {row.code: f"{row.code} {row.title}" for row in criteria},
        "module": {row.code: row.title for row in modules},
        "document": {kind.value: str(kind.label) for kind in Document.Kind},
    }


def titles_of(scheme: ClassScheme, rubric: Rubric | None = None) -> dict[str, str]:
    """Return the names that the rules of the scheme use, in the reader's language."""
    names = names_of(rubric or Rubric.objects.newest(), scheme)
    return names["en" if get_language() == "en" else "id"]


def seen(scheme: ClassScheme) -> str:
    """Return a mark of everything a draft says; a page that shows differences publishes only what it showed."""
    return digest(scheme.name, scheme.is_example, rules_of(scheme))


def faults_in(scheme: ClassScheme) -> list[Fault]:
    """Return what forbids publishing, then where a class asks less than the one below it."""
    rules, names = rules_of(scheme), titles_of(scheme)
    known = {(kind, code) for kind, titles in subjects(Rubric.objects.newest()).items() for code in titles}
    found = [
        Fault(level_name(level), _("Kelas ini belum punya syarat, jadi siapa pun mencapainya."))
        for level in empty_levels(rules)
    ]
    found += [
        Fault(level_name(rule.level), _("%(code)s tidak dikenal.") % {"code": rule.subject})
        for rule in unknown_subjects(rules, known)
    ]
    for rule, above, level in steps_down(rules):
        parts = {"about": subject_of(rule, names), "below": asked(rule), "level": level_name(rule.level)}
        text = _("%(about)s: %(level)s meminta %(below)s, kelas ini tidak meminta.")
        if above:
            text = _("%(about)s: %(level)s meminta %(below)s, kelas ini hanya %(above)s.")
            parts["above"] = asked(above)
        found.append(Fault(level_name(level), text % parts, is_warning=True))
    return found


def differences(before: ClassScheme, after: ClassScheme) -> list[Difference]:
    """Return what the classes ask otherwise, in the order of the classes."""
    old, new = by_place(rules_of(before)), by_place(rules_of(after))
    names = titles_of(before) | titles_of(after)
    return [
        Difference(
            level=place[0],
            about=subject_of(new.get(place) or old[place], names),
            before=asked(old[place]) if place in old else unknown(),
            after=asked(new[place]) if place in new else unknown(),
        )
        for place in sorted(old.keys() | new.keys(), key=lambda place: (place[0], place not in old))
        if old.get(place) != new.get(place)
    ]


def by_place(rules: list[Rule]) -> dict[tuple[int, str, str], Rule]:
    return {(rule.level, rule.measure, rule.subject): rule for rule in rules}


def level_name(level: int) -> str:
    return str(ClassLevel(level).label)

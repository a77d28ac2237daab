"""Whose way to the next class would change if a cohort were judged by another version of the requirements."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.class_rules import next_level, requirements, unmet
from assessments.inputs import class_inputs_of, names_of, rules_of
from assessments.models import Assessment
from assessments.wording import distance
from closedloop.dashboard.pin_effect import Effect
from closedloop.dashboard.pins import Pins
from participants.models import Cohort, Enrolment


def ways_changed(cohort: Cohort, before: Pins, after: Pins) -> Iterator[Effect]:
    """Yield each IKM of the cohort whose list of unmet requirements for its next class would be another one."""
    enrolments = Enrolment.objects.filter(cohort=cohort).exclude(status="applicant")
    enterprises = [enrolment.enterprise for enrolment in enrolments.select_related("enterprise")]
    official = Assessment.objects.official().filter(enterprise__in=enterprises)
    newest = {row.enterprise_id: row for row in official.order_by("visited_on", "approved_at")}
    inputs = class_inputs_of([(one, newest.get(one.pk)) for one in enterprises])
    language = "en" if get_language() == "en" else "id"
    sides = [
        (rules_of(pins.scheme), names_of(pins.rubric, pins.scheme)[language]) for pins in (before, after)
    ]
    for enterprise in enterprises:
        level = next_level(enterprise.class_level)
        old, new = (
            [distance(one, names) for one in unmet(requirements(level, rules, inputs[enterprise.pk]))]
            for rules, names in sides
        )
        if old != new:
            yield Effect(
                _("Syarat yang belum terpenuhi"),
                f"{enterprise}: {in_words(old, new)}",
                reverse("assessments:enterprise", args=[enterprise.code]),
            )


def in_words(old: list[str], new: list[str]) -> str:
    """Say how many are unmet before and after, what is asked besides, and what no longer."""
    text = _("%(before)s menjadi %(after)s syarat belum terpenuhi.") % {"before": len(old), "after": len(new)}
    if added := [words for words in new if words not in old]:
        text += " " + _("Bertambah: %(words)s.") % {"words": "; ".join(added)}
    if gone := [words for words in old if words not in new]:
        text += " " + _("Tidak lagi: %(words)s.") % {"words": "; ".join(gone)}
    return text

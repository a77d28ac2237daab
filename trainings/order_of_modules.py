"""Whether planned sessions keep to the curriculum: each module after the one it builds on, and no longer than it is."""

from django.utils.translation import gettext as _

from closedloop.core.formats import date_medium, number
from trainings.models import Module, TrainingSession

# they give back what was missed, and take nothing off what is to be taught
EXTRA = (TrainingSession.Kind.MAKE_UP,)


def hours_planned(cohort, *, but: list | tuple = ()) -> dict:
    """Return the lesson hours (JP) of a cohort's plan by module key; `but` names sessions left out."""
    rows = TrainingSession.objects.live().exclude(kind__in=EXTRA).exclude(pk__in=but).filter(cohort=cohort)
    hours: dict = {}
    for module, taken in rows.values_list("module", "lesson_hours"):
        hours[module] = hours.get(module, 0) + taken
    return hours


def too_long(sessions: list[TrainingSession]) -> list[str]:
    """Return, as sentences, the modules that the sessions give more lesson hours than the curriculum does."""
    lines = []
    for cohort, own in _by(sessions, "cohort").items():
        before = hours_planned(cohort, but=[one.pk for one in own])
        for module, rows in _by(own, "module").items():
            hours = before.get(module.pk, 0) + sum(one.lesson_hours for one in rows if one.kind not in EXTRA)
            if hours > module.lesson_hours and any(one.kind not in EXTRA for one in rows):
                text = _("%(module)s menjadi %(hours)s JP, padahal kurikulum %(wanted)s JP.")
                wanted = number(module.lesson_hours)
                lines.append(text % {"module": module.heading, "hours": number(hours), "wanted": wanted})
    return lines


def too_early(sessions: list[TrainingSession]) -> list[str]:
    """Return, as sentences, the modules that begin before the one they build on ended, or without it in the plan."""
    lines = []
    for cohort, own in _by(sessions, "cohort").items():
        saved = TrainingSession.objects.live().filter(cohort=cohort).exclude(pk__in=[one.pk for one in own])
        ends: dict = {}
        for one in (*saved, *own):
            ends[one.module_id] = max(one.ends_at, ends.get(one.module_id, one.ends_at))
        for module, rows in _by(own, "module").items():
            if module.prerequisite_id is not None:
                first = min(one.starts_at for one in rows)
                lines += _against(module, ends.get(module.prerequisite_id), first)
    return lines


def _against(module: Module, end, first) -> list[str]:
    names = {"module": module.heading, "before": module.prerequisite.heading}
    if end is None:
        return [_("%(module)s memerlukan %(before)s, yang belum dijadwalkan.") % names]
    if end > first:
        text = _("%(module)s dimulai sebelum %(before)s selesai (%(day)s).")
        return [text % {**names, "day": date_medium(end)}]
    return []


def _by(sessions: list[TrainingSession], name: str) -> dict:
    groups: dict = {}
    for one in sessions:
        groups.setdefault(getattr(one, name), []).append(one)
    return groups

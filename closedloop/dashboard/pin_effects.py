"""What would be judged differently if a cohort changed one of its versions: read and compared, nothing written."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Assessment, ClassDecision
from assessments.scheme_values import differences
from closedloop.core import formats
from closedloop.dashboard.class_effects import ways_changed
from closedloop.dashboard.pin_effect import Effect
from closedloop.dashboard.pins import Pins
from participants.models import Cohort, Enrolment
from trainings.models import Module, TrainingSession
from trainings.progress import ModuleProgress, progress_of

JUDGED_BY = (
    "lesson_hours",
    "min_attendance",
    "pass_mark",
    "owner_must_attend",
    "action_required",
    "needed_for_supply",
)


def effects_of(cohort: Cohort, before: Pins, after: Pins) -> list[Effect]:
    """Return what changes for the cohort from one set of versions to another, in a fixed number of queries."""
    changed = after.changed_from(before)
    found: list[Effect] = []
    if "curriculum" in changed and before.curriculum and after.curriculum:
        found += sessions_left_out(cohort, before, after)
        found += modules_asking_otherwise(before, after)
        found += verdicts_turned(cohort, after)
    if "rubric" in changed and before.rubric and after.rubric:
        found += assessments_apart(cohort, before, after)
    if "scheme" in changed and before.scheme and after.scheme:
        found += classes_asking_otherwise(cohort, before, after)
        found += ways_changed(cohort, before, after)
    if "indicators" in changed and before.indicators and after.indicators:
        found += figures_asked_otherwise(before, after)
    return found


def sessions_left_out(cohort: Cohort, before: Pins, after: Pins) -> Iterator[Effect]:
    """Modules that the new version lacks, with the sessions that count no more; and those it adds."""
    old, new = modules_of(before), modules_of(after)
    sessions = TrainingSession.objects.live().filter(cohort=cohort)
    url = reverse("trainings:cohort", args=[cohort.code])
    for code in old.keys() - new.keys():
        count = sessions.filter(module__code=code).count()
        yield Effect(
            _("Sesi"),
            _("Modul %(module)s tidak ada lagi: %(count)s sesi dan nilai tesnya tidak dihitung.")
            % {"module": old[code].heading, "count": count},
            url,
        )
    for code in new.keys() - old.keys():
        yield Effect(
            _("Sesi"), _("Modul baru yang harus diikuti: %(module)s.") % {"module": new[code].heading}, url
        )


def modules_asking_otherwise(before: Pins, after: Pins) -> Iterator[Effect]:
    old, new = modules_of(before), modules_of(after)
    for code, module in new.items():
        differences = [
            f"{module._meta.get_field(name).verbose_name} {shown(name, getattr(old[code], name))} → "
            f"{shown(name, getattr(module, name))}"
            for name in JUDGED_BY
            if code in old and getattr(old[code], name) != getattr(module, name)
        ]
        if differences:
            yield Effect(_("Syarat modul"), f"{module.heading}: {'; '.join(differences)}.")


def verdicts_turned(cohort: Cohort, after: Pins) -> Iterator[Effect]:
    """IKM whose modules would be judged otherwise, and those who would gain or lose the whole course."""
    enrolments = list(
        Enrolment.objects.filter(cohort=cohort).exclude(status="applicant").select_related("enterprise")
    )
    now, then = progress_of(enrolments), progress_of(enrolments, curriculum=after.curriculum)
    for enrolment in enrolments:
        is_before, is_after = verdicts(now[enrolment.pk]), verdicts(then[enrolment.pk])
        turned = [
            f"{code} {is_before[code][1].lower()} → {is_after[code][1].lower()}"
            for code in is_after
            if code in is_before and is_before[code][0] != is_after[code][0]
        ]
        url = reverse("trainings:enterprise", args=[enrolment.enterprise.code])
        if turned:
            yield Effect(_("Kelulusan"), f"{enrolment.enterprise}: {'; '.join(turned)}.", url)
        had, has = has_all(is_before), has_all(is_after)
        if had != has:
            text = (
                _("%(name)s memenuhi syarat sertifikat.")
                if has
                else _("%(name)s tidak lagi memenuhi syarat sertifikat.")
            )
            yield Effect(_("Sertifikat"), text % {"name": enrolment.enterprise}, url)


def assessments_apart(cohort: Cohort, before: Pins, after: Pins) -> Iterator[Effect]:
    """Assessments that keep the version they began with, and IKM whose first and last are not comparable."""
    assessments = Assessment.objects.filter(enrolment__cohort=cohort)
    old = assessments.exclude(rubric=after.rubric)
    versions = {"old": before.rubric, "new": after.rubric}
    if count := old.filter(status__in=Assessment.WRITABLE).count():
        text = _("%(count)s penilaian yang sudah dimulai tetap memakai %(old)s.")
        yield Effect(_("Penilaian"), text % {"count": count, **versions}, reverse("assessments:list"))
    enterprises = old.exclude(status__in=Assessment.WRITABLE).values("enterprise").distinct().count()
    if enterprises:
        text = _(
            "%(count)s IKM sudah dinilai dengan %(old)s; nilai per bidangnya tidak dibandingkan dengan %(new)s."
        )
        yield Effect(_("Penilaian"), text % {"count": enterprises, **versions}, reverse("assessments:list"))
    yield Effect(_("Penilaian"), _("Penilaian berikutnya memakai %(new)s.") % versions)


def classes_asking_otherwise(cohort: Cohort, before: Pins, after: Pins) -> Iterator[Effect]:
    """Requirements of a class that differ, and proposals that keep what they were made by."""
    url = after.scheme.get_absolute_url()
    for one in differences(before.scheme, after.scheme):
        words = f"{one.level_name}, {one.about}: {one.before} → {one.after}."
        yield Effect(_("Syarat kelas"), words, url)
    waiting = ClassDecision.objects.waiting().filter(enrolment__cohort=cohort).exclude(scheme=after.scheme)
    if count := waiting.count():
        text = _("%(count)s usulan yang menunggu keputusan tetap memakai %(old)s.")
        yield Effect(
            _("Naik kelas"), text % {"count": count, "old": before.scheme}, reverse("assessments:decisions")
        )


def figures_asked_otherwise(before: Pins, after: Pins) -> Iterator[Effect]:
    old, new = (
        {str(line.indicator) for line in pins.indicators.lines.select_related("indicator")}
        for pins in (before, after)
    )
    for names, text in (
        (old - new, _("Tidak ditanyakan lagi: %(names)s.")),
        (new - old, _("Mulai ditanyakan: %(names)s.")),
    ):
        if names:
            yield Effect(_("Indikator"), text % {"names": ", ".join(sorted(names))})


def modules_of(pins: Pins) -> dict[str, Module]:
    return {module.code: module for module in pins.curriculum.modules.all()}


def verdicts(items: list[ModuleProgress]) -> dict[str, tuple[str, str]]:
    return {item.module.code: (item.completion.state, str(item.label)) for item in items}


def has_all(verdict: dict[str, tuple[str, str]]) -> bool:
    return bool(verdict) and all(state == "passed" for state, _label in verdict.values())


def shown(name: str, value) -> str:
    """Return a requirement of a module as people read it."""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return formats.percent(value, 0) if name == "min_attendance" else formats.number(value)

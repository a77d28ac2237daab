"""Filling, submitting and reviewing an assessment."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.areas import give_areas
from assessments.actions.correcting import replace_superseded
from assessments.actions.evidence import add_evidence, locked_for_writing
from assessments.actions.findings import raise_critical_finding
from assessments.actions.planning import plan_from
from assessments.actions.returning import check_reviewer, close_round, unanswered
from assessments.actions.seconding import open_second
from assessments.actions.self_assessing import check_self_start, tell_handed_in
from assessments.corrected import carried, key_of
from assessments.merging import NOTHING, Answer, merged
from assessments.models import Area, Assessment, CohortRubric, Criterion, Score
from assessments.places import place_of
from assessments.scoring import raises_finding
from assessments.second_look import unsettled
from assessments.sheet import Sheet
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.audit.trail import record
from closedloop.core.formats import score as as_score
from closedloop.core.languages import for_others
from closedloop.core.photos import CleanPhoto
from closedloop.notifications.actions import tell
from participants.consents import refuse_withdrawn
from participants.models import Enrolment, MentorAssignment


class ConflictError(ValidationError):
    """Somebody saved the same assessment since it was opened; nothing of the later input was stored."""


def is_own_mentor(enterprise, user) -> bool:
    """Whether the person accompanies this enterprise now."""
    return MentorAssignment.objects.filter(
        enrolment__enterprise=enterprise, mentor=user, ends_on=None
    ).exists()


@transaction.atomic
def start_assessment(enrolment: Enrolment, kind: str, visited_on: date, *, by) -> Assessment:
    """Open an assessment on the rubric its cohort is pinned to; the one already open is returned instead.

    Raises ValidationError when the person may not assess this IKM, when the day is to come, or without a rubric.
    """
    _check_start(enrolment, kind, visited_on, by)
    mine = Assessment.objects.filter(enrolment=enrolment, kind=kind, assessor=by).unfinished()
    if (known := mine.first()) is not None:
        return known
    pin = CohortRubric.objects.filter(cohort=enrolment.cohort_id).first()
    if pin is None:
        raise ValidationError(
            _("%(cohort)s belum memakai rubrik. Hubungi admin program.") % {"cohort": enrolment.cohort}
        )
    try:
        with transaction.atomic():
            assessment = Assessment.objects.create(
                enterprise=enrolment.enterprise,
                enrolment=enrolment,
                rubric=pin.rubric,
                kind=kind,
                visited_on=visited_on,
                assessor=by,
            )
            if kind != Assessment.Kind.SELF:  # an owner rates the workshop as one whole
                give_areas(assessment)
    except IntegrityError:  # a second click was faster
        return mine.get()
    record("assessment.started", assessment, by=by, kind=kind, rubric=str(pin.rubric), visited_on=visited_on)
    return assessment


def _check_start(enrolment: Enrolment, kind: str, visited_on: date, by) -> None:
    if visited_on > timezone.localdate():
        raise ValidationError(_("Tanggal kunjungan tidak boleh setelah hari ini."))
    if enrolment.status not in (Enrolment.Status.REGISTERED, Enrolment.Status.ACTIVE):
        raise ValidationError(_("%(ikm)s tidak sedang menjadi peserta.") % {"ikm": enrolment.enterprise})
    refuse_withdrawn(enrolment.enterprise)
    if kind == Assessment.Kind.SELF:
        return check_self_start(enrolment, by)
    if not by.may(Permission.ASSESSMENT_WRITE):
        raise ValidationError(_("Hanya mentor dan penilai yang dapat mengisi penilaian."))
    own_mentor = is_own_mentor(enrolment.enterprise, by)
    if by.role == Role.MENTOR and not own_mentor:
        raise ValidationError(_("Anda bukan mentor %(ikm)s.") % {"ikm": enrolment.enterprise})
    if kind == Assessment.Kind.FINAL and own_mentor:
        raise ValidationError(_("Asesmen akhir diisi oleh penilai yang bukan mentor IKM itu."))


@transaction.atomic
def save_scores(
    assessment: Assessment,
    answers: Mapping[Criterion, Answer],
    *,
    area: Area | None = None,
    by,
    version: int | None = None,
) -> int:
    """Store the answers given, those to items asked per area for `area`, and return the assessment's new version.

    An answer is (value 0–4 or None, not applicable, note); no value and not "not applicable" clears the item.
    With `version`, raises ConflictError when somebody saved since that version was read. Raises
    ValidationError for a score off the item's scale or a "not applicable" without a reason. All or nothing.
    """
    locked_for_writing(assessment, by)
    if version is not None and version != assessment.version:
        raise ConflictError(
            _(
                "Penilaian ini sudah disimpan dari perangkat lain. Periksa nilai yang tersimpan, lalu simpan lagi."
            )
        )
    before = stored_answers(assessment, area)
    changes = {}
    for criterion, answer in answers.items():
        place = place_of(assessment, criterion, area)
        was = before.get(criterion, NOTHING)
        new = _checked(assessment, criterion, answer)
        if new == was:
            continue
        changes[f"{criterion.code} ({place})" if place else criterion.code] = [_said(*was), _said(*new)]
        if new[:2] == (None, False):
            assessment.scores.filter(criterion=criterion, area=place).delete()
        else:
            Score.objects.update_or_create(
                assessment=assessment,
                criterion=criterion,
                area=place,
                defaults=dict(zip(("value", "not_applicable", "note"), new, strict=True)),
            )
    if changes:
        assessment.version += 1
        assessment.save(update_fields=["version"])
        record("assessment.scored", assessment, by=by, changes=changes)
    return assessment.version


def stored_answers(assessment: Assessment, area: Area | None = None) -> dict[Criterion, Answer]:
    """Return what is stored of every scored item, of those asked per area what is stored for `area`."""
    rows = assessment.scores.select_related("criterion")
    if area is not None:
        rows = rows.filter(area=area)
    return {row.criterion: (row.value, row.not_applicable, row.note) for row in rows}


@transaction.atomic
def save_changes(
    assessment: Assessment,
    answers: Mapping[Criterion, Answer],
    seen: Mapping[Criterion, str],
    *,
    area: Area | None = None,
    by,
) -> set[Criterion]:
    """Store what this device changed since what it has `seen` (marks of merging.py); sent twice, it is stored once.

    Returns the items that somebody changed to something else meanwhile: those stay as they are, for a person to
    choose. Raises as `save_scores` does.
    """
    locked_for_writing(assessment, by)
    fit, clashes = merged(answers, seen, stored_answers(assessment, area))
    save_scores(assessment, fit, area=area, by=by)
    return clashes


def _checked(assessment: Assessment, criterion: Criterion, answer: Answer) -> Answer:
    value, not_applicable, note = answer
    note = note.strip()
    if criterion.dimension.rubric_id != assessment.rubric_id:
        raise ValidationError(_("Butir %(code)s bukan bagian rubrik ini.") % {"code": criterion.code})
    if not_applicable and not note:
        raise ValidationError(
            _("Butir %(code)s: tulis alasan mengapa tidak berlaku.") % {"code": criterion.code}
        )
    if not_applicable:
        return None, True, note
    if value is not None and value not in criterion.scores_allowed:
        raise ValidationError(
            _("Butir %(code)s: pilih salah satu nilai yang tersedia.") % {"code": criterion.code}
        )
    return value, False, note if value is not None else ""


def _said(value: int | None, not_applicable: bool, note: str) -> str | None:
    score = "N/A" if not_applicable else value
    return None if score is None else f"{score} {note}".strip()


@transaction.atomic
def save_section(
    assessment: Assessment,
    answers: Mapping[Criterion, Answer],
    photos: Mapping[Criterion, Iterable[tuple[CleanPhoto, date]]],
    *,
    area: Area | None = None,
    by,
    version: int | None = None,
    seen: Mapping[Criterion, str] | None = None,
) -> None:
    """Store one page of the form, scores and photos with the day each was taken: all or nothing.

    Where the page says what it has `seen`, only items that somebody else changed too are a conflict; else any
    newer `version` is. Raises as `save_scores` and `add_evidence` do.
    """
    if not seen:
        save_scores(assessment, answers, area=area, by=by, version=version)
    elif save_changes(assessment, answers, seen, area=area, by=by):
        raise ConflictError(
            _("Butir yang Anda ubah juga diubah dari perangkat lain. Periksa keduanya, lalu simpan lagi.")
        )
    for criterion, pictures in photos.items():
        for photo, taken_on in pictures:
            add_evidence(assessment, criterion, area=area, photo=photo, taken_on=taken_on, by=by)


@transaction.atomic
def write_recommendation(assessment: Assessment, text: str, *, by) -> None:
    """Store what the assessor recommends in words; the board and the owner will read it."""
    locked_for_writing(assessment, by)
    text = text.strip()
    if text == assessment.recommendation:
        return
    assessment.recommendation = text
    assessment.save(update_fields=["recommendation"])
    record("assessment.recommendation_written", assessment, by=by)


@transaction.atomic
def submit(assessment: Assessment, *, by, recommendation: str | None = None) -> None:
    """Hand the assessment in for review, with what the assessor recommends in words.

    Raises ValidationError listing everything that is missing.
    """
    locked_for_writing(assessment, by)
    if recommendation is not None:
        write_recommendation(assessment, recommendation, by=by)
    sheet = Sheet(assessment)
    if gaps := [*sheet.gaps, *unanswered(assessment, sheet)]:
        raise ValidationError(gaps)
    close_round(assessment)
    assessment.move_to(
        Assessment.Status.SUBMITTED,
        by=by,
        submitted_at=timezone.now(),
        reviewed_by=None,
        return_reason="",
    )
    if assessment.kind == Assessment.Kind.SELF:
        return tell_handed_in(assessment)
    if (second := open_second(assessment, sheet, by=by)) is not None and second.is_blind:
        return  # assessors hear of the second look instead; its scores are nothing for them to read yet
    reviewers = User.objects.active().with_role(Role.ASSESSOR).exclude(pk=by.pk)
    with for_others():
        title = _("Penilaian %(ikm)s menunggu tinjauan") % {"ikm": assessment.enterprise}
    tell(reviewers, "assessment.submitted", title, path=assessment.get_absolute_url())


@transaction.atomic
def take_review(assessment: Assessment, *, by) -> None:
    """Say that one is reviewing it, so that two people do not read the same one."""
    check_reviewer(assessment, by)
    assessment.move_to(Assessment.Status.IN_REVIEW, by=by, reviewed_by=by)


@transaction.atomic
def approve(assessment: Assessment, *, by) -> None:
    """Make the scores official and freeze them; critical items scored 0 or 1 become findings due in 30 days.

    Raises ValidationError for the assessor's own work or an incomplete one, TransitionError in another state.
    """
    check_reviewer(assessment, by)
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    sheet = Sheet(assessment)
    if gaps := [*sheet.gaps, *unsettled(assessment, sheet)]:
        raise ValidationError(gaps)
    result = sheet.result
    assessment.move_to(
        Assessment.Status.APPROVED,
        by=by,
        reviewed_by=by,
        approved_at=timezone.now(),
        overall=result.overall,
        dimension_scores={code: str(value) for code, value in result.dimensions.items()},
        area_scores=[
            {"dimension": code, "area": one.name, "weight": str(one.weight), "score": str(one.score)}
            for code, areas in result.areas.items()
            for one in areas
        ],
    )
    same = carried(sheet)
    for row in sheet.rows:
        if raises_finding(row.value, is_critical=row.criterion.is_critical) and key_of(row) not in same:
            raise_critical_finding(assessment, row.criterion, row.note, area=row.area, by=by)
    replace_superseded(assessment, by=by)
    plan_from(assessment, by=by)
    _tell_result(assessment)


def _tell_result(assessment: Assessment) -> None:
    with for_others():
        title = _("Penilaian %(ikm)s disetujui dengan nilai %(score)s") % {
            "ikm": assessment.enterprise,
            "score": as_score(assessment.overall),
        }
    people = [assessment.assessor, *assessment.enterprise.people.active().accounts()]
    tell(people, "assessment.approved", title, path=assessment.get_absolute_url())

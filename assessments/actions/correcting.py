"""A correction of an approved assessment: a new version beside it, which replaces it once it is approved."""

from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from assessments.actions.evidence import locked_for_writing
from assessments.models import Area, Assessment, ClassDecision, Evidence, Score
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.audit.trail import record
from closedloop.workflow import TransitionError
from participants.consents import refuse_withdrawn
from participants.models import MentorAssignment

REASON_LENGTH = 30  # letters, as for every other departure from what was decided (domain.md §5.3)
Copied = TypeVar("Copied", bound=models.Model)


@transaction.atomic
def start_correction(assessment: Assessment, reason: str, *, by) -> Assessment:
    """Open a new version with all scores, areas and evidence of the approved one; files are shared, not copied.

    The correction that is open already is returned instead to the person who began it. Raises ValidationError
    for a reason that is too short, a person who may not assess this IKM, an owner's own rating, or one that was
    corrected before: a chain never forks.
    """
    reason = reason.strip()
    if len(reason) < REASON_LENGTH:
        raise ValidationError(
            {"reason": _("Tulis alasan koreksi, paling sedikit %(n)d huruf.") % {"n": REASON_LENGTH}}
        )
    assessment.refresh_from_db(from_queryset=Assessment.objects.select_for_update(of=("self",)))
    check_correction(assessment, by)
    known = Assessment.objects.filter(supersedes=assessment).first()
    if known is not None:
        if known.assessor_id == by.pk and known.is_writable:
            return known
        raise ValidationError(why_taken(known))
    try:
        with transaction.atomic():
            correction = Assessment.objects.create(
                supersedes=assessment,
                correction_reason=reason,
                assessor=by,
                **{name: getattr(assessment, name) for name in CARRIED},
            )
    except IntegrityError:  # somebody else was faster
        raise ValidationError(_("Penilaian ini sedang dikoreksi.")) from None
    copy_contents(assessment, correction)
    record("assessment.correction_started", correction, by=by, of=assessment.code, reason=reason)
    return correction


CARRIED = ("enterprise", "enrolment", "rubric", "kind", "visited_on", "recommendation")


def check_correction(assessment: Assessment, by) -> None:
    """Raise ValidationError or TransitionError unless this person may correct this assessment now."""
    if assessment.status != Assessment.Status.APPROVED:
        raise TransitionError(_("Hanya penilaian yang sudah disetujui yang dikoreksi dengan versi baru."))
    if assessment.kind == Assessment.Kind.SELF or not by.may(Permission.ASSESSMENT_WRITE):
        raise ValidationError(_("Hanya mentor dan penilai yang dapat mengoreksi penilaian."))
    refuse_withdrawn(assessment.enterprise)
    is_own = MentorAssignment.objects.filter(
        enrolment__enterprise=assessment.enterprise_id, mentor=by, ends_on=None
    ).exists()
    if by.role == Role.MENTOR and not is_own:
        raise ValidationError(_("Anda bukan mentor %(ikm)s.") % {"ikm": assessment.enterprise})
    if assessment.kind == Assessment.Kind.FINAL and is_own:
        raise ValidationError(_("Asesmen akhir diisi oleh penilai yang bukan mentor IKM itu."))
    if is_own and assessment.assessor.role != Role.MENTOR:  # a board may rest on it
        raise ValidationError(_("Penilaian oleh penilai dikoreksi oleh penilai yang bukan mentor IKM itu."))


def may_correct(assessment: Assessment, user) -> bool:
    """Whether the page offers a correction: nobody began one, and this person may."""
    if Assessment.objects.filter(supersedes=assessment).exists():
        return False
    try:
        check_correction(assessment, user)
    except ValidationError:
        return False
    return True


def why_taken(correction: Assessment) -> str:
    if correction.status == Assessment.Status.APPROVED:
        return _("Penilaian ini sudah digantikan. Koreksi versi yang terbaru.")
    return _("Penilaian ini sedang dikoreksi oleh %(name)s.") % {"name": correction.assessor}


def copy_contents(source: Assessment, target: Assessment) -> None:
    """Give the target the areas, scores and evidence of the source; evidence refers to the same files."""
    areas: dict[UUID | None, Area] = {area.pk: copied(area, assessment=target) for area in source.areas.all()}
    Area.objects.bulk_create(areas.values())
    scores = [
        copied(score, assessment=target, area=areas.get(score.area_id)) for score in source.scores.all()
    ]
    Score.objects.bulk_create(scores)
    evidence = [
        copied(item, assessment=target, area=areas.get(item.area_id)) for item in source.evidence.all()
    ]
    Evidence.objects.bulk_create(evidence)


def copied(row: Copied, **changes) -> Copied:
    """Return an unsaved row with the same contents under a new id."""
    own = [field for field in row._meta.concrete_fields if field.name not in ("id", *changes)]
    return type(row)(**{field.attname: getattr(row, field.attname) for field in own}, **changes)


@transaction.atomic
def discard_correction(correction: Assessment, *, by) -> None:
    """Give a correction up before it is handed in; the approved one stays the official one."""
    locked_for_writing(correction, by)
    if correction.supersedes is None or correction.status != Assessment.Status.DRAFT:
        raise ValidationError(_("Hanya koreksi yang belum diajukan yang dapat dibatalkan."))
    record("assessment.correction_discarded", correction.supersedes, by=by, code=correction.code)
    correction.delete()


def replace_superseded(correction: Assessment, *, by) -> None:
    """Let proposals that still wait for the board rest on the approved correction; decided ones keep theirs."""
    before = correction.supersedes
    if before is None:
        return
    record(
        "assessment.superseded",
        before,
        by=by,
        correction=correction.code,
        reason=correction.correction_reason,
    )
    waiting = ClassDecision.objects.waiting().filter(assessment=correction.supersedes_id)
    for decision in waiting.select_for_update(of=("self",)):
        decision.assessment, decision.assessor = correction, correction.assessor
        decision.save(update_fields=["assessment", "assessor"])
        record("classdecision.assessment_corrected", decision, by=by, correction=correction.code)

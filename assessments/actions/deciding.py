"""Class decisions (naik kelas): the rules recommend, the board decides, the evidence is frozen."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import snapshots
from assessments.actions.board import Condition, check_decision, level_after
from assessments.actions.findings import mentors_of
from assessments.actions.recommending import Outcome, recommendation
from assessments.class_rules import LOWEST, next_level
from assessments.inputs import names_of
from assessments.minutes import record_of
from assessments.models import (
    Assessment,
    BoardMember,
    ClassDecision,
    CohortRubric,
    DecisionCondition,
)
from assessments.validity import valid_until
from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import plain, record
from closedloop.core.formats import moment
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError
from participants.actions import hold_by_key
from participants.models import Enrolment

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
NUMBER_LOCK = 5_2026  # any number of our own; held while the next record number is taken


@transaction.atomic
def propose_decision(enrolment: Enrolment, *, by) -> ClassDecision:
    """Put an enterprise before the board on its latest official assessment.

    Raises ValidationError without an official assessment or a class scheme, or while a proposal waits.
    """
    enterprise = hold_by_key(enrolment.enterprise_id)
    assessment = (
        Assessment.objects.official()
        .filter(enrolment=enrolment)
        .order_by("-visited_on", "-approved_at")
        .first()
    )
    if assessment is None:
        raise ValidationError(_("%(ikm)s belum punya penilaian resmi.") % {"ikm": enterprise})
    pin = CohortRubric.objects.filter(cohort=enrolment.cohort_id).first()
    if pin is None:
        raise ValidationError(_("%(cohort)s belum memakai syarat kelas.") % {"cohort": enrolment.cohort})
    waiting = _("Usulan untuk %(ikm)s sudah menunggu keputusan.") % {"ikm": enterprise}
    if ClassDecision.objects.waiting().filter(enterprise=enterprise).exists():
        raise ValidationError(waiting)
    present = enterprise.class_level or LOWEST
    try:
        with transaction.atomic():
            decision = ClassDecision.objects.create(
                enterprise=enterprise,
                enrolment=enrolment,
                assessment=assessment,
                assessor=assessment.assessor,
                scheme=pin.scheme,
                level_before=present,
                level_proposed=next_level(present),
                proposed_by=by,
            )
    except IntegrityError:
        raise ValidationError(waiting) from None
    record("classdecision.proposed", decision, by=by, level=decision.level_proposed)
    leads = User.objects.active().with_role(Role.LEAD).exclude(pk=by.pk)
    with for_others():
        title = _("%(ikm)s menunggu keputusan naik kelas") % {"ikm": enterprise}
    tell(leads, "decision.proposed", title, path=decision.get_absolute_url())
    return decision


@transaction.atomic
def withdraw_decision(decision: ClassDecision, reason: str, *, by) -> None:
    """Take a proposal back before the board decides; raises ValidationError without a reason."""
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Tulis alasan usulan ditarik."))
    decision.move_to(ClassDecision.Status.WITHDRAWN, by=by, reason=reason)


@transaction.atomic
def decide(
    decision: ClassDecision,
    outcome: str,
    *,
    reason: str = "",
    conditions: Sequence[Condition] = (),
    members: Iterable[User],
    by,
) -> ClassDecision:
    """Record the board's decision with everything it rested on, and give the enterprise its class.

    `members` are those who sit beside `by`, each of whom has declared to have no interest. Raises
    TransitionError, naming who decided and when, for one that is decided already, and ValidationError by field
    (outcome, reason, conditions, members) for what is missing. The rules are computed afresh here, under the
    lock, so that what is stored is what held at this moment.
    """
    _lock(decision)
    members = list(members)
    advice = recommendation(decision)
    check_decision(
        decision, outcome, reason=reason, conditions=conditions, members=members, by=by, advice=advice
    )
    now = timezone.now()
    terms = [Condition(one.text.strip(), one.due_on) for one in conditions]
    terms = terms if outcome == Outcome.CONDITIONAL else []
    board = [member for member in members if member.pk != by.pk]
    fields = _fields(decision, outcome, terms, advice, by=by, at=now)
    snapshot = _snapshot(decision, fields, advice, reason.strip(), terms, [by, *board])
    decision.move_to(
        ClassDecision.Status.DECIDED,
        by=by,
        **fields,
        snapshot=snapshot,
        snapshot_sha256=snapshots.sha256_of(snapshot),
    )
    decision.reason = reason.strip()
    decision.save(update_fields=["reason"])
    BoardMember.objects.bulk_create(
        BoardMember(decision=decision, user=member, declared_at=now) for member in board
    )
    DecisionCondition.objects.bulk_create(
        DecisionCondition(decision=decision, text=one.text, due_on=one.due_on) for one in terms
    )
    _give_class(decision, by=by)
    _tell_decision(decision)
    return decision


def _fields(decision: ClassDecision, outcome: str, terms: list[Condition], advice, *, by, at) -> dict:
    """Return the columns that make a proposal a decision."""
    today = timezone.localdate(at)
    return {
        "outcome": outcome,
        "level_after": level_after(decision, outcome),
        "conditions": "\n".join(one.text for one in terms),
        "is_recommended": outcome == advice.outcome,
        "decided_by": by,
        "decided_at": at,
        "record_number": _next_number(today),
        "valid_until": valid_until(today),
    }


def _snapshot(decision: ClassDecision, fields: dict, advice, reason: str, terms, board: list) -> dict:
    """Return everything the decision rests on, with the minutes of the sitting; who signs stands first."""
    at = fields["decided_at"]
    minutes = record_of(
        decision,
        fields,
        reason=reason,
        conditions=terms,
        board=board,
        decided_on=timezone.localdate(at),
        at=at,
    )
    found = snapshots.of_decision(
        decision,
        inputs=advice.inputs,
        verdicts=advice.requirements,
        recommended=(advice.level, advice.outcome),
        names=names_of(decision.assessment.rubric, decision.scheme),
        board=board,
        at=at,
    )
    return {**found, "record": plain(minutes)}


def _lock(decision: ClassDecision) -> None:
    """Lock the enterprise and the decision; refuse in plain words what somebody else decided first."""
    hold_by_key(decision.enterprise_id)
    decision.refresh_from_db(from_queryset=ClassDecision.objects.select_for_update(of=("self",)))
    if decision.status != ClassDecision.Status.PROPOSED:
        raise TransitionError(why_closed(decision))


def why_closed(decision: ClassDecision) -> str:
    """Return why nothing can be decided any more: who decided and when, or that it was withdrawn."""
    if decision.status == ClassDecision.Status.DECIDED:
        return _("Sudah diputuskan oleh %(name)s pada %(at)s.") % {
            "name": decision.decided_by,
            "at": moment(decision.decided_at),
        }
    return _("Usulan ini sudah ditarik.")


def _next_number(day: date) -> str:
    """Return the next record number of the year, "001/SK/IKM-CL/XI/2026"; two decisions never get the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBER_LOCK])
    taken = ClassDecision.objects.filter(record_number__endswith=f"/{day.year}").count()
    return f"{taken + 1:03d}/SK/IKM-CL/{ROMAN_MONTHS[day.month - 1]}/{day.year}"


def _give_class(decision: ClassDecision, *, by) -> None:
    enterprise, level = decision.enterprise, decision.level_after
    enterprise.refresh_from_db()
    if enterprise.class_level == level:
        return
    before, enterprise.class_level = enterprise.class_level, level
    enterprise.class_since = timezone.localdate(decision.decided_at)
    enterprise.save(update_fields=["class_level", "class_since", "updated_at"])
    number = decision.record_number
    record("enterprise.class_changed", enterprise, by=by, before=before, after=level, number=number)


def _tell_decision(decision: ClassDecision) -> None:
    with for_others():
        title = _("Keputusan kelas %(ikm)s: %(outcome)s, %(level)s") % {
            "ikm": decision.enterprise,
            "outcome": decision.get_outcome_display().lower(),
            "level": decision.get_level_after_display(),
        }
    people = [*decision.enterprise.people.active().accounts(), *mentors_of(decision.enterprise)]
    tell(people, "decision.decided", title, body=decision.reason, path=decision.get_absolute_url())

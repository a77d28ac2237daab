"""Class decisions (naik kelas): the rules recommend, the board decides, the evidence is frozen."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import snapshots
from assessments.actions.findings import mentors_of
from assessments.class_rules import (
    LOWEST,
    Inputs,
    Requirement,
    holds,
    next_level,
    recommended_level,
    requirements,
)
from assessments.inputs import class_inputs, names_of, rules_of
from assessments.models import Assessment, BoardMember, ClassDecision, CohortRubric
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.audit.trail import record
from closedloop.core.formats import moment
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError
from participants.actions import hold_by_key
from participants.models import Enrolment, Enterprise

Outcome = ClassDecision.Outcome
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
NUMBER_LOCK = 5_2026  # any number of our own; held while the next record number is taken


@dataclass(frozen=True)
class Recommendation:
    """What the rules say of one waiting decision, computed from the records as they are now."""

    inputs: Inputs
    requirements: list[Requirement]
    level: int

    @property
    def outcome(self) -> str:
        """The outcome that needs no reason: promotion when everything holds, else to stay."""
        return Outcome.PROMOTED if self.is_promotion else Outcome.RETAINED

    @property
    def is_promotion(self) -> bool:
        return bool(self.requirements) and holds(self.requirements)

    @property
    def met(self) -> int:
        return sum(one.met is True for one in self.requirements)

    @property
    def counted(self) -> int:
        """How many requirements apply: the m of "n dari m"."""
        return sum(one.met is not None for one in self.requirements)


def recommend(decision: ClassDecision, inputs: Inputs) -> Recommendation:
    """Return the recommendation on given inputs; above the highest class there is nothing to recommend."""
    rules = rules_of(decision.scheme)
    present = decision.level_before or LOWEST
    above = next_level(present)
    verdicts = requirements(above, rules, inputs) if above > present else []
    return Recommendation(inputs, verdicts, recommended_level(present, rules, inputs))


def recommendation(decision: ClassDecision) -> Recommendation:
    """Return what the rules say now; for a decided one read its snapshot instead."""
    return recommend(decision, class_inputs(decision.enterprise, decision.assessment))


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


def interested(decision: ClassDecision) -> set:
    """Return the ids of those who may not sit on this board: the assessor and the IKM's mentors."""
    return {decision.assessor_id, *mentors_of(decision.enterprise).values_list("pk", flat=True)}


def possible_members(decision: ClassDecision, *, by):
    """Return the accounts that may sit on the board beside `by`: assessors, leads and staff without an interest."""
    return (
        User.objects.active()
        .with_role(Role.LEAD, Role.STAFF, Role.ASSESSOR)
        .exclude(pk__in=interested(decision) | {by.pk})
    )


def check_decision(
    decision: ClassDecision,
    outcome: str,
    *,
    reason: str,
    conditions: str,
    members: Iterable[User],
    by,
    advice: Recommendation,
) -> None:
    """Raise ValidationError, by field, for everything that keeps this decision from being recorded."""
    errors: dict[str, list[str]] = {}
    if not by.may(Permission.CLASS_DECIDE):
        errors.setdefault("members", []).append(_("Hanya pimpinan program yang memutuskan kelas."))
    barred = interested(decision)
    if by.pk in barred or by.pk == decision.proposed_by_id:
        errors.setdefault("members", []).append(
            _("Anda penilai, mentor, atau pengusul IKM ini. Mintalah pimpinan lain memutuskan.")
        )
    others = {member.pk: member for member in members if member.pk != by.pk and member.is_active}
    if not others:
        errors.setdefault("members", []).append(_("Pilih sedikitnya satu anggota sidang selain Anda."))
    if named := [str(member) for pk, member in others.items() if pk in barred]:
        errors.setdefault("members", []).append(
            _("%(names)s penilai atau mentor IKM ini dan tidak dapat menjadi anggota sidang.")
            % {"names": ", ".join(named)}
        )
    if outcome not in possible_outcomes(decision):
        errors.setdefault("outcome", []).append(_("Pilih keputusan."))
    needed = ClassDecision.OVERRIDE_REASON_LENGTH
    if outcome != advice.outcome and len(reason.strip()) < needed:
        errors.setdefault("reason", []).append(
            _("Tulis alasan, paling sedikit %(n)d huruf, karena keputusan berbeda dari rekomendasi sistem.")
            % {"n": needed}
        )
    if outcome == Outcome.CONDITIONAL and not conditions.strip():
        errors.setdefault("conditions", []).append(_("Tulis syarat yang dipantau."))
    if errors:
        raise ValidationError(errors)


def possible_outcomes(decision: ClassDecision) -> list[str]:
    """Return what the board may decide: one step at a time, nothing above L4 or below L1."""
    present = decision.level_before or LOWEST
    up = [Outcome.PROMOTED, Outcome.CONDITIONAL] if next_level(present) > present else []
    down = [Outcome.DEMOTED] if present > LOWEST else []
    return [*up, Outcome.RETAINED, *down]


def level_after(decision: ClassDecision, outcome: str) -> int:
    """Return the class that an outcome leads to."""
    present = decision.level_before or LOWEST
    if outcome in (Outcome.PROMOTED, Outcome.CONDITIONAL):
        return next_level(present)
    return present - 1 if outcome == Outcome.DEMOTED else present


@transaction.atomic
def decide(
    decision: ClassDecision,
    outcome: str,
    *,
    reason: str = "",
    conditions: str = "",
    members: Iterable[User],
    by,
) -> ClassDecision:
    """Record the board's decision with everything it rested on, and give the enterprise its class.

    Raises TransitionError, naming who decided and when, for one that is decided already, and ValidationError
    by field (outcome, reason, conditions, members) for what is missing. The rules are computed afresh here,
    under the lock, so that what is stored is what held at this moment.
    """
    _lock(decision)
    members = list(members)
    advice = recommendation(decision)
    check_decision(
        decision, outcome, reason=reason, conditions=conditions, members=members, by=by, advice=advice
    )
    now = timezone.now()
    today = timezone.localdate(now)
    number = _next_number(today)
    level = level_after(decision, outcome)
    board = [member for member in members if member.pk != by.pk]
    snapshot = snapshots.of_decision(
        decision,
        inputs=advice.inputs,
        verdicts=advice.requirements,
        recommended=(advice.level, advice.outcome),
        names=names_of(decision.assessment.rubric, decision.scheme),
        board=[by, *board],
        at=now,
    )
    decision.move_to(
        ClassDecision.Status.DECIDED,
        by=by,
        outcome=outcome,
        level_after=level,
        conditions=conditions.strip() if outcome == Outcome.CONDITIONAL else "",
        is_recommended=outcome == advice.outcome,
        decided_by=by,
        decided_at=now,
        record_number=number,
        valid_until=_a_year_after(today),
        snapshot=snapshot,
        snapshot_sha256=snapshots.sha256_of(snapshot),
    )
    decision.reason = reason.strip()
    decision.save(update_fields=["reason"])
    BoardMember.objects.bulk_create(
        BoardMember(decision=decision, user=member, declared_at=now) for member in board
    )
    _give_class(decision.enterprise, level, today, by=by, number=number)
    _tell_decision(decision)
    return decision


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


def _a_year_after(day: date) -> date:
    """Return the same day a year later; 29 February becomes 28 February."""
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return date(day.year + 1, day.month, min(day.day, last))


def _give_class(enterprise: Enterprise, level: int, today: date, *, by, number: str) -> None:
    enterprise.refresh_from_db()
    if enterprise.class_level == level:
        return
    before, enterprise.class_level, enterprise.class_since = enterprise.class_level, level, today
    enterprise.save(update_fields=["class_level", "class_since", "updated_at"])
    record("enterprise.class_changed", enterprise, by=by, before=before, after=level, number=number)


def _tell_decision(decision: ClassDecision) -> None:
    title = _("Keputusan kelas %(ikm)s: %(outcome)s, %(level)s") % {
        "ikm": decision.enterprise,
        "outcome": decision.get_outcome_display().lower(),
        "level": decision.get_level_after_display(),
    }
    people = [*decision.enterprise.people.active().accounts(), *mentors_of(decision.enterprise)]
    tell(people, "decision.decided", title, body=decision.reason, path=decision.get_absolute_url())

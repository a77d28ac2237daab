"""The board of a class decision: who may sit, what it may decide, and what it must say."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import interests, validity
from assessments.actions.recommending import Outcome, Recommendation
from assessments.class_rules import LOWEST, next_level
from assessments.models import ClassDecision
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role


class Condition(NamedTuple):
    """One condition of a conditional promotion: what, and by which day."""

    text: str
    due_on: date


def possible_members(decision: ClassDecision, *, by: User):
    """Return the accounts that may sit on the board beside `by`: assessors, leads and staff without an interest."""
    barred = interests.barred_from(decision) | {by.pk}
    return User.objects.active().with_role(Role.LEAD, Role.STAFF, Role.ASSESSOR).exclude(pk__in=barred)


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


def check_decision(
    decision: ClassDecision,
    outcome: str,
    *,
    reason: str,
    conditions: Sequence[Condition],
    members: Iterable[User],
    by: User,
    advice: Recommendation,
) -> None:
    """Raise ValidationError, by field, for everything that keeps this decision from being recorded."""
    errors: dict[str, list[str]] = {}
    if found := wrong_board(decision, members, by=by):
        errors["members"] = found
    if outcome not in possible_outcomes(decision):
        errors["outcome"] = [_("Pilih keputusan.")]
    needed = ClassDecision.OVERRIDE_REASON_LENGTH
    if outcome != advice.outcome and len(reason.strip()) < needed:
        errors["reason"] = [
            _("Tulis alasan, paling sedikit %(n)d huruf, karena keputusan berbeda dari rekomendasi sistem.")
            % {"n": needed}
        ]
    if outcome == Outcome.CONDITIONAL and (found := wrong_conditions(conditions)):
        errors["conditions"] = found
    if errors:
        raise ValidationError(errors)


def wrong_board(decision: ClassDecision, members: Iterable[User], *, by: User) -> list[str]:
    """Return, in words, why these people cannot be the board of this decision."""
    found = []
    if not by.may(Permission.CLASS_DECIDE):
        found.append(_("Hanya pimpinan program yang memutuskan kelas."))
    barred = interests.barred_from(decision)
    if by.pk in barred:
        found.append(
            _(
                "Anda penilai, mentor, pengusul, atau berkepentingan pada IKM ini. Mintalah pimpinan lain memutuskan."
            )
        )
    others = {member.pk: member for member in members if member.pk != by.pk and member.is_active}
    if not others:
        found.append(_("Pilih sedikitnya satu anggota sidang selain Anda."))
    if not_free := [str(member) for pk, member in others.items() if pk in barred]:
        found.append(
            _(
                "Penilai, mentor, pengusul, atau berkepentingan, jadi tidak dapat menjadi anggota sidang: %(names)s."
            )
            % {"names": ", ".join(not_free)}
        )
    return found


def wrong_conditions(conditions: Sequence[Condition]) -> list[str]:
    """Return, in words, what the conditions lack; they fall due after today and while the class is valid."""
    if not conditions:
        return [_("Tulis syarat yang dipantau.")]
    today = timezone.localdate()
    first, last = today + timedelta(days=1), validity.valid_until(today)
    if any(not one.text.strip() for one in conditions):
        return [_("Tulis syarat yang dipantau.")]
    if any(one.due_on is None or not first <= one.due_on <= last for one in conditions):
        return [_("Isi tenggat tiap syarat: setelah hari ini dan paling lambat 12 bulan lagi.")]
    return []

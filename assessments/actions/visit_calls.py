"""Writes to calls for a visit: asked for by a month, planned as a session, or settled without one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.findings import mentors_of
from assessments.models import Scorecard, VisitCall
from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.formats import month_long
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.models import Enrolment
from trainings.actions import name_host, plan_sessions
from trainings.models import TrainingSession

DAYS_TO_VISIT = 14  # [assumed] a month that is judged bad is looked at within two weeks


@transaction.atomic
def call_visit(card: Scorecard, *, standing: str, by: User | None) -> VisitCall | None:
    """Ask for a visit because of a month and tell the mentors; the same month asks once, however often it is judged.

    None while an earlier month's call at the IKM is open: one visit answers both.
    """
    if VisitCall.objects.open().filter(enterprise=card.enterprise_id).exclude(scorecard=card).exists():
        return None
    due_on = timezone.localdate() + timedelta(days=DAYS_TO_VISIT)
    call, created = VisitCall.objects.get_or_create(
        scorecard=card, defaults={"enterprise": card.enterprise, "due_on": due_on}
    )
    if not created:
        return call
    record("visitcall.asked", call, by=by, month=card.month, due_on=due_on)
    with for_others():
        title = _("%(ikm)s: rapor QCD %(month)s %(standing)s, rencanakan kunjungan") % {
            "ikm": card.enterprise,
            "month": month_long(card.month),
            "standing": standing,
        }
    tell(mentors_of(card.enterprise), "visitcall.asked", title, path=call.get_absolute_url())
    return call


@transaction.atomic
def plan_visit(
    call: VisitCall, host: Enrolment, *, by: User, key: UUID, agreed: str | None = None, **details: Any
) -> TrainingSession:
    """Put a visit at the IKM into the plan of its cohort, with the IKM as host; the same key twice makes one.

    `details` are those of schedule_session. Raises ValidationError once the call is answered, for a day that is
    over, and as plan_sessions does; NotAgreed as plan_sessions does.
    """
    VisitCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if session := TrainingSession.objects.filter(pk=key).first():
        return session
    refuse_answered(call)
    if details["starts_at"] <= timezone.now():
        raise ValidationError({"starts_at": _("Pilih waktu yang belum lewat.")})
    row = {"kind": TrainingSession.Kind.VISIT, **details}
    session = plan_sessions(host.cohort, [row], by=by, key=key, agreed=agreed)[0]
    name_host(session, host, by=by)
    record("visitcall.planned", call, by=by, session=session.code)
    return session


@transaction.atomic
def settle_visit_call(call: VisitCall, note: str, *, by: User) -> None:
    """Say in words why no session is planned; ValidationError without words, and once the call is answered."""
    call = VisitCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    refuse_answered(call)
    if not note.strip():
        raise ValidationError({"note": _("Tulis apa yang dilakukan sebagai gantinya.")})
    call.note, call.settled_at, call.settled_by = note.strip(), timezone.now(), by
    call.save(update_fields=["note", "settled_at", "settled_by"])
    record("visitcall.settled", call, by=by, reason=call.note)


def refuse_answered(call: VisitCall) -> None:
    if not VisitCall.objects.open().filter(pk=call.pk).exists():
        raise ValidationError(_("Permintaan kunjungan ini sudah dijawab."))

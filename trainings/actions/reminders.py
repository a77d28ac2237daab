"""Somebody reminded an IKM of a session, outside the portal."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.models import new_id
from participants.models import Consent, Enrolment, Enterprise, Person
from trainings.actions.marks import refuse_unless_on_roster
from trainings.models import SessionReminder, TrainingSession

Channel = SessionReminder.Channel


@transaction.atomic
def remind(
    session: TrainingSession,
    enrolment: Enrolment,
    person: Person,
    channel: str,
    *,
    by: User,
    id: UUID | None = None,
) -> SessionReminder:
    """Remember that this person was reminded; the same id again is the same reminder.

    Raises ValidationError once the session is over, for an IKM that is not on its roster, and for WhatsApp
    without the IKM's consent to it.
    """
    if session.status not in (TrainingSession.Status.SCHEDULED, TrainingSession.Status.OPEN):
        raise ValidationError(
            _("Sesi ini tidak dijadwalkan atau sudah selesai, jadi tidak ada yang diingatkan.")
        )
    refuse_unless_on_roster(enrolment, session)
    agreed = Enterprise.objects.filter(pk=enrolment.enterprise_id).consenting_to(Consent.Purpose.WHATSAPP)
    if channel == Channel.WHATSAPP and not agreed.exists():
        raise ValidationError(_("IKM ini belum setuju dihubungi lewat WhatsApp. Pakai telepon atau surel."))
    one, created = SessionReminder.objects.get_or_create(
        pk=id or new_id(),
        session=session,
        defaults={"enrolment": enrolment, "person": person, "channel": channel, "by": by},
    )
    if created:
        record("reminder.sent", one, by=by, session=session.code, channel=str(channel))
    return one

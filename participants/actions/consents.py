"""Writes to what an enterprise agreed to (UU 27/2022, domain.md §8.1)."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import record
from closedloop.core.formats import spoken
from closedloop.core.languages import for_others
from closedloop.notifications.actions import hold_back, tell
from participants import consents
from participants.actions.standing import hold
from participants.models import Consent, Enterprise, Person

# the kinds of messages that invite, remind or ask for something of the training
INVITING = ("session.", "factoryaction.", "finding.")


@transaction.atomic
def give_consent(
    enterprise: Enterprise,
    *,
    by: User | None,
    purpose: str = Consent.Purpose.TRAINING,
    channel: str,
    text_version: str = consents.PRESENT,
    language: str = "",
    person: Person | None = None,
    given_at: datetime | None = None,
) -> Consent:
    """Record that an enterprise agreed to a purpose; the consent in force already is returned as it is.

    `language` is that of the text which was read, by default that of the page in use.
    """
    hold(enterprise)
    in_force = Consent.objects.in_force().filter(enterprise=enterprise, purpose=purpose).first()
    if in_force:
        return in_force
    consent = Consent(
        enterprise=enterprise,
        person=person,
        purpose=purpose,
        text_version=text_version,
        language=language or spoken(),
        channel=channel,
        given_at=given_at or timezone.now(),
    )
    consent.full_clean(validate_constraints=False)
    consent.save()
    record("consent.given", consent, by=by, purpose=str(purpose), text_version=text_version, channel=channel)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: User, channel: str = "") -> Consent:
    """Record that a consent was withdrawn, which stops its use at once; a second time changes nothing.

    With the consent to training, invitations that are not mailed yet are held back, and staff and the mentor
    are told that the enterprise is still in its cohort.
    """
    consent = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    if consent.withdrawn_at is None:
        consent.withdrawn_at = timezone.now()
        consent.withdrawn_via = channel
        consent.save(update_fields=["withdrawn_at", "withdrawn_via"])
        record("consent.withdrawn", consent, by=by, purpose=consent.purpose, channel=channel)
        if consent.purpose == Consent.Purpose.TRAINING:
            hold_back(consent.enterprise.account_holders(), INVITING)
            tell_who_decides(consent.enterprise)
    return consent


@for_others()
def tell_who_decides(enterprise: Enterprise) -> None:
    """Tell staff and the mentor what is left to do: pause or end each enrolment under way."""
    title = _("Persetujuan pelatihan ditarik: %(name)s") % {"name": enterprise}
    body = _(
        "Undangan, pengingat, dan permintaan sudah berhenti. Ubah statusnya menjadi cuti atau keluar, "
        "atau catat persetujuan baru."
    )
    staff = User.objects.active().with_role(Role.STAFF)
    for enrolment in enterprise.enrolments.open():
        path = reverse("participants:move_enrolment", args=[enrolment.pk])
        tell(staff, "consent.withdrawn", title, body=body, path=path)
        mentors = User.objects.filter(
            pk__in=enrolment.mentor_assignments.filter(ends_on=None).values("mentor")
        )
        tell(mentors, "consent.withdrawn", title, path=enrolment.get_absolute_url())

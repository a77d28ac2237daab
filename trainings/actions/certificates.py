"""Certificates are issued, revoked or replaced; never edited."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.core.letterhead import letter_number, letterhead, next_number
from closedloop.notifications.actions import tell
from participants.models import Cohort
from trainings.certification import facts_of
from trainings.earned import Candidate, candidates
from trainings.models import Certificate, Module

PREFIX = "STP"
SHORTEST_REASON = 10
Status = Certificate.Status


@transaction.atomic
def issue_certificates(cohort: Cohort, module: Module, *, by: User) -> list[Certificate]:
    """Issue the module's certificate to everybody of the cohort who has earned it and has none in force.

    Pressed twice, the second finds nobody left. The holders who have an account are told.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    earned = [one for one in candidates(cohort) if one.is_ready and one.module.code == module.code]
    return [_issue(one, by=by) for one in earned]


@transaction.atomic
def revoke_certificate(certificate: Certificate, reason: str, *, by: User) -> None:
    """Take a certificate out of force; its public page says so and why. Raises ValidationError without a reason."""
    reason = _checked(reason)
    certificate.move_to(
        Status.REVOKED, by=by, reason=reason, ended_at=timezone.now(), ended_by=by, end_reason=reason
    )
    with for_others():
        _tell(certificate, _("Sertifikat dicabut: %(number)s") % {"number": certificate.number}, reason)


@transaction.atomic
def replace_certificate(certificate: Certificate, reason: str, *, by: User) -> Certificate:
    """Issue the certificate anew from today's facts; the old one points to it and stays readable.

    Raises ValidationError when the holder has not earned it any more: then it can only be revoked.
    """
    reason = _checked(reason)
    enrolment = certificate.enrolment
    Cohort.objects.select_for_update(of=("self",)).get(pk=enrolment.cohort_id)
    present = present_candidate(certificate)
    if present is None or present.obstacles:
        raise ValidationError(
            _("Pemegang tidak lagi memenuhi syarat sertifikat ini. Cabut sertifikatnya, bukan menggantinya.")
        )
    new = _draft(present, by=by)
    # the old one leaves first, because only one may be in force; the database looks at the link at commit
    certificate.move_to(
        Status.REPLACED,
        by=by,
        reason=reason,
        ended_at=timezone.now(),
        ended_by=by,
        end_reason=reason,
        replaced_by=new,
    )
    _save(new, by=by)
    return new


def present_candidate(certificate: Certificate) -> Candidate | None:
    """Return what the portal knows today of the holder and the module; None when nothing was attended."""
    rows: Sequence[Candidate] = candidates(certificate.enrolment.cohort, only=certificate.enrolment)
    wanted = (certificate.person_id, certificate.module.code)
    return next((one for one in rows if (one.person.pk, one.module.code) == wanted), None)


def facts_today(candidate: Candidate) -> dict:
    """Return what a certificate issued now would say."""
    signer = User.objects.filter(role=Role.LEAD, is_active=True).order_by("created_at").first()
    return facts_of(
        person=candidate.person,
        enrolment=candidate.enrolment,
        module=candidate.module,
        hours=candidate.hours,
        signer=signer,
        head=letterhead(),
    )


def _issue(candidate: Candidate, *, by: User) -> Certificate:
    certificate = _draft(candidate, by=by)
    _save(certificate, by=by)
    return certificate


def _draft(candidate: Candidate, *, by: User) -> Certificate:
    today = timezone.localdate()
    return Certificate(
        number=letter_number(PREFIX, today, next_number("certificate_number"), letterhead()),
        enrolment=candidate.enrolment,
        person=candidate.person,
        module=candidate.module,
        facts=facts_today(candidate),
        issued_on=today,
        issued_by=by,
    )


def _save(certificate: Certificate, *, by: User) -> None:
    certificate.save(force_insert=True)
    record("certificate.issued", certificate, by=by, number=certificate.number)
    with for_others():
        _tell(certificate, _("Sertifikat terbit: %(module)s") % {"module": certificate.module.title})


def _checked(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise ValidationError(
            {"reason": _("Tulis alasannya, paling sedikit %(count)d huruf.") % {"count": SHORTEST_REASON}}
        )
    return reason


@for_others()
def _tell(certificate: Certificate, title: str, body: str = "") -> None:
    if user := certificate.person.user:
        tell(
            [user], f"certificate.{certificate.status}", title, body=body, path=certificate.get_absolute_url()
        )

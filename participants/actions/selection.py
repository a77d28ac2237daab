"""The lead's decision on an application, and the enterprise that comes of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.core import formats
from participants.actions.applications import mail
from participants.actions.cohorts import enrol
from participants.actions.consents import give_consent
from participants.actions.enterprises import register_enterprise
from participants.actions.people import add_person
from participants.models import Application, Enterprise
from participants.selection import Advice

Status = Application.Status
CHANNEL = "Formulir daring"


class AlreadyDecided(ValidationError):
    """Somebody else decided since the page was shown; nothing was changed."""


@transaction.atomic
def decide_application(
    application: Application,
    outcome: str,
    *,
    by: User,
    seen: str,
    reason: str = "",
    note: str = "",
    enterprise: Enterprise | None = None,
) -> Application:
    """Accept, refuse or put on the waiting list, all in one transaction.

    `seen` is the status that the page showed: who comes second is told who decided and when (AlreadyDecided).
    `reason` is what the applicant reads, needed unless accepted. `note` is the lead's own ground, of at least
    ten letters where the reviewers do not settle it (see needs_note). `enterprise` is the one on the register
    that the applicant is; without it the applicant is registered, under the application's id. Raises
    ValidationError also when the enterprise cannot be enrolled.
    """
    outcome = Status(outcome)
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("cohort", "form")
        .get(pk=application.pk)
    )
    if application.status != seen and application.decided_at:
        raise AlreadyDecided(
            _("Sudah diputuskan oleh %(name)s pada %(moment)s.")
            % {"name": application.decided_by, "moment": formats.moment(application.decided_at)}
        )
    reason, note = reason.strip(), note.strip()
    if outcome != Status.ACCEPTED and len(reason) < Application.LEAST_NOTE:
        raise ValidationError({"reason": _("Tulis alasan yang dibaca pendaftar, paling sedikit 10 huruf.")})
    if needs_note(application, outcome) and len(note) < Application.LEAST_NOTE:
        raise ValidationError({"note": _("Tulis pertimbangan Anda, paling sedikit 10 huruf.")})
    decided: dict[str, Any] = {"decided_by": by, "decided_at": timezone.now(), "note": note}
    if outcome == Status.ACCEPTED:
        if not application.can_become(outcome) or not application.is_judged:
            raise ValidationError(_("Tunggu sampai kedua penilai mengirim nilainya."))
        decided["registered_as"] = admitted(application, enterprise, by=by)
    told = Application.objects.filter(pk=application.pk)
    # not move_to's own reason: that stays in the trail, and this is forgotten with the applicant
    if outcome != Status.ACCEPTED:
        told.update(reason=reason)
    application.move_to(outcome, by=by, **decided)
    if outcome == Status.ACCEPTED:
        told.update(reason=reason)
    application.reason = reason
    tell_applicant(application)
    return application


def needs_note(application: Application, outcome: str) -> bool:
    """Whether the lead must say why: the reviewers differ, stand on the border or said otherwise, or have not
    both filed; or a place is given beyond the line.
    """
    if not application.is_judged or application.disputes():
        return True
    agreed = application.agreed()
    if outcome == Status.ACCEPTED:
        place = application.place()
        return agreed == Advice.REJECT or (place is not None and not place.inside)
    return outcome == Status.REJECTED and agreed == Advice.ACCEPT


def admitted(application: Application, enterprise: Enterprise | None, *, by: User) -> Enterprise:
    """Return the enterprise, registered or known, with its contact and consent, as applicant of the cohort."""
    consent: dict[str, Any] = {
        "channel": CHANNEL,
        "text_version": application.consent_version,
        "language": application.consent_language,
        "given_at": application.submitted_at,
    }
    person: dict[str, Any] = {
        "full_name": application.owner_name,
        "phone": application.phone,
        "email": application.email,
    }
    if enterprise is None:
        enterprise = register_enterprise(
            by=by,
            id=application.pk,
            name=application.name,
            legal_form=application.legal_form,
            nib=application.nib,
            regency=application.regency,
            products=application.products.split(","),
            person=person,
            annual_figure=figure_of(application),
            consent=consent,
        )
    else:
        contact = enterprise.people.filter(phone=application.phone).first()
        contact = contact or add_person(enterprise, by=by, **person)
        give_consent(enterprise, by=by, person=contact, **consent)
    day = formats.date_medium(timezone.localdate(application.submitted_at))
    reason = _("Pendaftaran %(code)s tanggal %(day)s") % {"code": application.code, "day": day}
    enrol(enterprise, application.cohort, by=by, reason=reason)
    return enterprise


def figure_of(application: Application) -> dict | None:
    """Return the yearly figure that the applicant gave, or None where both numbers are unknown."""
    told = {"annual_sales": application.annual_sales, "employee_count": application.employee_count}
    return {"year": application.sales_year, **told} if any(v is not None for v in told.values()) else None


def tell_applicant(application: Application) -> None:
    """Mail what was decided, in kind words; the page behind the link says the same."""
    cohort = {"cohort": application.cohort}
    titles = {
        Status.ACCEPTED: _("Anda diterima sebagai calon peserta %(cohort)s"),
        Status.WAITING: _("Anda masuk daftar tunggu %(cohort)s"),
        Status.REJECTED: _("Pendaftaran Anda di %(cohort)s belum terpilih"),
    }
    mail(application, titles[Status(application.status)] % cohort, application.reason)

"""The applicant's own link, mailed once more on request: to the address they gave, and nowhere else."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.notifications.actions import tell_by_mail
from closedloop.notifications.models import Notification
from participants.models import Application

Status = Application.Status
KIND = "application.link"
# a second press, or a second person of the office, mails nothing again
PAUSE = timedelta(minutes=10)


@transaction.atomic
def resend_link(application: Application, *, by: User) -> None:
    """Mail the link of an application again, in the language in which its applicant agreed.

    Raises ValidationError when the data are forgotten or taken back, when no address was given, and when the
    link was mailed a moment ago. The link itself is shown to nobody but the applicant.
    """
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if application.forgotten_at or application.status == Status.WITHDRAWN:
        raise ValidationError(_("Data pendaftar ini sudah dihapus, jadi tautannya tidak dikirim lagi."))
    address = address_of(application)
    if not address:
        raise ValidationError(
            _(
                "Pendaftar ini tidak memberi email. Minta ia membuka tautan di perangkat yang dipakai mendaftar."
            )
        )
    path = application.public_path
    if Notification.objects.filter(path=path, kind=KIND, created_at__gt=timezone.now() - PAUSE).exists():
        raise ValidationError(_("Tautannya baru saja dikirim. Tunggu sepuluh menit sebelum mengirim lagi."))
    with translation.override(application.consent_language or "id"):
        title = _("Tautan pendaftaran Anda, %(code)s") % {"code": application.code}
        body = _("Anda meminta tautan ini lewat petugas program. Bila bukan Anda yang meminta, abaikan saja.")
        tell_by_mail(address, KIND, title, body=body, path=path)
    record("application.link_sent", application, by=by)


def address_of(application: Application) -> str:
    """Return the address that the applicant gave, also in a draft; "" where it is none."""
    typed = application.email or str(application.answers.get("email", "")).strip()
    try:
        validate_email(typed)
    except ValidationError:
        return ""
    return typed


@transaction.atomic
def resend_links(email: str, *, by: User) -> int:
    """Mail the links of everything that was begun under this address, drafts among it; return how many.

    Those mailed a moment ago are passed over.
    """
    live = Application.objects.filter(forgotten_at=None).exclude(status=Status.WITHDRAWN)
    in_draft = Q(status=Status.DRAFT, answers__email__iexact=email)
    sent = 0
    for application in live.filter(Q(email__iexact=email) | in_draft).order_by("created_at"):
        try:
            resend_link(application, by=by)
        except ValidationError:
            continue
        sent += 1
    return sent

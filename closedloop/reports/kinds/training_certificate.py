"""Sertifikat Pelatihan: one certificate as its record holds it, on one landscape page.

Number, code and address are those of the certificate, so that the paper of today and the one of the day of
issue lead to the same public page. Who asks and the clock of today have no part in it.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.core import formats
from closedloop.reports.frame import base_context, frame
from closedloop.reports.models import Kind
from trainings.certification import earned_rows, fact_rows, module_name
from trainings.models import Certificate

KIND = Kind.TRAINING
PREFIX = "BSP"
TEMPLATE = "reports/pdf/training_certificate.html"
ABOUT_A_PERSON = True  # its heading is the holder's name


def everything() -> QuerySet[Certificate]:
    return Certificate.objects.valid()


def subjects(user: User) -> QuerySet[Certificate]:
    """Certificates in force of the IKM one may know of."""
    if not (user.may(Permission.DOCUMENT_REQUEST) and user.may(Permission.TRAINING_VIEW)):
        return Certificate.objects.none()
    return everything().visible_to(user)


def lapsed(pk: UUID) -> str:
    """Why what the paper says no longer holds, in the reader's language; empty while it holds."""
    if everything().filter(pk=pk).exists():
        return ""
    return _("Sertifikat ini sudah dicabut atau diganti.")


def snapshots(
    subjects: Sequence[Certificate], *, language: str, by: User | None, as_of: datetime
) -> Iterator[dict]:
    """Yield everything each certificate says, in the order of the subjects."""
    for subject in subjects:
        yield one_snapshot(subject, language=language)


def one_snapshot(subject: Certificate, *, language: str) -> dict:
    facts = subject.facts
    found = frame(
        KIND,
        heading=facts["holder"],
        line=facts["enterprise"],
        filters=[],
        language=language,
        by=None,
        as_of=datetime.combine(subject.issued_on, time(5), UTC),
    )
    personal = (_("Pemegang"), _("Ditandatangani"))
    return found | {
        "requested_by": "",
        "own": {
            "number": subject.number,
            "code_text": subject.spoken_code,
            "url": settings.SITE_URL + subject.get_absolute_url(),
        },
        "module": module_name(facts),
        "module_code": facts["module"]["code"],
        "curriculum": facts["curriculum"],
        "cohort": facts["cohort"],
        "hours": formats.number(facts["module_jp"]),
        "earned": [list(pair) for pair in earned_rows(facts)],
        "signers": [{"role": facts["issuer"], "name": facts["signer"], "title": facts["signer_title"]}],
        "public": [list(pair) for pair in fact_rows(subject) if pair[0] not in personal],
    }


def name_of(snapshot: dict) -> str:
    """Return "Sri Contoh, M1 (CV Contoh Presisi)": who holds it."""
    return f"{snapshot['heading']}, {snapshot['module_code']} ({snapshot['line']})"


def context(snapshot: dict) -> dict:
    """Return what the template needs; the QR code leads to the certificate's own page."""
    return base_context({**snapshot, "url": snapshot["own"]["url"]})

"""QR codes of check-ins and certificates, as SVG text without inline style, drawn on the server."""

import io
from datetime import datetime

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from trainings.check_in_codes import qr_token
from trainings.models import TrainingSession


def check_in_url(session: TrainingSession, moment: datetime) -> str:
    """Return the address in the QR shown at the moment."""
    token = qr_token(session.secret, session.code, moment)
    return f"{settings.SITE_URL}{reverse('trainings:check_in_session', args=[session.code])}?t={token}"


def check_in_qr(session: TrainingSession, moment: datetime) -> SafeString:
    """Return the QR on the wall at the moment."""
    return address_qr(check_in_url(session, moment))


def address_qr(url: str) -> SafeString:
    """Return an address of ours as QR with its quiet zone of four modules; it scales to the width it is given."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", border=4, dark="#10212b", xmldecl=False, svgclass="qr", omitsize=True, nl=False
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 drawn by segno from our own address

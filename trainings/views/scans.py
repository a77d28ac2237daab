"""What a phone scanned, kept on it and signed, while its owner signs in.

A scan belongs to the person who was signed in when it was made, else to the phone until somebody signs in there;
so neither a copied cookie nor the next person on the same phone checks in with it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.utils import timezone
from django.utils.crypto import get_random_string

from trainings.actions.checking_in import SCAN_LASTS
from trainings.actions.sending import LATE_IS_TAKEN_FOR
from trainings.check_in_codes import is_qr_token
from trainings.models import TrainingSession

SCAN_COOKIE = "pindai"
DEVICE_COOKIE = "perangkat"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Scan:
    """A QR of a session, read by a phone at a moment of the server's clock."""

    session: str
    token: str
    at: datetime
    person: str  # the account that was signed in, or nothing
    phone: str

    def signed(self) -> str:
        """Return it as text that only the server can have written."""
        values = [self.session, self.token, f"{self.at.timestamp():.3f}", self.person, self.phone]
        return signing.dumps(values, salt=SCAN_COOKIE)


def phone_of(request) -> str:
    """Return the mark by which a phone is known again, a new one for a new phone; the same within a request."""
    if not hasattr(request, "phone"):
        request.phone = request.COOKIES.get(DEVICE_COOKIE, "")[:64] or get_random_string(22)
    return request.phone


def scan_of(request, session: TrainingSession, now: datetime) -> Scan | None:
    """Return what this phone scanned of the session: just now, or a while ago and kept; or None."""
    token = request.GET.get("t", "")
    person = str(request.user.pk) if request.user.is_authenticated else ""
    if is_qr_token(session.secret, session.code, token, now):
        return Scan(session.code, token, now, person, phone_of(request))
    scan = read(request.COOKIES.get(SCAN_COOKIE, ""), session, SCAN_LASTS)
    if scan is None or not _belongs(scan, request):
        return None
    return replace(scan, person=scan.person or person)


def late_scan_of(request, session: TrainingSession, text: str) -> Scan | None:
    """Return the scan with which a form was opened, however late it arrives; or None."""
    scan = read(text, session, LATE_IS_TAKEN_FOR + (session.ends_at - session.window.opens_at))
    return scan if scan and scan.person == str(request.user.pk) else None


def read(text: str, session: TrainingSession, lasts: timedelta) -> Scan | None:
    """Return the scan that the signed text tells of, or None when it is another session's, too old or made up."""
    try:
        code, token, at, person, phone = signing.loads(text, salt=SCAN_COOKIE)
    except (signing.BadSignature, ValueError):
        return None
    moment = datetime.fromtimestamp(float(at), tz=timezone.get_default_timezone())
    # the scan's own age counts, not that of the signature, which is new on every page
    if code != session.code or timezone.now() - moment > lasts:
        return None
    return Scan(code, token, moment, person, phone)


def keep_scan(request, response, scan: Scan) -> None:
    """Remember on the phone what was scanned and when; it goes into no address that can be forwarded."""
    left = SCAN_LASTS - (timezone.now() - scan.at)
    _keep(response, SCAN_COOKIE, scan.signed(), int(left.total_seconds()), path="/p/")
    keep_phone(request, response)


def keep_phone(request, response) -> None:
    """Let the phone be known again, so that two IKM on one phone are noticed."""
    if not request.COOKIES.get(DEVICE_COOKIE):
        _keep(response, DEVICE_COOKIE, phone_of(request), YEAR)


def _belongs(scan: Scan, request) -> bool:
    if scan.person and request.user.is_authenticated:
        return scan.person == str(request.user.pk)
    return scan.phone == request.COOKIES.get(DEVICE_COOKIE, "")


def _keep(response, name: str, value: str, seconds: int, *, path: str = "/") -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        path=path,
    )

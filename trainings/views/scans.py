"""What a phone scanned, kept on it and signed, while its owner signs in.

A scan belongs to the account that was signed in when it was made, else to the phone until somebody signs in
there. So neither a copied cookie nor the next person on the same phone checks in with it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from trainings.actions.checking_in import SCAN_LASTS
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


def scan_of(request, session: TrainingSession, now: datetime) -> tuple[Scan | None, str]:
    """Return (scan, why not): what this phone scanned of the session, just now or a while ago.

    Without a scan, the words say what was wrong with the address or the cookie and what to do, or nothing
    when the phone brought neither.
    """
    token = request.GET.get("t", "")
    person = str(request.user.pk) if request.user.is_authenticated else ""
    if is_qr_token(session.secret, session.code, token, now):
        return Scan(session.code, token, now, person, phone_of(request)), ""
    kept = read(request.COOKIES.get(SCAN_COOKIE, ""))
    if kept and kept.session == session.code and now - kept.at <= SCAN_LASTS:
        if _is_of(kept, request, person):
            return replace(kept, person=kept.person or person), ""
        return None, _("QR di HP ini dipindai orang lain. Pindai sendiri QR di layar, atau ketik kodenya.")
    if token or (kept and kept.session == session.code):
        return None, _(
            "QR ini bukan QR sesi ini, atau sudah berganti. Pindai lagi QR di layar, atau ketik kodenya."
        )
    return None, ""


def form_scan_of(request, session: TrainingSession) -> Scan | None:
    """Return the scan with which the form that was sent was opened, however late it arrives; or None.

    The page wrote it for one account; whether it is too old is for the action to say.
    """
    scan = read(request.POST.get("scan", ""))
    return scan if scan and (scan.session, scan.person) == (session.code, str(request.user.pk)) else None


def read(text: str) -> Scan | None:
    """Return the scan that the signed text tells of, or None for what the server has not written."""
    try:
        session, token, at, person, phone = signing.loads(text, salt=SCAN_COOKIE)
    except (signing.BadSignature, ValueError):
        return None
    moment = datetime.fromtimestamp(float(at), tz=timezone.get_default_timezone())
    return Scan(session, token, moment, person, phone)


def keep_scan(request, response, scan: Scan) -> None:
    """Remember on the phone what was scanned and when; it goes into no address that can be forwarded."""
    if read(request.COOKIES.get(SCAN_COOKIE, "")) == scan:
        return
    left = SCAN_LASTS - (timezone.now() - scan.at)
    _keep(response, SCAN_COOKIE, scan.signed(), left, path="/p/")
    keep_phone(request, response)


def keep_phone(request, response) -> None:
    """Let the phone be known again, so that two IKM on one phone are noticed."""
    if not request.COOKIES.get(DEVICE_COOKIE):
        _keep(response, DEVICE_COOKIE, phone_of(request), timedelta(seconds=YEAR))


def _is_of(scan: Scan, request, person: str) -> bool:
    """Whether the scan is the reader's: made by their account, or by this phone and theirs by signing in first."""
    if scan.person and person:
        return scan.person == person
    if scan.phone != request.COOKIES.get(DEVICE_COOKIE, ""):
        return False
    if scan.person or not person:
        return True
    # both cookies can be copied before anybody has signed in: who comes first keeps the scan
    claim = f"pindai:{scan.phone}:{scan.at.timestamp():.3f}"
    return cache.add(claim, person, SCAN_LASTS.total_seconds()) or cache.get(claim) == person


def _keep(response, name: str, value: str, lasts: timedelta, *, path: str = "/") -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(lasts.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        path=path,
    )

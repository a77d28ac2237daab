"""The two proofs that somebody is in the room: a code read aloud, and a token in the QR on the wall.

Pure functions of a session's secret and a moment of the server's clock. Both change by themselves, so a
photograph sent to a friend is worthless within minutes, and nothing needs to be stored.
"""

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256

from closedloop.core.models import CODE_ALPHABET

CODE_LENGTH = 6
CODE_STEP = 120  # seconds a spoken code is shown
CODE_GRACE = 1  # earlier codes that are still good
TOKEN_STEP = 20  # seconds a QR is shown
TOKEN_GRACE = 2
TOKEN_BYTES = 15  # 20 characters in the address, 120 bits


def spoken_code(secret: str, moment: datetime) -> str:
    """Return the six characters that are good at the moment, from the alphabet without 0 O 1 I L."""
    return _code(secret, _step(moment, CODE_STEP))


def is_spoken_code(secret: str, typed: str, moment: datetime) -> bool:
    """Whether what was typed is the code of the moment or the one before; case and spaces do not matter."""
    typed = as_typed(typed)
    now = _step(moment, CODE_STEP)
    return any(_same(typed, _code(secret, now - back)) for back in range(CODE_GRACE + 1))


def qr_token(secret: str, session_code: str, moment: datetime) -> str:
    """Return the token of the QR shown at the moment; it is good for one session only."""
    return _token(secret, session_code, _step(moment, TOKEN_STEP))


def is_qr_token(secret: str, session_code: str, token: str, moment: datetime) -> bool:
    """Whether the token is that of the moment or of the two steps before."""
    now = _step(moment, TOKEN_STEP)
    return any(_same(token, _token(secret, session_code, now - back)) for back in range(TOKEN_GRACE + 1))


def as_typed(text: str) -> str:
    """Return typed text as codes are written: upper case, without spaces and dashes."""
    return "".join(character for character in text.upper() if character.isalnum())


def in_groups(code: str) -> str:
    """Return "K7M 42P": two groups of three are easier to read aloud."""
    return f"{code[:3]} {code[3:]}"


def code_changes_in(moment: datetime) -> int:
    """Seconds until the spoken code is replaced by the next."""
    return CODE_STEP - int(moment.timestamp()) % CODE_STEP


def _step(moment: datetime, seconds: int) -> int:
    return int(moment.timestamp()) // seconds


def _code(secret: str, step: int) -> str:
    number = int.from_bytes(_digest(secret, f"code:{step}"))
    characters = []
    for _place in range(CODE_LENGTH):
        number, index = divmod(number, len(CODE_ALPHABET))
        characters.append(CODE_ALPHABET[index])
    return "".join(characters)


def _token(secret: str, session_code: str, step: int) -> str:
    return urlsafe_b64encode(_digest(secret, f"qr:{session_code}:{step}")[:TOKEN_BYTES]).decode()


def _digest(secret: str, text: str) -> bytes:
    return hmac.digest(secret.encode(), text.encode(), sha256)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())

"""Codes that people type from paper, with a check letter: a slip of one character is told from a code nobody has.

The last character makes the weighted sum of all a multiple of 31, the number of characters there are. Because 31
is prime and no weight is a multiple of it, every single wrong character and every swap of two neighbours is found.
"""

import secrets

from closedloop.core.models import CODE_ALPHABET

SIZE = len(CODE_ALPHABET)


def checked_code(length: int) -> str:
    """Return a random code whose last character is its check letter; at most 30 characters."""
    body = "".join(secrets.choice(CODE_ALPHABET) for _ in range(length - 1))
    return body + CODE_ALPHABET[-weighted_sum(body + CODE_ALPHABET[0]) % SIZE]


def is_mistyped(code: str, length: int) -> bool:
    """Whether the code cannot be any of ours: too long or short, a character we never print, or a wrong check."""
    return len(code) != length or not set(code) <= set(CODE_ALPHABET) or weighted_sum(code) % SIZE != 0


def weighted_sum(code: str) -> int:
    """Return the sum of the characters' places in the alphabet, the last one counted once, the one before twice …"""
    return sum(
        weight * CODE_ALPHABET.index(character) for weight, character in enumerate(reversed(code), start=1)
    )


def typed_code(text: str) -> str:
    """Return what somebody typed as a code is stored: capitals and digits, without spaces and hyphens."""
    return "".join(sign for sign in text.upper() if sign.isalnum())

"""Read settings from the environment, and say plainly what is missing."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def env(name: str, default: str | None = None) -> str:
    """Return NAME, or the content of the file that NAME_FILE points at (container secrets).

    Without a default the variable is required: raises ImproperlyConfigured naming it.
    """
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set; .env.example says what it is for.")
    return value


def env_bool(name: str, default: str = "0") -> bool:
    """Return NAME as a switch; only "0" and "1" are understood, so that "False" cannot mean yes."""
    value = env(name, default)
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f'{name} is "{value}"; write 0 or 1.')
    return value == "1"


def env_day(name: str, default: str) -> int:
    """Return NAME as a day that every month has."""
    value = env(name, default)
    if not value.isdecimal() or not 1 <= int(value) <= 28:
        raise ImproperlyConfigured(f'{name} is "{value}"; write a day from 1 to 28.')
    return int(value)


def env_list(name: str, default: str = "") -> list[str]:
    """Return NAME split at commas, without blanks."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]

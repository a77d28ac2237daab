"""One thing that would be judged differently under another version."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Effect:
    """What it is about, and what changes; `url` leads to the records."""

    about: str
    text: str
    url: str = ""

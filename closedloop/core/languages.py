"""The language of what is kept for others to read, whatever language its writer reads the portal in."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation


@contextmanager
def for_others() -> Iterator[None]:
    """Say everything in the portal's own language: titles, messages and reasons that are stored.

    Around those alone. What refuses the writer's own input stays in the writer's language.
    """
    with translation.override(settings.LANGUAGE_CODE):
        yield

"""How often one link may act. Counted by link, never by address: a factory shares one address, honest people too."""

from django.core.cache import cache

from partnerships.models import ConfirmationLink

MOST = 60  # acts
WITHIN = 600  # seconds


def is_over(link: ConfirmationLink) -> bool:
    """Count one more act of the link, and say whether there were too many lately."""
    name = f"confirmation-link:{link.code}"
    if cache.add(name, 1, WITHIN):
        return MOST < 1
    try:
        return cache.incr(name) > MOST
    except ValueError:  # it ran out between the two calls
        return False

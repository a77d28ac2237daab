"""Impossible leave for agreements that a standing holds back."""

from partnerships.models import HoldOverride
from tests.guards.rows import again, change, one

VIOLATIONS = {
    "hold_is_overridden_once": lambda: again(one(HoldOverride)),
    "hold_override_says_why": lambda: change(one(HoldOverride), reason=""),
}

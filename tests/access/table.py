"""One row of the access table."""

from collections.abc import Callable
from dataclasses import dataclass, field

ROLES = (
    "lead",
    "staff",
    "mentor",
    "other_mentor",
    "assessor",
    "owner",
    "other_owner",
    "buyer",
    "other_buyer",
    "viewer",
    "admin",
)


@dataclass(frozen=True)
class Row:
    """Who gets what at one address.

    `allowed` and `hidden` are names of the cast, separated by spaces. The allowed get `code` (200 for a
    page, 302 for an act), the hidden 404 (not theirs, and they must not learn that it exists), everybody
    else 403; anonymous people are always sent to sign in. `args` builds the address from the world, `data`
    the form; `before` prepares what the act needs.
    """

    name: str
    method: str = "get"
    args: Callable = field(default=lambda world: [])
    allowed: str = ""
    hidden: str = ""
    code: int = 200
    data: Callable = field(default=lambda world: {})
    query: str = ""
    before: Callable = field(default=lambda world: None)

    def expected(self, who: str) -> int:
        if who in self.allowed.split():
            return self.code
        return 404 if who in self.hidden.split() else 403


EVERYBODY = " ".join(ROLES)
OVERSIGHT = "lead staff viewer admin"

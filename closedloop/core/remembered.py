"""Numbers that may be some seconds old, remembered in the memory of this process.

A menu counts what waits for its reader on every page, and a list counts what its tabs would find. That is half
of such a page's work, for numbers that hardly ever change between two clicks. So they are remembered for
`REMEMBERED_SECONDS`, for one reader in one browser.

What a reader does must show at once: each of their acts gives the browser a new mark (`ActMiddleware`), and what
was remembered under another mark is never found again. The mark travels with the browser, since the next page
may be answered by another process; it only chooses among the reader's own numbers, so nothing can be learnt by
forging one. What others do shows when the seconds are over.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings

# readers of one process times what is counted for each; the longest unused is dropped
MOST = 5000
LONGEST_MARK = 16
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))

_known: OrderedDict[tuple, tuple[float, Any]] = OrderedDict()
_lock = Lock()


def remembered(request, name: str, work_out: Callable[[], Any]) -> Any:
    """Return what `work_out` found for this reader at most REMEMBERED_SECONDS ago; else ask it, and remember.

    Give only what depends on nothing but the reader and the name: no language, nothing of the address.
    """
    key = (request.user.pk, request.user.role, mark_of(request), name)
    with _lock:
        found = _known.get(key)
    if found and monotonic() - found[0] < settings.REMEMBERED_SECONDS:
        return found[1]
    value = work_out()
    with _lock:
        _known[key] = (monotonic(), value)
        _known.move_to_end(key)
        while len(_known) > MOST:
            _known.popitem(last=False)
    return value


def mark_of(request) -> str:
    return request.COOKIES.get(settings.ACT_COOKIE_NAME, "")[:LONGEST_MARK]


class ActMiddleware:
    """Give the browser a new mark with the answer to each act, so that its next page counts anew."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method not in SAFE and request.user.is_authenticated:
            response.set_cookie(
                settings.ACT_COOKIE_NAME,
                secrets.token_urlsafe(6),
                max_age=2 * settings.REMEMBERED_SECONDS,  # by then nothing older is remembered
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

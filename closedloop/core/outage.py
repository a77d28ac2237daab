"""What a reader is told while the database is away: come back in a moment (reliability R4)."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error

COME_BACK_AFTER = 10  # seconds


def failed(request: HttpRequest) -> HttpResponse:
    """Answer what no view answered: 503 when the database did not, 500 for a fault of ours.

    Django calls it while the error is being handled, so which one it is can be asked.
    """
    if not isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return server_error(request)
    page = loader.get_template("503.html").render()
    return HttpResponse(page, status=503, headers={"Retry-After": str(COME_BACK_AFTER)})

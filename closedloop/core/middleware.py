"""Small middleware that no library gives us in this shape."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from closedloop.core.models import Heartbeat
from closedloop.core.queues import PROCESSES

SILENCE = timedelta(seconds=60)  # reliability R10


class HealthMiddleware:
    """Answer /healthz and /readyz before anything that needs a host name, a session or a user.

    /healthz touches nothing; /readyz is 503 when the database is down or migrations are pending, and names
    what is degraded without giving a secret away (reliability O3).
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.migrated = False

    def __call__(self, request):
        if request.path == "/healthz":
            return JsonResponse({"status": "ok"})
        if request.path == "/readyz":
            return self.ready()
        return self.get_response(request)

    def ready(self) -> JsonResponse:
        try:
            connection.ensure_connection()
            if not self.migrated:
                executor = MigrationExecutor(connection)
                self.migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        except Exception:  # whatever the driver raises, the answer is the same
            return JsonResponse({"status": "unavailable", "database": "down"}, status=503)
        if not self.migrated:
            return JsonResponse({"status": "unavailable", "database": "migrations pending"}, status=503)
        silent = self.silent_processes()
        return JsonResponse({"status": "degraded" if silent else "ok", "database": "up", "silent": silent})

    def silent_processes(self) -> list[str]:
        """Return the background processes that have not said for a minute that they live."""
        beats = dict(Heartbeat.objects.values_list("name", "at"))
        limit = timezone.now() - SILENCE
        return sorted(name for name in PROCESSES if name not in beats or beats[name] < limit)


class LanguageMiddleware:
    """Indonesian unless the reader chose otherwise: the browser's own language is not asked.

    Most phones in the workshops are set to English by their makers, not by their owners.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class UnreadableTextMiddleware:
    """Answer 400 to text that no database can hold: NUL, or half a character (a surrogate alone).

    Forms refuse NUL at its field; addresses, filters and parcels of our scripts do not pass through a form. It is
    the driver that objects, before anything is sent, so nothing has been saved.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        is_nul = isinstance(exception, ValueError) and "NUL" in str(exception)
        is_half = isinstance(exception, UnicodeEncodeError) and "surrogates" in exception.reason
        return render(request, "400.html", status=400) if is_nul or is_half else None


class PrivacyHeadersMiddleware:
    """Keep signed-in pages out of every cache, and fragments apart from whole pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["HX-Request"])
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

"""Addresses of the screens on top of the domain."""

from django.urls import include, path

from closedloop.dashboard.views import trail

own: list = []

urlpatterns = [
    path("", include((own, "dashboard"))),
    path("", include(([path("audit/", trail.events, name="events")], "audit"))),
]

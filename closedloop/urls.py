"""Addresses. Paths are Indonesian words, names are English (architecture.md, "Addresses")."""

from django.urls import include, path

urlpatterns = [
    path("", include("closedloop.accounts.urls")),
    path("", include("closedloop.notifications.urls")),
    path("", include("participants.urls")),
    path("", include("trainings.urls")),
    path("", include("assessments.urls")),
    path("", include("partnerships.urls")),
    path("", include("closedloop.reports.urls")),
    path("", include("closedloop.dashboard.urls")),  # last: /ikm/<code>/ must not catch /ikm/tambah/
]

handler500 = "closedloop.core.outage.failed"

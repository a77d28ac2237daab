"""Addresses of the visits that a month's standing asks for."""

from django.urls import path

from assessments.views import visit_calls

urlpatterns = [
    path("kunjungan-diminta/", visit_calls.visit_calls, name="visit_calls"),
    path("kunjungan-diminta/<uuid:pk>/", visit_calls.visit_call, name="visit_call"),
    path("kunjungan-diminta/<uuid:pk>/rencanakan/", visit_calls.plan, name="plan_visit"),
    path("kunjungan-diminta/<uuid:pk>/tanpa-sesi/", visit_calls.settle, name="settle_visit_call"),
]

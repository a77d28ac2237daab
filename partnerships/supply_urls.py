"""Addresses of supply clearance and samples; part of partnerships.urls."""

from django.urls import path

from partnerships.views import clearances, samples

urlpatterns = [
    path("ikm/<str:code>/mou/siap/<str:buyer_code>/", clearances.clearance, name="clearance"),
    path("ikm/<str:code>/mou/siap/<str:buyer_code>/sampel/", samples.add_sample, name="add_sample"),
    path("mitra/sampel/", samples.samples, name="samples"),
    path("sampel/<uuid:pk>/putusan/", samples.decide, name="decide_sample"),
]

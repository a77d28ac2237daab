"""Addresses of the areas of one assessment, below "penilaian/<code>/area/"."""

from django.urls import path

from assessments.views import areas

urlpatterns = [
    path("", areas.areas, name="areas"),
    path("<int:order>/", areas.area, name="area"),
    path("<int:order>/hapus/", areas.remove, name="remove_area"),
]

"""Addresses of quarterly reviews."""

from django.urls import path

from partnerships.views import reviews

urlpatterns = [
    path("mou/<str:code>/tinjauan/tambah/", reviews.add_review, name="add_review"),
    path("mou/<str:code>/tinjauan/<uuid:pk>/", reviews.review, name="review"),
]

"""Addresses behind the signed link of a buyer's contact: no account, no menu."""

from django.urls import path

from partnerships.views import link, link_complaints, link_rows

urlpatterns = [
    path("<str:token>/", link.link, name="link"),
    path("<str:token>/keluhan/<str:code>/", link_complaints.link_check, name="link_check"),
    path("<str:token>/keluhan/foto/<uuid:pk>/", link_complaints.link_photo, name="link_photo"),
    path("<str:token>/<slug:kind>/<uuid:pk>/", link_rows.link_row, name="link_row"),
    path("<str:token>/<slug:kind>/<uuid:pk>/sesuai/", link_rows.link_row_confirm, name="link_row_confirm"),
    path("<str:token>/<str:code>/", link.link_delivery, name="link_delivery"),
    path("<str:token>/<str:code>/sesuai/", link.link_confirm, name="link_confirm"),
    path("<str:token>/<str:code>/selisih/", link.link_dispute, name="link_dispute"),
]

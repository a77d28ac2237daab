"""Addresses of buyers' complaints."""

from django.urls import path

from partnerships.views import complaint_acts as acts
from partnerships.views import complaints

urlpatterns = [
    path("keluhan/", complaints.complaints, name="complaints"),
    path("keluhan/tambah/", complaints.add_complaint, name="add_complaint"),
    path("keluhan/<str:code>/", complaints.complaint, name="complaint"),
    path("keluhan/<str:code>/foto/", complaints.complaint_photo, name="complaint_photo"),
    path("keluhan/<str:code>/tahan/", acts.contain_complaint, name="contain_complaint"),
    path("keluhan/<str:code>/mengapa/", acts.complaint_causes, name="complaint_causes"),
    path("keluhan/<str:code>/tindakan/", acts.plan_complaint_action, name="plan_complaint_action"),
    path("keluhan/<str:code>/ajukan/", acts.propose_complaint, name="propose_complaint"),
    path("keluhan/<str:code>/cek/", acts.check_complaint, name="check_complaint"),
    path("keluhan/<str:code>/kaitkan/", acts.link_complaint, name="link_complaint"),
    path("tindakan-keluhan/<uuid:pk>/selesai/", acts.finish_complaint_action, name="finish_complaint_action"),
    path(
        "tindakan-keluhan/<uuid:pk>/foto/", complaints.complaint_action_photo, name="complaint_action_photo"
    ),
]

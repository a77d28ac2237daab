"""Addresses of what buyers need made, and of IKM beside it."""

from django.urls import path

from partnerships.views import matches, my_requirements, requirement_drafts, requirements

VERSION = "kebutuhan/<str:code>/v<int:version>/"
urlpatterns = [
    path("kebutuhan/", requirements.requirements, name="requirements"),
    path("kebutuhan/<str:code>/", requirements.requirement, name="requirement"),
    path(
        "kebutuhan/<str:code>/versi-baru/",
        requirement_drafts.start_requirement_version,
        name="start_requirement_version",
    ),
    path(VERSION, requirements.requirement_version, name="requirement_version"),
    path(f"{VERSION}ubah/", requirement_drafts.edit_requirement, name="edit_requirement"),
    path(f"{VERSION}baris/tambah/", requirement_drafts.add_requirement_line, name="add_requirement_line"),
    path(f"{VERSION}terbitkan/", requirement_drafts.publish_requirement, name="publish_requirement"),
    path(f"{VERSION}hapus/", requirement_drafts.discard_requirement, name="discard_requirement"),
    path(f"{VERSION}akhiri/", requirement_drafts.close_requirement, name="close_requirement"),
    path(f"{VERSION}ikm/", matches.makers, name="makers"),
    path(f"{VERSION}ikm/<str:enterprise_code>/", matches.requirement_match, name="requirement_match"),
    path(
        f"{VERSION}ikm/<str:enterprise_code>/tujukan/",
        matches.address_requirement,
        name="address_requirement",
    ),
    path(
        "kebutuhan-baris/<uuid:pk>/ubah/",
        requirement_drafts.edit_requirement_line,
        name="edit_requirement_line",
    ),
    path(
        "kebutuhan-baris/<uuid:pk>/hapus/",
        requirement_drafts.remove_requirement_line,
        name="remove_requirement_line",
    ),
    path(
        "perusahaan/<str:code>/kebutuhan/tambah/", requirement_drafts.add_requirement, name="add_requirement"
    ),
    path("ikm/<str:code>/mou/kebutuhan/", matches.enterprise_requirements, name="enterprise_requirements"),
    path("saya/kebutuhan/", my_requirements.my_requirements, name="my_requirements"),
    path("saya/kebutuhan/<str:code>/", my_requirements.my_requirement, name="my_requirement"),
]

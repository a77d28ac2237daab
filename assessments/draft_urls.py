"""The addresses of a draft, below that of its version: of a rubric, and of a class scheme."""

from django.urls import path

from assessments.views import criteria, dimensions, rubric_drafts, scheme_drafts, trial

of_rubric = [
    path("versi-baru/", rubric_drafts.start, name="start_rubric"),
    path("coba/", trial.rubric, name="try_rubric"),
    path("bobot/", rubric_drafts.weights, name="rubric_weights"),
    path("terbitkan/", rubric_drafts.publish, name="publish_rubric"),
    path("hapus/", rubric_drafts.discard, name="discard_rubric"),
    path("bidang/baru/", dimensions.add, name="add_dimension"),
    path("bidang/<str:dimension>/", dimensions.edit, name="edit_dimension"),
    path("bidang/<str:dimension>/pindah/", dimensions.move, name="move_dimension"),
    path("bidang/<str:dimension>/keluar/", dimensions.remove, name="remove_dimension"),
    path("bidang/<str:dimension>/butir/baru/", criteria.add, name="add_criterion"),
    path("bidang/<str:dimension>/kembalikan/", criteria.restore, name="restore_criterion"),
    path("butir/<str:criterion>/", criteria.edit, name="edit_criterion"),
    path("butir/<str:criterion>/pindah/", criteria.move, name="move_criterion"),
    path("butir/<str:criterion>/keluar/", criteria.remove, name="remove_criterion"),
]
of_scheme = [
    path("", scheme_drafts.scheme, name="class_scheme"),
    path("versi-baru/", scheme_drafts.start, name="start_scheme"),
    path("terbitkan/", scheme_drafts.publish, name="publish_scheme"),
    path("hapus/", scheme_drafts.discard, name="discard_scheme"),
    path("coba/", trial.scheme, name="try_scheme"),
    path("syarat/baru/", scheme_drafts.add, name="add_requirement"),
    path("syarat/<uuid:pk>/", scheme_drafts.edit, name="edit_requirement"),
    path("syarat/<uuid:pk>/keluar/", scheme_drafts.remove, name="remove_requirement"),
]

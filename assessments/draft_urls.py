"""The addresses of a draft, below that of its version."""

from django.urls import path

from assessments.views import criteria, dimensions, rubric_drafts

of_rubric = [
    path("versi-baru/", rubric_drafts.start, name="start_rubric"),
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

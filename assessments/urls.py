from django.urls import path

from assessments.views import decisions, files, filling, findings, owner, results, reviews, rubrics

app_name = "assessments"
urlpatterns = [
    path("penilaian/", results.assessments, name="list"),
    path("penilaian/baru/", filling.start, name="start"),
    path("penilaian/bukti/<uuid:pk>/", files.evidence, name="evidence"),
    path("penilaian/bukti/<uuid:pk>/hapus/", filling.remove_evidence, name="remove_evidence"),
    path("penilaian/<str:code>/", results.detail, name="detail"),
    path("penilaian/<str:code>/isi/", filling.fill, name="fill"),
    path("penilaian/<str:code>/isi/<slug:slug>/", filling.section, name="section"),
    path("penilaian/<str:code>/periksa/", filling.check, name="check"),
    path("penilaian/<str:code>/ambil/", reviews.take, name="take"),
    path("penilaian/<str:code>/tinjau/", reviews.review, name="review"),
    path("tinjauan/", reviews.reviews, name="reviews"),
    path("temuan/", findings.findings, name="findings"),
    path("temuan/baru/", findings.add, name="add_finding"),
    path("temuan/foto/<uuid:pk>/", files.action_photo, name="action_photo"),
    path("temuan/<str:code>/", findings.finding, name="finding"),
    path("temuan/<str:code>/kerjakan/", findings.start, name="start_finding"),
    path("temuan/<str:code>/selesai/", findings.propose, name="propose_closing"),
    path("temuan/<str:code>/tutup/", findings.close, name="close_finding"),
    path("temuan/<str:code>/minta-ulang/", findings.reopen, name="reopen_finding"),
    path("naik-kelas/", decisions.decisions, name="decisions"),
    path("naik-kelas/<str:code>/", decisions.decision, name="decision"),
    path("naik-kelas/<str:code>/periksa/", decisions.check, name="check_decision"),
    path("naik-kelas/<str:code>/tarik/", decisions.withdraw, name="withdraw_decision"),
    path("rubrik/", rubrics.rubrics, name="rubrics"),
    path("rubrik/<slug:code>/<int:version>/", rubrics.rubric, name="rubric"),
    path("angkatan/<slug:code>/rubrik/", rubrics.pin, name="pin_rubric"),
    path("kelas/", rubrics.classes, name="classes"),
    path("ikm/<str:code>/penilaian/", results.enterprise, name="enterprise"),
    path("ikm/<str:code>/naik-kelas/", decisions.propose, name="propose_decision"),
    path("saya/nilai/", owner.my_scores, name="my_scores"),
    path("saya/perbaikan/", owner.my_findings, name="my_findings"),
]

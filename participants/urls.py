"""Addresses of the registry. Fixed words come before codes."""

from django.urls import path

from participants.views import cohorts, enterprises, imports, lists, own

app_name = "participants"
urlpatterns = [
    path("ikm/", lists.enterprise_list, name="list"),
    path("ikm/unduh/", lists.export, name="export"),
    path("ikm/saring/", lists.filters, name="filters"),
    path("ikm/massal/", lists.bulk, name="bulk"),
    path("ikm/tambah/", enterprises.add, name="add"),
    path("ikm/<slug:code>/data/", enterprises.detail, name="detail"),
    path("ikm/<slug:code>/lengkap/", enterprises.identity, name="identity"),
    path("ikm/<slug:code>/ubah/", enterprises.edit, name="edit"),
    path("ikm/<slug:code>/riwayat/", enterprises.timeline, name="timeline"),
    path("ikm/<slug:code>/orang/tambah/", enterprises.add_person, name="add_person"),
    path("ikm/<slug:code>/orang/<uuid:pk>/", enterprises.edit_person, name="edit_person"),
    path("ikm/<slug:code>/orang/<uuid:pk>/undang/", enterprises.invite_person, name="invite_person"),
    path("ikm/<slug:code>/dokumen/tambah/", enterprises.add_document, name="add_document"),
    path("ikm/<slug:code>/angka/tambah/", enterprises.add_figure, name="add_figure"),
    path("ikm/<slug:code>/persetujuan/tambah/", enterprises.add_consent, name="add_consent"),
    path(
        "ikm/<slug:code>/persetujuan/<uuid:pk>/tarik/",
        enterprises.withdraw_consent,
        name="withdraw_consent",
    ),
    path("dokumen/<uuid:pk>/", enterprises.document, name="document"),
    path("angkatan/", cohorts.cohorts, name="cohorts"),
    path("angkatan/tambah/", cohorts.add_cohort, name="add_cohort"),
    path("angkatan/<slug:code>/", cohorts.cohort, name="cohort"),
    path("angkatan/<slug:code>/ubah/", cohorts.edit_cohort, name="edit_cohort"),
    path("angkatan/<slug:code>/status/", cohorts.move_cohort, name="move_cohort"),
    path("angkatan/<slug:code>/daftarkan/", cohorts.enrol, name="enrol"),
    path("kepesertaan/<uuid:pk>/status/", cohorts.move_enrolment, name="move_enrolment"),
    path("kepesertaan/<uuid:pk>/mentor/", cohorts.assign_mentor, name="assign_mentor"),
    path("impor/", imports.imports, name="imports"),
    path("impor/baru/", imports.upload, name="upload"),
    path("impor/<uuid:pk>/", imports.import_detail, name="import"),
    path("impor/<uuid:pk>/simpan/", imports.save, name="save_import"),
    path("impor/<uuid:pk>/batal/", imports.discard, name="discard_import"),
    path("impor/<uuid:pk>/bermasalah/", imports.problems, name="problems"),
    path("impor/baris/<uuid:pk>/baru/", imports.import_as_new, name="import_as_new"),
    path("saya/usaha/", own.my_enterprise, name="my_enterprise"),
    path("saya/usaha/ubah/", own.edit_my_enterprise, name="edit_my_enterprise"),
    path("saya/berkas/", own.my_documents, name="my_documents"),
]

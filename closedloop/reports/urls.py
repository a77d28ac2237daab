from django.urls import path

from closedloop.reports import (
    check_views,
    cohort_views,
    document_views,
    minutes_views,
    progress_views,
    revoke_views,
    schedule_views,
    views,
)

app_name = "reports"
urlpatterns = [
    path("laporan/", views.reports, name="list"),
    path("laporan/minta/", views.request_report, name="request"),
    path("laporan/berjalan/", progress_views.running, name="running"),
    path("laporan/berita-acara/<slug:code>/", minutes_views.request_minutes, name="minutes"),
    path("laporan/dokumen/", cohort_views.documents, name="documents"),
    path("laporan/dokumen/<slug:kind>/<slug:code>/", document_views.request_document, name="document"),
    path("laporan/angka/<slug:code>/", document_views.download_sheet, name="download_sheet"),
    path("laporan/unduh/<slug:code>/", views.download, name="download"),
    path("laporan/cabut/<slug:code>/", revoke_views.revoke, name="revoke"),
    path("laporan/jadwal/", schedule_views.schedules, name="schedules"),
    path("laporan/jadwal/<slug:code>/", schedule_views.schedule, name="schedule"),
    path("laporan/jadwal/<slug:code>/jeda/", schedule_views.pause, name="pause_schedule"),
    path("laporan/jadwal/<slug:code>/coba-lagi/", schedule_views.try_again, name="retry_schedule"),
    path("laporan/<slug:code>/", views.batch, name="batch"),
    path("laporan/<slug:code>/kemajuan/", progress_views.progress, name="progress"),
    path("laporan/<slug:code>/batalkan/", progress_views.stop, name="cancel"),
    path("laporan/<slug:code>/ulangi/", views.retry, name="retry"),
    path("laporan/<slug:code>/zip/", views.download_all, name="download_all"),
    path("periksa/", check_views.verify, name="verify"),
    path("periksa/berkas/", check_views.compare, name="compare"),
    path("periksa/<slug:code>/", check_views.verify, name="verify"),
    path("periksa/<slug:code>/berkas/", check_views.compare, name="compare"),
]

from django.urls import path

from trainings.views import (
    certificates,
    curricula,
    feeds,
    owner,
    progress,
    requests,
    results,
    running,
    schedule,
    warnings,
)

app_name = "trainings"
urlpatterns = [
    # the owner's phone
    path("saya/jadwal/", owner.my_schedule, name="my_schedule"),
    path("saya/sesi/<slug:code>/", owner.my_session, name="my_session"),
    path("saya/sesi/<slug:code>/izin/", requests.ask_excuse, name="ask_excuse"),
    path("presensi/", owner.check_in, name="check_in"),
    path("presensi/<slug:receipt>/", owner.receipt, name="receipt"),
    path("presensi/<slug:receipt>/koreksi/", requests.ask_correction, name="ask_correction"),
    path("presensi/<slug:receipt>/batalkan/", owner.undo, name="undo_check_in"),
    path("p/<slug:code>/", owner.check_in_session, name="check_in_session"),
    path("kalender/", feeds.feeds, name="feeds"),
    path("kalender/buat/", feeds.make_feed, name="make_feed"),
    path("kalender/<uuid:pk>/matikan/", feeds.end_feed, name="end_feed"),
    path("kalender/<str:token>.ics", feeds.calendar, name="feed"),
    # sessions: planning
    path("sesi/", schedule.sessions, name="sessions"),
    path("sesi/tambah/", schedule.add, name="session_add"),
    path("sesi/<slug:code>/ubah/", schedule.edit, name="session_edit"),
    path("sesi/<slug:code>/batalkan/", schedule.cancel, name="session_cancel"),
    path("angkatan/<slug:code>/jadwal/", schedule.cohort, name="cohort"),
    path("angkatan/<slug:code>/jadwal/terbitkan/", schedule.publish, name="publish"),
    # sessions: running one
    path("sesi/<slug:code>/", running.session, name="session"),
    path("sesi/<slug:code>/layar/", running.screen, name="session_screen"),
    path("sesi/<slug:code>/daftar-hadir/", running.sheet, name="session_sheet"),
    path("sesi/<slug:code>/buka/", running.open_session, name="session_open"),
    path("sesi/<slug:code>/tutup/", running.close, name="session_close"),
    path("sesi/<slug:code>/semua-hadir/", running.mark_all, name="mark_all"),
    path("sesi/<slug:code>/verifikasi/", running.verify, name="verify"),
    path("sesi/<slug:code>/hadir/<uuid:enrolment>/", running.mark, name="mark"),
    path("kehadiran/<slug:receipt>/tolak/", running.reject, name="reject"),
    path("kehadiran/<slug:receipt>/koreksi/", running.correct, name="correct"),
    path("kehadiran/permintaan/", requests.requests, name="requests"),
    path("kehadiran/permintaan/izin/<uuid:pk>/", requests.answer_excuse, name="answer_excuse"),
    path("kehadiran/permintaan/izin/<uuid:pk>/foto/", requests.excuse_photo, name="excuse_photo"),
    path("kehadiran/permintaan/koreksi/<uuid:pk>/", requests.answer_correction, name="answer_correction"),
    path("kehadiran/permintaan/koreksi/<uuid:pk>/foto/", requests.correction_photo, name="correction_photo"),
    path("peringatan/", warnings.warnings, name="warnings"),
    path("peringatan/<uuid:pk>/", warnings.answer, name="answer_warning"),
    # marks of tests, progress, curriculum
    path("angkatan/<slug:code>/tes/<slug:module>/", results.grid, name="results"),
    path("ikm/<slug:code>/kehadiran/", progress.enterprise, name="enterprise"),
    path("kurikulum/", curricula.curricula, name="curricula"),
    path("kurikulum/<slug:code>/<int:version>/", curricula.curriculum, name="curriculum"),
    path("angkatan/<slug:code>/kurikulum/", curricula.pin, name="pin_curriculum"),
    # certificates
    path("angkatan/<slug:code>/sertifikat/", certificates.cohort, name="certificates"),
    path(
        "angkatan/<slug:code>/sertifikat/<str:module>/terbitkan/",
        certificates.issue,
        name="issue_certificates",
    ),
    path("saya/sertifikat/", certificates.my_certificates, name="my_certificates"),
    path("sertifikat/", certificates.certificate, name="certificate_search"),
    path("sertifikat/<slug:code>/", certificates.certificate, name="certificate"),
    path("sertifikat/<slug:code>/cetak/", certificates.printed, name="certificate_print"),
    path("sertifikat/<slug:code>/ganti/", certificates.end, name="certificate_end"),
]

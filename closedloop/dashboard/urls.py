"""Addresses of the screens on top of the domain."""

from django.urls import include, path

from closedloop.dashboard.views import (
    attendance,
    cohort,
    cohort_plan,
    first_cohort,
    homes,
    items,
    loop,
    new_cohort,
    owner,
    profile,
    programme,
    search,
    start,
    trail,
)

own = [
    path("", start.start, name="start"),
    path("beranda/", programme.home, name="home"),
    path("tugas/", homes.tasks, name="tasks"),
    path("saya/", owner.home, name="owner_home"),
    path("mentor/", homes.mentor_home, name="mentor_home"),
    path("mitra/", homes.buyer_home, name="buyer_home"),
    path("ikm/<slug:code>/", profile.profile, name="profile"),
    path("ikm/<slug:code>/butir/<str:item>/", items.item, name="item"),
    path("angkatan/mulai/", first_cohort.first_cohort, name="first_cohort"),
    path("angkatan/tambah/", new_cohort.add_cohort, name="add_cohort"),
    path("kehadiran/", attendance.programme, name="attendance"),
    path("angkatan/<slug:code>/kehadiran/", attendance.cohort, name="cohort_attendance"),
    path("angkatan/<slug:code>/", cohort.cohort, name="cohort"),
    path("angkatan/<slug:code>/versi/", cohort_plan.pins, name="cohort_pins"),
    path("angkatan/<slug:code>/salin/", cohort_plan.clone, name="clone_cohort"),
    path("putaran/", loop.loop, name="loop"),
    path("putaran/unduh/", loop.loop_sheet, name="loop_sheet"),
    path("cari/", search.search, name="search"),
    path("bantuan/", start.help_page, name="help"),
]

urlpatterns = [
    path("", include((own, "dashboard"))),
    path("", include(([path("audit/", trail.events, name="events")], "audit"))),
]

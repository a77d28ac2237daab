"""The door, and pages about accounts. allauth's pages keep the names it looks them up by."""

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from closedloop.accounts import views

own = [
    path("akun/", views.profile, name="profile"),
    path("aktivasi/<str:token>/", views.activate, name="activate"),
    path("pengguna/", views.users, name="users"),
    path("pengguna/undang/", views.invite, name="invite"),
    path("pengguna/<uuid:pk>/", views.user, name="user"),
    path("pengguna/<uuid:pk>/aktif/", views.set_active, name="set_active"),
    path("pengguna/<uuid:pk>/undang-lagi/", views.renew_invitation, name="renew_invitation"),
    path("organisasi/", views.organisations, name="organisations"),
    path("organisasi/tambah/", views.edit_organisation, name="add_organisation"),
    path("organisasi/<uuid:pk>/", views.edit_organisation, name="edit_organisation"),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    path("bahasa/", login_not_required(set_language), name="set_language"),
    path("masuk/", login_not_required(allauth.login), name="account_login"),
    path("keluar/", login_not_required(allauth.logout), name="account_logout"),
    path("akun/daftar/", login_not_required(allauth.signup), name="account_signup"),
    path("akun/ditutup/", login_not_required(allauth.account_inactive), name="account_inactive"),
    path("akun/masuk-lagi/", allauth.reauthenticate, name="account_reauthenticate"),
    path("sandi/ganti/", allauth.password_change, name="account_change_password"),
    path("sandi/pasang/", allauth.password_set, name="account_set_password"),
    path("sandi/lupa/", login_not_required(allauth.password_reset), name="account_reset_password"),
    path(
        "sandi/lupa/terkirim/",
        login_not_required(allauth.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "sandi/atur/<uidb36>-<key>/",
        login_not_required(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "sandi/atur/selesai/",
        login_not_required(allauth.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]

from django.urls import path

from closedloop.notifications import views

app_name = "notifications"
urlpatterns = [
    path("pemberitahuan/", views.notifications, name="list"),
    path("pemberitahuan/terbaca/", views.mark_all_read, name="mark_all_read"),
    path("pemberitahuan/<uuid:pk>/", views.open_notification, name="open"),
]

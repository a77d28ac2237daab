from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "closedloop.dashboard"
    label = "dashboard"

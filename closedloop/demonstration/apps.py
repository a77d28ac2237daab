from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "closedloop.demonstration"
    label = "demonstration"

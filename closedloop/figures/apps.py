from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "closedloop.figures"
    label = "figures"

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from closedloop.reports.libraries import check_libraries


class ReportsConfig(AppConfig):
    name = "closedloop.reports"
    label = "reports"
    verbose_name = _("Laporan")

    def ready(self):
        register(check_libraries, Tags.compatibility)

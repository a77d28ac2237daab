"""The Celery application: PostgreSQL keeps the record of work, a message is only "look at job X now"."""

import os
import resource

from celery import Celery
from celery.signals import worker_process_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closedloop.settings")

app = Celery("closedloop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["closedloop.dashboard"], related_name="morning")


@worker_process_init.connect
def bound_memory(**_signal) -> None:
    """Let an allocation beyond WORKER_MEMORY_MB fail: the task ends with a MemoryError, and no neighbour with it.

    Private memory only (RLIMIT_DATA): the address space of a process that draws PDFs is mostly files of libraries.
    """
    most = settings.WORKER_MEMORY_MB * 2**20
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or most <= hard:
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))

"""The Celery application: PostgreSQL keeps the record of work, a message is only "look at job X now"."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closedloop.settings")

app = Celery("closedloop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["closedloop.dashboard"], related_name="morning")

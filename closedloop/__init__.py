"""The IKM Closed Loop portal."""

from closedloop.celery import app as celery_app

__all__ = ["celery_app"]

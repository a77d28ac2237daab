"""Whose records tasks are about: those who take part now."""

from django.db.models import QuerySet

from participants.models import Enrolment


def here(rows: QuerySet) -> QuerySet:
    """Return the records of enterprises that have not left and are not on leave: nobody is reminded of the others."""
    return rows.exclude(enterprise__in=Enrolment.objects.away().values("enterprise"))

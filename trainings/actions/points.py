"""Saying where a place of training lies."""

from decimal import Decimal

from django.db import transaction

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from trainings.models import PlacePoint, TrainingSession
from trainings.models.points import place_key


@transaction.atomic
def set_point(session: TrainingSession, *, latitude: Decimal, longitude: Decimal, by: User) -> PlacePoint:
    """Store the point of the session's place, in degrees; every session at the same place has it from now on."""
    point, _created = PlacePoint.objects.update_or_create(
        regency_id=session.regency_id,
        key=place_key(session.place),
        defaults={"latitude": latitude, "longitude": longitude, "set_by": by},
    )
    record("trainingsession.point_set", session, by=by, place=session.place, point=str(point))
    return point

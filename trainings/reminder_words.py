"""The message that reminds a contact of a session."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from closedloop.core.formats import date_long, time_range, zone_of
from participants.models import Person
from trainings.models import TrainingSession


def session_reminder_text(session: TrainingSession, person: Person) -> str:
    """Return the message that reminds a contact of a session; in Indonesian, whoever sends it."""
    with translation.override("id"):
        text = _(
            "%(name)s, kami mengingatkan sesi “%(session)s”: %(day)s, %(time)s, di %(place)s, %(regency)s. "
            "Bila berhalangan, ajukan izin di %(link)s"
        )
        return text % {
            "session": session.title,
            "name": person.full_name,
            "day": date_long(session.starts_at.astimezone(zone_of(session)).date()),
            "time": time_range(session.starts_at, session.ends_at, session),
            "place": session.place,
            "regency": session.regency.short_name,
            "link": settings.SITE_URL + reverse("trainings:my_session", args=[session.code]),
        }

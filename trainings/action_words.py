"""A factory action's day in words, and the message by which a mentor reminds of it."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from closedloop.core.formats import date_long

if TYPE_CHECKING:
    from participants.models import Person
    from trainings.models import FactoryAction


def due_text(due_on: date, today: date) -> str:
    """Return how long there is still, or since when it is over: words, never colour alone."""
    days = (due_on - today).days
    if days < 0:
        return ngettext("Lewat %(days)d hari", "Lewat %(days)d hari", -days) % {"days": -days}
    if days == 0:
        return _("Tenggat hari ini")
    if days == 1:
        return _("Tenggat besok")
    return ngettext("%(days)d hari lagi", "%(days)d hari lagi", days) % {"days": days}


def reminder_text(action: "FactoryAction", person: "Person", today: date) -> str:
    """Return the message a mentor may send: what, until when, and an offer to help, never blame; in Indonesian."""
    with translation.override("id"):
        values = {"name": person.full_name, "action": action.text, "day": date_long(action.due_on)}
        if action.return_reason:
            text = _(
                'Selamat siang, %(name)s. Aksi "%(action)s" masih perlu dilengkapi: %(reason)s. '
                "Bila ada kendala, kabari saya."
            )
            return text % {**values, "reason": action.return_reason}
        if action.due_on < today:
            text = _(
                'Selamat siang, %(name)s. Aksi "%(action)s" tenggatnya %(day)s. Apakah ada kendala yang dapat '
                "saya bantu? Bila sudah selesai, kirim fotonya lewat portal."
            )
            return text % values
        text = _(
            'Selamat siang, %(name)s. Mengingatkan aksi "%(action)s", tenggatnya %(day)s. '
            "Bila sudah selesai, kirim fotonya lewat portal."
        )
        return text % values

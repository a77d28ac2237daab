"""The trail of one enterprise in words people use. Pure functions over events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from participants.timeline_words import FIELD_NAMES, SENTENCES, UNWRITTEN


@dataclass(frozen=True)
class Entry:
    """One line of a timeline, as the component draws it."""

    title: str | Promise
    text: str
    by: str
    at: datetime
    tone: str
    place: Any
    kind: str
    url: str = ""

    @property
    def year(self) -> int:
        """The year on the clock of the place."""
        zone = self.place.province.time_zone if self.place else timezone.get_current_timezone_name()
        return self.at.astimezone(ZoneInfo(zone)).year


def entries(
    events: Iterable, *, place=None, for_owner: bool = False, links: dict[int, str] | None = None
) -> list[Entry]:
    """Return the lines of a timeline in the order of the events; `place` gives the zone of the times.

    `links` says where the record of an event is shown, by the event's id.

    An owner is not shown what the programme's people still discuss among themselves.
    """
    lines = []
    for event in events:
        sentence = SENTENCES.get(event.verb, UNWRITTEN)
        if for_owner and sentence.is_inner:
            continue
        lines.append(
            Entry(
                title=sentence.title,
                text=details(event),
                by=event.actor_name,
                at=event.at,
                tone=sentence.tone,
                place=place,
                kind=event.verb.partition(".")[0],
                url=(links or {}).get(getattr(event, "pk", None), ""),
            )
        )
    return lines


def details(event) -> str:
    """Return what the event is about: its object, the fields that changed, the reason given."""
    parts = [about(event)]
    if mentor := event.data.get("mentor"):
        parts.append(str(mentor))
    if changed := event.data.get("changes"):
        names = ", ".join(str(FIELD_NAMES.get(name, name)) for name in changed)
        parts.append(str(format_lazy(_("Berubah: {names}"), names=names)))
    if other := event.data.get("other"):
        parts.append(f"{event.data.get('name', '')} ({other})".strip())
    if figures := event.data.get("figures"):
        parts.append(", ".join(map(str, figures)))
    if source := event.data.get("source"):
        parts.append(str(format_lazy(_("Dari berkas {source}"), source=source)))
    if reason := event.data.get("reason"):
        parts.append(str(format_lazy(_("Alasan: {reason}"), reason=reason)))
    return " · ".join(part for part in parts if part)


def about(event) -> str:
    """Return the name of what the event is about, without the enterprise's own."""
    match event.target_type:
        case "participants.enterprise":
            return ""
        case "participants.enrolment":
            return event.target_name.rpartition(", ")[2]
        case "participants.consent":
            return event.target_name.rpartition(": ")[2]
        case "participants.capability":
            return ""
        case "participants.annualfigure":
            return str(event.data.get("year", ""))
    return event.target_name


def owner_verbs() -> list[str]:
    """Return the verbs an owner is shown; anything else stays with the programme."""
    return [verb for verb, sentence in SENTENCES.items() if not sentence.is_inner]

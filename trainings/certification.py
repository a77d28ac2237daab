"""Who has earned a certificate, and what one says. Pure functions over what progress.py counted.

A person earns the certificate of a module when their IKM passed it (completion.py) and they attended the
module's least share of the lesson hours themselves: a paper with a name on it speaks of that person.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from closedloop.core import formats
from trainings.counting import exact


class Obstacle(StrEnum):
    """What keeps a person from a certificate."""

    MODULE_NOT_PASSED = "module_not_passed"
    TOO_FEW_HOURS = "too_few_hours"


@dataclass(frozen=True)
class Hours:
    """Lesson hours (JP) one person attended, of those held for their IKM, and the first and last day."""

    jp_present: Decimal | int = 0
    jp_held: int = 0
    sessions_present: int = 0
    sessions_held: int = 0
    first_day: date | None = None
    last_day: date | None = None


def obstacles(hours: Hours, *, module_is_passed: bool, min_attendance: Decimal) -> tuple[Obstacle, ...]:
    """Return what is missing; nothing when the certificate is earned. Nothing is rounded before it is compared."""
    found = []
    if not module_is_passed:
        found.append(Obstacle.MODULE_NOT_PASSED)
    if hours.jp_held == 0 or hours.jp_present < min_attendance * hours.jp_held:
        found.append(Obstacle.TOO_FEW_HOURS)
    return tuple(found)


def facts_of(*, person, enrolment, module, hours: Hours, signer, head) -> dict:
    """Return everything that will be printed, as JSON keeps it; names of modules in both languages."""
    return {
        "holder": person.full_name,
        "enterprise": enrolment.enterprise.display_name,
        "cohort": enrolment.cohort.name,
        "module": {"code": module.code, "id": module.name, "en": module.name_en},
        "curriculum": str(module.curriculum),
        "module_jp": module.lesson_hours,
        "jp_present": kept(hours.jp_present),
        "jp_held": hours.jp_held,
        "sessions_present": hours.sessions_present,
        "sessions_held": hours.sessions_held,
        "first_day": hours.first_day and hours.first_day.isoformat(),
        "last_day": hours.last_day and hours.last_day.isoformat(),
        "min_attendance": str(module.min_attendance),
        "pass_mark": str(module.pass_mark),
        "issuer": head.name,
        "city": head.city,
        "signer": signer.full_name if signer else "",
        "signer_title": signer.title if signer else "",
    }


def kept(hours: Decimal | int) -> int | str:
    """Return hours as JSON keeps them without losing a part: 4, or "4.5"."""
    return int(hours) if hours == int(hours) else exact(hours)


def module_name(facts: dict) -> str:
    return facts["module"]["en" if get_language() == "en" else "id"]


def earned_rows(facts: dict) -> list[tuple[str, str]]:
    """Return how the certificate was earned as (label, words): own hours, days, and the rule in force."""
    days = [date.fromisoformat(facts[name]) if facts[name] else None for name in ("first_day", "last_day")]
    share = _("%(n)s dari %(m)s JP, %(sessions)s dari %(held)s sesi") % {
        "n": formats.number(Decimal(facts["jp_present"]), 2, trim=True),
        "m": facts["jp_held"],
        "sessions": facts["sessions_present"],
        "held": facts["sessions_held"],
    }
    rule = _("kehadiran paling sedikit %(share)s dan nilai tes akhir IKM paling rendah %(mark)s") % {
        "share": formats.percent(Decimal(facts["min_attendance"]), 0),
        "mark": formats.number(Decimal(facts["pass_mark"]), 2, trim=True),
    }
    return [
        (_("Kehadiran pemegang"), share),
        (_("Dilaksanakan"), formats.date_range(*days)),
        (_("Syarat lulus"), rule),
    ]


def fact_rows(certificate) -> list[tuple[str, str]]:
    """Return every printed fact as (label, words), in the order of the paper, in the language in force."""
    facts = certificate.facts
    return [
        (_("Nomor"), certificate.number),
        (_("Pemegang"), facts["holder"]),
        ("IKM", facts["enterprise"]),
        (_("Modul"), f"{facts['module']['code']} · {module_name(facts)}"),
        (_("Kurikulum"), facts["curriculum"]),
        (_("Angkatan"), facts["cohort"]),
        *earned_rows(facts),
        (_("Terbit"), f"{facts['city']}, {formats.date_medium(certificate.issued_on)}"),
        (_("Penerbit"), facts["issuer"]),
        (_("Ditandatangani"), ", ".join(part for part in (facts["signer"], facts["signer_title"]) if part)),
        (_("Kode verifikasi"), certificate.spoken_code),
    ]


def changed_facts(printed: dict, present: dict) -> list[str]:
    """Return the names of printed facts that the portal would print otherwise today; the signer may change."""
    return [
        name for name in printed if name not in ("signer", "signer_title") and printed[name] != present[name]
    ]

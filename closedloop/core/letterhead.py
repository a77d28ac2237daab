"""Who issues reports and certificates, and how they are numbered: configurable, the defaults are placeholders.

The logos of the ministry, Kadin and Astra are protected, so the shipped mark is our own drawing.
"""

from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True)
class Letterhead:
    """What stands above every report and below its signatures."""

    name: str
    tagline: str
    address: tuple[str, ...]
    city: str
    unit: str = "IKM-CL"
    number_pattern: str = "{prefix}/{seq:04}/{unit}/{month}/{year}"

    def plain(self) -> dict:
        """Return it as JSON holds it: an issued report keeps the letterhead it was issued under."""
        return {**asdict(self), "address": list(self.address)}


def letterhead() -> Letterhead:
    """Return the letterhead in the language in force; `settings.REPORT_LETTERHEAD` overrides any part."""
    defaults = {
        "name": "IKM Closed Loop",
        "tagline": _("Program pendampingan industri kecil dan menengah otomotif"),
        "address": (
            _("Sekretariat Program (alamat contoh)"),
            "Jl. Contoh No. 1, Jakarta 10110",
            "sekretariat@contoh.id · (021) 555 0100",
        ),
        "city": "Jakarta",
    }
    return Letterhead(**{**defaults, **getattr(settings, "REPORT_LETTERHEAD", {})})


def next_number(sequence: str) -> int:
    """Return the next number of a sequence of the database. Numbers may have gaps, never doubles."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass)", [sequence])
        return cursor.fetchone()[0]


def letter_number(prefix: str, day: date, sequence: int, head: Letterhead) -> str:
    """Return the number of one report, "LPI/0042/IKM-CL/XI/2026"."""
    return head.number_pattern.format(
        prefix=prefix, seq=sequence, unit=head.unit, month=ROMAN[day.month - 1], year=day.year
    )

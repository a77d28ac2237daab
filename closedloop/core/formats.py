"""How a number, a date or a name of a moment is written, in Indonesian and in English.

Pure functions: a value in, text out. Every function takes `language`; left out, it is the language of the
page being drawn. `None` is not zero: it is written as "Belum ada data".
"""

from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"

DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
SHORT_MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def spoken(language: str | None = None) -> str:
    """Return "id" or "en": the two languages the portal speaks."""
    return "en" if (language or get_language() or "id").startswith("en") else "id"


def unknown(language: str | None = None) -> str:
    """Return the words for a value nobody has recorded yet."""
    if language is None:
        return _("Belum ada data")
    with override(language):
        return _("Belum ada data")


def rounded(value, decimals: int = 0) -> Decimal:
    """Return the value rounded half up, the way a person does it on paper."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value, decimals: int = 0, *, trim: bool = False, language: str | None = None) -> str:
    """Return 1284.5 as "1.284,5" in Indonesian and "1,284.5" in English; `trim` drops empty decimals."""
    if value is None:
        return unknown(language)
    exact = rounded(value, decimals)
    text = f"{abs(exact):,.{decimals}f}"
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    if spoken(language) == "id":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if exact < 0 else text


def distance(metres: int | None, *, language: str | None = None) -> str:
    """Return 240 as "240 m", 1240 as "1,2 km" and 12400 as "12 km"; unknown as everywhere."""
    if metres is None:
        return unknown(language)
    if metres < 1000:
        return f"{metres} m"
    return f"{number(Decimal(metres) / 1000, 1 if metres < 10_000 else 0, trim=True, language=language)} km"


def score(value, *, language: str | None = None) -> str:
    """Return a score out of 100 with one decimal: 73.55 becomes "73,6"."""
    return number(value, 1, language=language)


def percent(ratio, decimals: int = 1, *, language: str | None = None) -> str:
    """Return the ratio 0.585 as "58,5%"; a whole percentage carries no decimal: "92%"."""
    if ratio is None:
        return unknown(language)
    return number(Decimal(str(ratio)) * 100, decimals, trim=True, language=language) + "%"


def change(value, decimals: int = 1, *, language: str | None = None) -> str:
    """Return a difference with its sign, "+8,4" or "−1,4"; no difference is "0"."""
    if value is None:
        return unknown(language)
    exact = rounded(value, decimals)
    if exact == 0:
        return "0"
    return ("+" if exact > 0 else "") + number(exact, decimals, trim=True, language=language)


def date_long(value: date | None, *, language: str | None = None) -> str:
    """Return "Rabu, 6 Mei 2026"."""
    if value is None:
        return unknown(language)
    spoken_in = spoken(language)
    value = local_day(value)
    return (
        f"{DAYS[spoken_in][value.weekday()]}, {value.day} {MONTHS[spoken_in][value.month - 1]} {value.year}"
    )


def date_medium(value: date | None, *, language: str | None = None) -> str:
    """Return "6 Mei 2026", the date of tables and sentences."""
    if value is None:
        return unknown(language)
    value = local_day(value)
    return f"{value.day} {MONTHS[spoken(language)][value.month - 1]} {value.year}"


def date_short(value: date | None, *, language: str | None = None) -> str:
    """Return "6 Agu 2026", for columns where the month must be short."""
    if value is None:
        return unknown(language)
    value = local_day(value)
    return f"{value.day} {SHORT_MONTHS[spoken(language)][value.month - 1]} {value.year}"


def month_long(value: date | None, *, language: str | None = None) -> str:
    """Return "Mei 2026"."""
    if value is None:
        return unknown(language)
    return f"{MONTHS[spoken(language)][value.month - 1]} {value.year}"


def month_short(value: date, *, language: str | None = None) -> str:
    """Return "Mei", for the axis of a chart."""
    return SHORT_MONTHS[spoken(language)][value.month - 1]


def date_range(start: date | None, end: date | None, *, language: str | None = None) -> str:
    """Return "1 November 2025 – 31 Oktober 2026", without saying a month or year twice."""
    if start is None and end is None:
        return unknown(language)
    if start is None or end is None:
        if end is None:
            return _("sejak %(date)s") % {"date": date_medium(start, language=language)}
        return _("sampai %(date)s") % {"date": date_medium(end, language=language)}
    start, end = local_day(start), local_day(end)
    last = date_medium(end, language=language)
    if start == end:
        return last
    month = MONTHS[spoken(language)][start.month - 1]
    if start.year != end.year:
        return f"{start.day} {month} {start.year} {EN_DASH} {last}"
    if start.month != end.month:
        return f"{start.day} {month} {EN_DASH} {last}"
    return f"{start.day}{EN_DASH}{last}"


def zone_of(place) -> tzinfo:
    """Return the time zone of a place: a zone, its name, or anything that has a `zone` or a `regency`."""
    for _step in range(4):
        match place:
            case None | "":
                return timezone.get_default_timezone()
            case tzinfo():
                return place
            case str():
                return ZoneInfo(place)
        place = next(
            (
                getattr(place, name)
                for name in ("zone", "time_zone", "regency", "province")
                if hasattr(place, name)
            ),
            None,
        )
    return timezone.get_default_timezone()


def local_day(value: date) -> date:
    """Return the day a moment falls on in the zone in force; a plain date stays as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).date()
    return value


def clock(value, *, language: str | None = None) -> str:
    """Return "08.52" in Indonesian and "08:52" in English: always two digits for the hour."""
    return f"{value:%H:%M}" if spoken(language) == "en" else f"{value:%H.%M}"


def time_at(value: datetime | None, place=None, *, language: str | None = None) -> str:
    """Return "08.52 WIB": the hour on the wall of that place, with the name of its zone."""
    if value is None:
        return unknown(language)
    there = value.astimezone(zone_of(place))
    return f"{clock(there, language=language)}{NBSP}{there.tzname()}"


def time_range(
    start: datetime | None, end: datetime | None, place=None, *, language: str | None = None
) -> str:
    """Return "09.00–12.00 WIB"."""
    if start is None or end is None:
        return time_at(start, place, language=language)
    there = start.astimezone(zone_of(place))
    return f"{clock(there, language=language)}{EN_DASH}{time_at(end, place, language=language)}"


def moment(value: datetime | None, place=None, *, language: str | None = None) -> str:
    """Return "6 Mei 2026, 08.52 WIB"."""
    if value is None:
        return unknown(language)
    there = value.astimezone(zone_of(place))
    return f"{date_medium(there.date(), language=language)}, {time_at(value, place, language=language)}"


def day_name(value: date | None, today: date, *, language: str | None = None) -> str:
    """Return "Hari ini" or "Kemarin", otherwise the date: no other relative words are used."""
    if value is None:
        return unknown(language)
    match (today - value).days:
        case 0:
            return _("Hari ini")
        case 1:
            return _("Kemarin")
    return date_medium(value, language=language)


def initials(name: str) -> str:
    """Return up to two letters for the round mark beside a person's name."""
    words = [word for word in name.split() if word[:1].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

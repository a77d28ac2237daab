"""What was promised against what arrived. Six money figures with their own names, never mixed (features.md E7).

Realised means *received and accepted* by the buyer (domain.md §6.3). Pure functions, no database; money is
whole Rupiah net of PPN, shares are unrounded Decimals, and an unknown share is None.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# domain.md §6.3 [assumed]
GREEN_FROM = Decimal("0.90")
YELLOW_FROM = Decimal("0.70")
LEAST_ON_TIME = Decimal("0.90")
COMPLETED_FROM = Decimal("0.80")
MONTHS_OVER_PPM = 2


@dataclass(frozen=True)
class Figures:
    """Whole Rupiah. `promised` is None where nothing was promised; the ledger's own figures start at 0."""

    promised: Decimal | None = None
    ordered: Decimal = Decimal(0)
    delivered: Decimal = Decimal(0)
    accepted: Decimal = Decimal(0)
    invoiced: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    waiting: Decimal = Decimal(0)  # part of delivered that the buyer has not confirmed yet

    def __add__(self, other: "Figures") -> "Figures":
        promised = [value for value in (self.promised, other.promised) if value is not None]
        return Figures(
            sum(promised, Decimal(0)) if promised else None,
            self.ordered + other.ordered,
            self.delivered + other.delivered,
            self.accepted + other.accepted,
            self.invoiced + other.invoiced,
            self.paid + other.paid,
            self.waiting + other.waiting,
        )

    @property
    def is_blank(self) -> bool:
        """Nothing is known of: no promise and nothing in the ledger. A zero beside other values is a zero."""
        return self == Figures()

    @property
    def realised(self) -> Decimal | None:
        """Accepted against promised, not capped; None without a promise."""
        return realised_share(self.accepted, self.promised)


class Light(StrEnum):
    """Never shown by colour alone: the word and an icon stand beside it."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"

    @property
    def label(self) -> str:
        return str(LIGHT_WORDS[self])

    @property
    def tone(self) -> str:
        return {"green": "ok", "yellow": "todo", "red": "bad"}[self.value]


LIGHT_WORDS = {
    Light.GREEN: gettext_lazy("Hijau"),
    Light.YELLOW: gettext_lazy("Kuning"),
    Light.RED: gettext_lazy("Merah"),
}


def realised_share(accepted: Decimal, promised: Decimal | None) -> Decimal | None:
    """Return accepted / promised, not capped; None without a promise."""
    return Decimal(accepted) / promised if promised else None


def elapsed_days(starts_on: date, ends_on: date, today: date) -> tuple[int, int]:
    """Return how many days of the period have passed, and how many it has; both ends belong to it."""
    days = (ends_on - starts_on).days + 1
    return min(max((today - starts_on).days + 1, 0), days), days


def elapsed_share(starts_on: date, ends_on: date, today: date) -> Decimal:
    """Return how much of the period has passed at the end of `today`, 0 to 1; both ends belong to it."""
    passed, days = elapsed_days(starts_on, ends_on, today)
    return Decimal(passed) / days


def target_to_date(promised: Decimal | None, elapsed: Decimal) -> Decimal | None:
    """Return the time-proportional promise in Rupiah; None without a promise."""
    return None if promised is None else promised * elapsed


def pace(accepted: Decimal, promised: Decimal | None, elapsed: Decimal) -> Decimal | None:
    """Return realised share / elapsed share: 1 is exactly on plan. None without a promise or before the start."""
    target = target_to_date(promised, elapsed)
    return Decimal(accepted) / target if target else None


def light(pace_now: Decimal | None) -> Light | None:
    """Return the traffic light of a pace: from 0,90 green, from 0,70 yellow, below red; None stays unknown."""
    if pace_now is None:
        return None
    if pace_now >= GREEN_FROM:
        return Light.GREEN
    return Light.YELLOW if pace_now >= YELLOW_FROM else Light.RED


def concerns(
    *,
    pace_now: Decimal | None,
    on_time: Decimal | None,
    min_on_time: Decimal | None = None,
    monthly_ppm: Sequence[Decimal | None] = (),
    max_ppm: int | None = None,
) -> list[str]:
    """Return why an agreement needs attention (*Perlu perhatian*), in words; an empty list is well.

    `monthly_ppm` runs from the oldest month to the latest. A month without deliveries says nothing and is
    passed over. The agreement's own punctuality counts where it is stricter than the default. What is
    unknown raises no concern.
    """
    found = []
    if pace_now is not None and pace_now < YELLOW_FROM:
        found.append(_("Nilai diterima baik di bawah 70 persen dari janji menurut waktu"))
    least = max(LEAST_ON_TIME, min_on_time or LEAST_ON_TIME)
    if on_time is not None and on_time < least:
        found.append(_("Ketepatan kirim di bawah %(least)s%%") % {"least": whole_percent(least)})
    known = [ppm for ppm in monthly_ppm if ppm is not None][-MONTHS_OVER_PPM:]
    if max_ppm is not None and len(known) == MONTHS_OVER_PPM and all(ppm > max_ppm for ppm in known):
        found.append(_("Cacat di atas %(most)s ppm dua bulan berturut-turut") % {"most": max_ppm})
    return found


def whole_percent(share: Decimal) -> str:
    """Return 0.95 as "95" and 0.925 as "92,5"."""
    return f"{share * 100:f}".rstrip("0").rstrip(".").replace(".", ",")


# --- Promises per quarter -----------------------------------------------------------------------------
def quarter_of(day: date) -> date:
    """Return the first day of the quarter the day lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(quarter: date) -> date:
    return date(quarter.year + quarter.month // 10, (quarter.month + 2) % 12 + 1, 1)


def last_day_of(quarter: date) -> date:
    return next_quarter(quarter) - timedelta(days=1)


def quarters(starts_on: date, ends_on: date) -> Iterator[date]:
    """Yield the first day of every quarter the period touches."""
    quarter = quarter_of(starts_on)
    while quarter <= ends_on:
        yield quarter
        quarter = next_quarter(quarter)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months(first: date, last: date) -> Iterator[date]:
    """Yield the first day of every month from the one of `first` to the one of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = next_month(month)


def days_in_both(first: date, last: date, other_first: date, other_last: date) -> int:
    """Return how many days two periods share, ends included."""
    return max((min(last, other_last) - max(first, other_first)).days + 1, 0)


def spread(monthly_volume: int, starts_on: date, ends_on: date) -> dict[date, int]:
    """Return quarter → volume for a steady monthly volume; a month covered in part counts by its days."""
    volumes = {}
    for quarter in quarters(starts_on, ends_on):
        covered = Decimal(0)
        for month in months(quarter, next_quarter(quarter) - timedelta(days=1)):
            last = next_month(month) - timedelta(days=1)
            covered += Decimal(days_in_both(month, last, starts_on, ends_on)) / last.day
        volume = int((monthly_volume * covered).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        if volume:
            volumes[quarter] = volume
    return volumes


def promised_between(
    quarter: date, value: Decimal, starts_on: date, ends_on: date, first: date, last: date
) -> Decimal:
    """Return the part of a quarter's promise that falls on the days `first` to `last`, unrounded.

    The promise is spread evenly over the days of the quarter that the agreement covers.
    """
    begin, end = max(quarter, starts_on), min(last_day_of(quarter), ends_on)
    covered = (end - begin).days + 1
    return Decimal(value) * days_in_both(begin, end, first, last) / covered if covered > 0 else Decimal(0)
